using Registry.Tui.Headless.Completions;

namespace Registry.Tui.Headless.Verbs;

internal static class CompletionsVerb
{
    public static Verb Row() => new("completions", VerbGroup.Other, "print the completion script of a shell", RunAsync)
    {
        Description = ["The script asks cairn itself what fits, so verbs, flags, package names of the project and names of registries complete."],
        Arguments = [new("SHELL", ArgumentCount.One, "the shell") { Choices = ShellScripts.Shells }],
        Examples =
        [
            new("cairn completions bash", "prints the script; in ~/.bashrc: source <(cairn completions bash)"),
            new("cairn completions fish", "prints what belongs into ~/.config/fish/completions/cairn.fish"),
        ],
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        foreach (var line in ShellScripts.Of(call.Argument("SHELL")).TrimEnd('\n').Split('\n'))
        {
            call.Session.Out.Line(line);
        }

        return Task.FromResult(ExitCodes.Done);
    }
}
