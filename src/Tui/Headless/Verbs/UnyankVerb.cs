using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Verbs;

internal static class UnyankVerb
{
    public static Verb Row() => new("unyank", VerbGroup.Publish, "show a yanked version again", RunAsync)
    {
        Arguments = [new("PACKAGE", ArgumentCount.One, "NAME@VERSION")],
        Flags = [YankVerb.Registry],
        Examples = [new("cairn unyank my-package@1.0.0", "takes the yank back")],
        Schema = "yank",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) => YankVerb.RunAsync(call, YankAction.Unyank, null, cancellation);
}
