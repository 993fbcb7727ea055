using System.Collections.Immutable;
using Registry.Tui.Headless.Output;
using Registry.Tui.Headless.Parsing;

namespace Registry.Tui.Headless.Help;

/// <summary>Prints help from the verb table.</summary>
internal static class HelpText
{
    private static readonly ImmutableArray<(VerbGroup Group, string Heading)> Headings =
    [
        (VerbGroup.Project, "change a project"),
        (VerbGroup.Look, "look"),
        (VerbGroup.Publish, "make and publish packages"),
        (VerbGroup.Configure, "registries, settings and storage"),
        (VerbGroup.Other, "other"),
    ];

    /// <summary>What `cairn help` prints: every verb in its group.</summary>
    public static void PrintOverview(Printer printer)
    {
        var paint = printer.Paint;
        printer.Line($"{paint.Bold("cairn")}: a package manager and registry for every language that has none of its own");
        printer.Line();
        printer.Line("usage: cairn                     open the project on screen");
        printer.Line("       cairn VERB [arguments]    do one thing");
        var verbs = VerbTable.All.Where(verb => verb.Group != VerbGroup.Hidden).ToArray();
        var width = verbs.Max(verb => verb.Name.Length);
        foreach (var (group, heading) in Headings)
        {
            printer.Line();
            printer.Line(paint.Bold(heading));
            foreach (var verb in verbs.Where(verb => verb.Group == group))
            {
                PrintPair(printer, paint.Cyan(verb.Name.PadRight(width)), width, verb.Summary);
            }
        }

        printer.Line();
        printer.Line(paint.Bold("topics"));
        foreach (var topic in Topic.All)
        {
            PrintPair(printer, paint.Cyan(topic.Name.PadRight(width)), width, topic.Summary);
        }

        printer.Line();
        printer.Line("`cairn help VERB` shows arguments, flags and examples; `cairn help TOPIC` a topic.");
    }

    public static void PrintVerb(Printer printer, Verb verb)
    {
        var paint = printer.Paint;
        printer.Line($"{paint.Bold($"cairn {verb.Name}")}: {verb.Summary}");
        printer.Line();
        printer.Line($"usage: {Usage(verb)}");
        foreach (var paragraph in verb.Description)
        {
            printer.Line();
            printer.Paragraph(paragraph);
        }

        PrintPairs(printer, "arguments", [.. verb.Arguments.Select(a => (a.Name, WithChoices(a.Summary, a.Choices)))]);
        PrintPairs(printer, "flags", Pairs(verb.Flags));
        printer.Line();
        printer.Line(paint.Bold(verb.Examples.Length == 1 ? "example" : "examples"));
        foreach (var example in verb.Examples)
        {
            printer.Line($"  {paint.Cyan(example.Command)}");
            printer.Paragraph(example.Meaning, "      ", "      ");
        }

        PrintPairs(printer, "flags of every verb", Pairs([.. CommandLine.FlagsOf(verb).Except(verb.Flags)]));
        if (verb.Schema is { } schema)
        {
            printer.Line();
            printer.Line($"--output json prints docs/schemas/{schema}.json");
        }
    }

    /// <summary>A family of verbs (`registry`): its members.</summary>
    public static void PrintFamily(Printer printer, string family)
    {
        printer.Line($"{printer.Paint.Bold($"cairn {family}")}: one of");
        printer.Line();
        var members = VerbTable.Family(family).ToArray();
        var width = members.Max(verb => verb.Name.Length);
        foreach (var verb in members)
        {
            PrintPair(printer, printer.Paint.Cyan(verb.Name.PadRight(width)), width, verb.Summary);
        }
    }

    public static void PrintTopic(Printer printer, Topic topic)
    {
        printer.Line($"{printer.Paint.Bold(topic.Name)}: {topic.Summary}");
        printer.Line();
        foreach (var line in topic.Text.Split('\n'))
        {
            printer.Line(line);
        }
    }

    public static string Usage(Verb verb) => string.Join(' ', new[] { "cairn", verb.Name }
        .Concat(verb.Arguments.Select(argument => argument.Count switch
        {
            ArgumentCount.One => argument.Name,
            ArgumentCount.Optional => $"[{argument.Name}]",
            ArgumentCount.Any => $"[{argument.Name}...]",
            _ => $"{argument.Name}...",
        }))
        .Append("[flags]"));

    /// <summary>`-C, --directory DIR`.</summary>
    public static string Spelling(VerbFlag flag) =>
        (flag.Short is null ? "    " : $"{flag.Short}, ") + flag.Name + (flag.Value is null ? "" : $" {flag.Value}");

    public static string WithChoices(string summary, ImmutableArray<string> choices) =>
        choices.IsEmpty ? summary : $"{summary}: {string.Join(", ", choices)}";

    private static (string, string)[] Pairs(ImmutableArray<VerbFlag> flags) =>
        [.. flags.Select(flag => (Spelling(flag), WithChoices(flag.Summary, flag.Choices)))];

    private static void PrintPairs(Printer printer, string heading, (string Name, string Meaning)[] pairs)
    {
        if (pairs.Length == 0)
        {
            return;
        }

        printer.Line();
        printer.Line(printer.Paint.Bold(heading));
        var width = pairs.Max(pair => pair.Name.Length);
        foreach (var (name, meaning) in pairs)
        {
            PrintPair(printer, printer.Paint.Cyan(name.PadRight(width)), width, meaning);
        }
    }

    private static void PrintPair(Printer printer, string painted, int width, string meaning)
    {
        var indent = new string(' ', width + 4);
        var isFirst = true;
        foreach (var line in Wrapping.Wrap(meaning, Math.Max(20, printer.Width - indent.Length)))
        {
            printer.Line(isFirst ? $"  {painted}  {line}" : indent + line);
            isFirst = false;
        }
    }
}
