using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Help;
using Registry.Tui.Headless.Parsing;

namespace Registry.Tui.Headless.Verbs;

internal static class HelpVerb
{
    public static Verb Row() => new("help", VerbGroup.Other, "explain a verb or a topic", RunAsync)
    {
        Arguments = [new("WORD", ArgumentCount.Any, "a verb, or a topic: constraints, exit-codes, environment, files", Offer.Verbs)],
        Examples =
        [
            new("cairn help", "lists all verbs and topics"),
            new("cairn help add", "explains `cairn add`"),
            new("cairn help constraints", "explains how to write constraints"),
        ],
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var printer = call.Session.Out;
        var words = call.Arguments("WORD");
        var name = string.Join(' ', words);
        if (words.IsEmpty)
        {
            HelpText.PrintOverview(printer);
        }
        else if (VerbTable.Find(name) is { } verb)
        {
            HelpText.PrintVerb(printer, verb);
        }
        else if (VerbTable.Family(name).Any())
        {
            HelpText.PrintFamily(printer, name);
        }
        else if (Topic.Find(name) is { } topic)
        {
            HelpText.PrintTopic(printer, topic);
        }
        else
        {
            throw Unknown(name).Raise();
        }

        return Task.FromResult(ExitCodes.Done);
    }

    private static Problem Unknown(string name)
    {
        var known = VerbTable.Names.Concat(Topic.All.Select(topic => topic.Name));
        return new(
            ProblemCode.UsageInvalid, $"there is no help on `{Printable.Clip(name, 60)}`",
            Nearest.Of(name, known) is { } near ? $"did you mean `cairn help {near}`?" : "`cairn help` lists verbs and topics");
    }
}
