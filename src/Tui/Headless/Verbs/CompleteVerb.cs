using Registry.Tui.Headless.Completions;

namespace Registry.Tui.Headless.Verbs;

/// <summary>What the completion scripts call: the words of the line after `--`, the last one being under the cursor.</summary>
internal static class CompleteVerb
{
    public static Verb Row() => new("__complete", VerbGroup.Hidden, "print what may stand at the cursor", RunAsync)
    {
        Arguments = [new("WORD", ArgumentCount.Any, "the line so far")],
        Examples = [new("cairn __complete -- in", "prints init and install")],
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        foreach (var candidate in new Completion(_ => []).Of(call.Arguments("WORD")))
        {
            call.Session.Out.Line($"{candidate.Value}\t{candidate.Note}");
        }

        return Task.FromResult(ExitCodes.Done);
    }
}
