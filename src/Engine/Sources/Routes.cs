using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Sources;

/// <summary>
/// Which registry each name comes from: exactly one. A pattern for the name itself goes before one for its namespace,
/// and that before the default registry. Nothing is ever asked for at two registries.
/// </summary>
public sealed class Routes
{
    private readonly ImmutableArray<RegistryEntry> _registries;
    private readonly Dictionary<string, RegistryEntry> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RegistryEntry> _namespaces = new(StringComparer.Ordinal);
    private readonly RegistryEntry? _default;

    /// <param name="registries">Of project and user together; names differ.</param>
    /// <exception cref="ProblemException"><see cref="ProblemCode.RouteAmbiguous"/> when two claim the same pattern, or to be the default.</exception>
    public Routes(ImmutableArray<RegistryEntry> registries)
    {
        _registries = registries;
        foreach (var registry in registries)
        {
            foreach (var pattern in registry.Packages)
            {
                Claim(pattern, registry);
            }

            _default = !registry.IsDefault ? _default : _default is null ? registry : throw Ambiguous("the names without a route", _default, registry);
        }
    }

    public ImmutableArray<RegistryEntry> Registries => _registries;

    /// <summary>The registry of a name.</summary>
    /// <exception cref="ProblemException"><see cref="ProblemCode.RouteMissing"/>.</exception>
    public RegistryEntry Resolve(PackageName name) => Claiming(name) ?? _default ?? throw Missing(name);

    /// <summary>The registry whose pattern a name matches; null for a name that goes to the default one.</summary>
    public RegistryEntry? Claiming(PackageName name)
    {
        var slash = name.Normal.IndexOf('/', StringComparison.Ordinal);
        return _names.GetValueOrDefault(name.Normal) ?? (slash > 0 ? _namespaces.GetValueOrDefault(name.Normal[..slash]) : null);
    }

    /// <summary>The registry for a dependency: the one it names, or the one its name is routed to.</summary>
    /// <exception cref="ProblemException"><see cref="ProblemCode.RegistryNotFound"/>, <see cref="ProblemCode.RouteMissing"/>.</exception>
    public RegistryEntry Resolve(PackageName name, DependencyOrigin.Feed origin) =>
        origin.Registry is { } registry ? Find(registry) : Resolve(name);

    /// <summary>The registry of this name.</summary>
    /// <exception cref="ProblemException"><see cref="ProblemCode.RegistryNotFound"/>.</exception>
    public RegistryEntry Find(string registry) => _registries.FirstOrDefault(entry => entry.Name == registry) ?? throw new Problem(
        ProblemCode.RegistryNotFound, $"there is no registry `{Printable.Clip(registry, 80)}`", HowToAdd(Printable.Clip(registry, 80))).Raise();

    private static string HowToAdd(string registry) => registry.Contains('/', StringComparison.Ordinal) || registry.Contains('\\', StringComparison.Ordinal)
        ? $"registries go by a name: `cairn registry add NAME {registry}`, then use NAME"
        : $"add it: `cairn registry add {registry} URL-OR-FOLDER`; `cairn registry list` shows those there are";

    private void Claim(string pattern, RegistryEntry registry)
    {
        var isNamespace = pattern.EndsWith("/*", StringComparison.Ordinal);
        var name = PackageName.Parse(isNamespace ? pattern[..^2] : pattern).Normal;
        var claims = isNamespace ? _namespaces : _names;
        if (!claims.TryAdd(name, registry) && claims[name].Name != registry.Name)
        {
            throw Ambiguous($"`{pattern}`", claims[name], registry);
        }
    }

    private static ProblemException Ambiguous(string what, RegistryEntry first, RegistryEntry second) => new Problem(
        ProblemCode.RouteAmbiguous, $"both registries `{first.Name}` and `{second.Name}` claim {what}",
        "give each name one source: change [registries] of the manifest or `cairn registry list` of yours").Raise();

    private ProblemException Missing(PackageName name) => new Problem(
        ProblemCode.RouteMissing, $"no registry is named for `{name}`",
        _registries.IsEmpty
            ? "add one: `cairn registry add main URL-OR-FOLDER`"
            : $"give `{name}` to one of {string.Join(", ", _registries.Select(registry => $"`{registry.Name}`"))} with `packages = [\"{name}\"]`, or name a default with `cairn registry add`").Raise();
}
