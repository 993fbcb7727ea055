using System.Collections.Immutable;
using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Verbs;

internal static class NewVerb
{
    public static ImmutableArray<VerbFlag> Metadata { get; } =
    [
        new("--description", "what it does, in one sentence", "TEXT"),
        new("--license", "an SPDX expression", "ID"),
        new("--workspace", "make the root of a workspace instead of a package"),
    ];

    public static Verb Row() => new("new", VerbGroup.Project, "make a folder with a new package", RunAsync)
    {
        Arguments = [new("FOLDER", ArgumentCount.One, "the folder to make; its last part is the package's name")],
        Flags = [new("--name", "the package's name, when it is not the folder's", "NAME"), .. Metadata],
        Examples =
        [
            new("cairn new my-package", "makes my-package/cairn.toml"),
            new("cairn new tools --workspace", "makes the root of a workspace"),
        ],
        Schema = "init",
    };

    public static InitRequest Request(Invocation call, string folder, string? name) => new(folder, name)
    {
        Description = call.Text("--description"),
        License = call.Text("--license"),
        IsWorkspace = call.Has("--workspace"),
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(call.Argument("FOLDER"), call.Session.Globals.Folder);
        return call.Session.ChangeAsync(
            call.Session.Client.Init(Request(call, folder, call.Text("--name"))), InitVerb.Texts, cancellation);
    }
}
