namespace Registry.Engine.Model;

/// <summary>
/// What a resolution asks its surroundings for: a name from one origin. Folders of path origins are relative to the
/// project root here; whoever supplies a manifest rewrites them.
/// </summary>
public sealed record PackageKey(PackageName Name, DependencyOrigin Origin)
{
    public override string ToString() => Name.ToString();
}

/// <summary>The answer to a <see cref="PackageKey"/>. A path, git or member package has exactly one release.</summary>
public sealed record SuppliedPackage(PackageKey Key, PackageSource Source, PackageIndex Index);
