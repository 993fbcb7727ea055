using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>
/// What the resolver asks metadata for. Path origins are relative to the project root; whoever supplies a package has
/// rewritten the path origins of its dependencies the same way.
/// </summary>
public sealed record PackageKey(PackageName Name, DependencyOrigin Origin);

/// <summary>The answer: every release of a feed package, or the one release of a path or git package.</summary>
/// <param name="Source">Where it really comes from; two keys of a name with the same source are the same package.</param>
public sealed record SuppliedPackage(PackageKey Key, PackageSource Source, PackageIndex Index);
