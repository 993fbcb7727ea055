using System.Collections.Immutable;

namespace Registry.Tui.Headless.Parsing;

/// <summary>Flags by name with the values given; a switch that is on has the value `true`.</summary>
internal sealed class FlagValues(IReadOnlyDictionary<string, ImmutableArray<string>> values)
{
    public bool Has(string flag) => values.ContainsKey(flag);

    /// <summary>The last value given.</summary>
    public string? Text(string flag) => values.TryGetValue(flag, out var all) && all.Length > 0 ? all[^1] : null;

    public ImmutableArray<string> All(string flag) => values.TryGetValue(flag, out var all) ? all : [];
}

/// <summary>A command line taken apart.</summary>
/// <param name="Arguments">By the name in the verb's row; empty where none was given.</param>
internal sealed record ParsedWords(FlagValues Flags, IReadOnlyDictionary<string, ImmutableArray<string>> Arguments);
