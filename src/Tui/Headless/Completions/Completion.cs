using System.Collections.Immutable;
using Registry.Tui.Headless.Help;
using Registry.Tui.Headless.Parsing;

namespace Registry.Tui.Headless.Completions;

/// <summary>One thing the shell may offer.</summary>
internal sealed record Candidate(string Value, string Note);

/// <summary>
/// What may stand where the cursor is, from the verb table and, for names, from what the project has. Pure but for
/// <paramref name="names"/>, which reads the project.
/// </summary>
internal sealed class Completion(Func<Offer, IEnumerable<string>> names)
{
    /// <summary>Asks the shell for its own completion of files.</summary>
    public const string FilesMark = ":files";

    /// <summary>Asks the shell for its own completion of folders.</summary>
    public const string FoldersMark = ":folders";

    /// <param name="words">After the program's name, the last one being under the cursor and maybe empty.</param>
    public IEnumerable<Candidate> Of(IReadOnlyList<string> words)
    {
        var current = words.Count > 0 ? words[^1] : "";
        var before = words.Take(Math.Max(0, words.Count - 1)).ToImmutableArray();
        var scan = WordScan.Of(before);
        var verb = Verb(scan, out var given);
        var flags = verb is null ? GlobalFlags.All : CommandLine.FlagsOf(verb);
        if (before is [.., var last] && ValueFlag(flags, last) is { } flag)
        {
            return Values(flag.Choices, flag.Offer, current, "");
        }

        if (current.StartsWith("--", StringComparison.Ordinal) && current.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            var name = current[..equals];
            return ValueFlag(flags, name) is { } inline
                ? Values(inline.Choices, inline.Offer, current[(equals + 1)..], name + "=")
                : [];
        }

        return current.StartsWith('-')
            ? flags.Where(f => f.Name.StartsWith(current, StringComparison.Ordinal)).Select(f => new Candidate(f.Name, f.Summary))
            : verb is null ? Verbs(scan, current) : Arguments(verb, given, current);
    }

    private static Verb? Verb(WordScan scan, out int given)
    {
        given = 0;
        if (scan.Verb is null)
        {
            return null;
        }

        if (scan.Second is not null && VerbTable.Find($"{scan.Verb} {scan.Second}") is { } member)
        {
            given = Bare(scan.RestWithoutSecond(), member);
            return member;
        }

        var verb = VerbTable.Find(scan.Verb);
        given = verb is null ? 0 : Bare(scan.Rest, verb);
        return verb;
    }

    /// <summary>How many arguments stand before the cursor.</summary>
    private static int Bare(ImmutableArray<string> words, Verb verb)
    {
        var flags = CommandLine.FlagsOf(verb);
        var count = 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith('-'))
            {
                i += ValueFlag(flags, words[i]) is null ? 0 : 1;
            }
            else
            {
                count++;
            }
        }

        return count;
    }

    private static VerbFlag? ValueFlag(ImmutableArray<VerbFlag> flags, string word) =>
        flags.FirstOrDefault(flag => flag.Value is not null && (flag.Name == word || flag.Short == word));

    private static IEnumerable<Candidate> Verbs(WordScan scan, string current)
    {
        if (scan.Verb is not null)
        {
            return VerbTable.Family(scan.Verb)
                .Select(verb => new Candidate(verb.Name[(scan.Verb.Length + 1)..], verb.Summary))
                .Where(candidate => candidate.Value.StartsWith(current, StringComparison.Ordinal));
        }

        return VerbTable.All.Where(verb => verb.Group != VerbGroup.Hidden)
            .GroupBy(verb => verb.Name.Split(' ')[0])
            .Select(group => new Candidate(group.Key, group.Count() == 1 ? group.First().Summary : string.Join(", ", group.Select(v => v.Name.Split(' ')[^1]))))
            .Where(candidate => candidate.Value.StartsWith(current, StringComparison.Ordinal));
    }

    private IEnumerable<Candidate> Arguments(Verb verb, int given, string current)
    {
        if (verb.Arguments.IsEmpty)
        {
            return [];
        }

        var argument = verb.Arguments[Math.Min(given, verb.Arguments.Length - 1)];
        var isFull = given >= verb.Arguments.Length && argument.Count is ArgumentCount.One or ArgumentCount.Optional && given >= verb.Arguments.Length;
        return isFull ? [] : Values(argument.Choices, argument.Offer, current, "");
    }

    private IEnumerable<Candidate> Values(ImmutableArray<string> choices, Offer offer, string current, string prefix)
    {
        if (offer is Offer.Files or Offer.Folders)
        {
            return [new(offer == Offer.Files ? FilesMark : FoldersMark, "")];
        }

        var values = !choices.IsEmpty ? choices : offer switch
        {
            Offer.Nothing => [],
            Offer.Verbs => VerbTable.Names.Select(name => name.Split(' ')[0]).Concat(Topic.All.Select(topic => topic.Name)).Distinct(StringComparer.Ordinal),
            Offer.Topics => Topic.All.Select(topic => topic.Name),
            _ => names(offer),
        };
        return values.Where(value => value.StartsWith(current, StringComparison.Ordinal)).Select(value => new Candidate(prefix + value, ""));
    }
}
