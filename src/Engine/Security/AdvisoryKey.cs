namespace Registry.Engine.Security;

/// <summary>
/// The key of a package in an index: ecosystem and name in the normal form of <see cref="Model.PackageName"/>, since on a
/// feed the spellings that it makes equal are one package. Scopes lose their `@`, which names here do not have.
/// </summary>
internal static class AdvisoryKey
{
    public static string Of(string ecosystem, string name) =>
        string.Concat(ecosystem.ToLowerInvariant(), "\n", Normal(name.StartsWith('@') ? name[1..] : name));

    /// <summary>FNV-1a of the UTF-16 units: the same on every machine.</summary>
    public static uint Hash(string key)
    {
        var hash = 2166136261u;
        foreach (var c in key)
        {
            hash = (hash ^ c) * 16777619u;
        }

        return hash;
    }

    private static string Normal(string name) =>
        name.ToLowerInvariant().Replace('_', '-').Replace('.', '-');
}
