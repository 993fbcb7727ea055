using System.Text;

namespace Registry.Tui.Headless.Help;

/// <summary>docs/cli as Markdown, from the verb table. A test holds the files to it and rewrites them on request.</summary>
internal static class HelpPages
{
    /// <summary>File names and texts.</summary>
    public static IEnumerable<(string File, string Text)> All()
    {
        yield return ("README.md", Overview());
        foreach (var verb in VerbTable.All.Where(verb => verb.Group != VerbGroup.Hidden))
        {
            yield return (FileOf(verb), Page(verb));
        }

        foreach (var topic in Topic.All)
        {
            yield return ($"topic-{topic.Name}.md", $"# {topic.Name}: {topic.Summary}\n\n```text\n{topic.Text.ReplaceLineEndings("\n")}\n```\n");
        }
    }

    private static string FileOf(Verb verb) => $"{verb.Name.Replace(' ', '-')}.md";

    private static string Overview()
    {
        var text = new StringBuilder("# The command line\n\nMade from the verb table of the program; `cairn help` prints the same.\n\n| verb | does |\n|---|---|\n");
        foreach (var verb in VerbTable.All.Where(verb => verb.Group != VerbGroup.Hidden))
        {
            text.Append($"| [{verb.Name}]({FileOf(verb)}) | {Cell(verb.Summary)} |\n");
        }

        text.Append("\n| topic | about |\n|---|---|\n");
        foreach (var topic in Topic.All)
        {
            text.Append($"| [{topic.Name}](topic-{topic.Name}.md) | {Cell(topic.Summary)} |\n");
        }

        return text.Append("\n## Flags of every verb\n\n").Append(Flags(GlobalFlags.All)).ToString();
    }

    private static string Page(Verb verb)
    {
        var text = new StringBuilder($"# cairn {verb.Name}\n\n{char.ToUpperInvariant(verb.Summary[0])}{verb.Summary[1..]}.\n\n```text\n{HelpText.Usage(verb)}\n```\n");
        foreach (var paragraph in verb.Description)
        {
            text.Append($"\n{paragraph}\n");
        }

        if (!verb.Arguments.IsEmpty)
        {
            text.Append("\n## Arguments\n\n| argument | is |\n|---|---|\n");
            foreach (var argument in verb.Arguments)
            {
                text.Append($"| `{argument.Name}` | {Cell(HelpText.WithChoices(argument.Summary, argument.Choices))} |\n");
            }
        }

        if (!verb.Flags.IsEmpty)
        {
            text.Append("\n## Flags\n\n").Append(Flags(verb.Flags)).Append("\n[Flags of every verb](README.md#flags-of-every-verb) come on top.\n");
        }

        text.Append("\n## Examples\n");
        foreach (var example in verb.Examples)
        {
            text.Append($"\n```sh\n{example.Command}\n```\n{char.ToUpperInvariant(example.Meaning[0])}{example.Meaning[1..]}.\n");
        }

        return verb.Schema is { } schema ? text.Append($"\nWith `--output json` it prints [{schema}.json](../schemas/{schema}.json).\n").ToString() : text.ToString();
    }

    private static string Flags(IEnumerable<VerbFlag> flags)
    {
        var text = new StringBuilder("| flag | does |\n|---|---|\n");
        foreach (var flag in flags)
        {
            var variable = flag.Variable is null ? "" : $" (`{flag.Variable}`)";
            text.Append($"| `{HelpText.Spelling(flag).Trim()}` | {Cell(HelpText.WithChoices(flag.Summary, flag.Choices))}{variable} |\n");
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
