using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>What a route says about names: `name`, `namespace/name`, or `namespace/*` for all of a namespace.</summary>
public static class PackagePattern
{
    private const string All = "/*";

    public static bool Matches(string pattern, PackageName name)
    {
        var normal = Normal(pattern);
        return normal.EndsWith(All, StringComparison.Ordinal)
            ? name.Normal.StartsWith(normal[..^1], StringComparison.Ordinal)
            : name.Normal == normal;
    }

    internal static string Normal(string pattern) =>
        pattern.EndsWith(All, StringComparison.Ordinal)
            ? PackageName.Parse(pattern[..^2]).Normal + All
            : PackageName.Parse(pattern).Normal;

    /// <summary>The pattern that would cover this name's whole namespace; null when it has none.</summary>
    internal static string? NamespaceOf(string normal) =>
        !normal.EndsWith(All, StringComparison.Ordinal) && normal.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? normal[..slash] + All
            : null;
}
