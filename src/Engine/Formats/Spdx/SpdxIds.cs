using System.Collections.Frozen;

namespace Registry.Engine.Formats.Spdx;

/// <summary>Looks up ids of the SPDX licence list, in any case.</summary>
internal static class SpdxIds
{
    private static readonly FrozenDictionary<string, string> KnownLicenses = Table(SpdxList.Licenses);
    private static readonly FrozenDictionary<string, string> KnownExceptions = Table(SpdxList.Exceptions);

    /// <summary>The id as the list spells it, or what it says to write instead of a deprecated one; null when it has no such licence.</summary>
    public static LicenseTerm? License(string id)
    {
        if (!KnownLicenses.TryGetValue(id, out var spelled))
        {
            return null;
        }

        var colon = spelled.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(spelled, null) : new(spelled[..colon], spelled[(colon + 1)..]);
    }

    /// <summary>As <see cref="License"/>, of exceptions.</summary>
    public static string? Exception(string id) => KnownExceptions.GetValueOrDefault(id);

    /// <summary>Whether the list has an exception with this id, deprecated ones too.</summary>
    public static bool IsException(string id) => KnownExceptions.ContainsKey(id);

    private static FrozenDictionary<string, string> Table(string words)
    {
        var table = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            table.Add(equals < 0 ? word : word[..equals], word[(equals + 1)..]);
        }

        return table.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
