using System.Collections.Immutable;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Parsing;

namespace Registry.Tui.Headless;

/// <summary>One verb as it was called: its values, and the session it runs in.</summary>
internal sealed class Invocation(Verb verb, ParsedWords words, Session session)
{
    public Verb Verb => verb;

    public Session Session => session;

    public bool Has(string flag) => words.Flags.Has(flag);

    public string? Text(string flag) => words.Flags.Text(flag);

    public ImmutableArray<string> All(string flag) => words.Flags.All(flag);

    /// <summary>All values of a flag that takes lists: `--features a,b --features c`.</summary>
    public ImmutableArray<string> Listed(string flag) =>
        [.. All(flag).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal)];

    public int? Number(string flag)
    {
        if (Text(flag) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, System.Globalization.NumberStyles.None, null, out var number)
            ? number
            : throw new Problem(ProblemCode.UsageInvalid, $"`{flag}` takes a number, not `{text}`", $"write {flag} 3, for example").Raise();
    }

    /// <summary>The argument's value; it is there because parsing saw to it.</summary>
    public string Argument(string name) => words.Arguments[name][0];

    public string? OptionalArgument(string name) => words.Arguments[name] is [var value, ..] ? value : null;

    public ImmutableArray<string> Arguments(string name) => words.Arguments[name];
}
