using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;

namespace Registry.Tui.Headless.Verbs;

internal static class UpdateVerb
{
    public static Verb Row() => new("update", VerbGroup.Project, "take newer versions of what is installed", RunAsync)
    {
        Description =
        [
            "Without names everything may move as far as the manifest allows. With names only those move, and others as little as possible.",
        ],
        Arguments = [new("NAME", ArgumentCount.Any, "a package; NAME@VERSION for exactly that version", Offer.Packages)],
        Flags =
        [
            new("--precise", "take exactly this version; it must fit the manifest", "NAME@VERSION") { IsRepeatable = true },
            new("--latest", "take the newest releases, moving constraints in the manifest when needed"),
            ProjectChanges.Member,
            ProjectChanges.NoInstall,
            ProjectChanges.AsOf,
            ProjectChanges.Repair,
            ProjectChanges.Reason,
        ],
        Examples =
        [
            new("cairn update", "updates everything within the manifest's constraints"),
            new("cairn update log", "updates log alone, with the least change elsewhere"),
            new("cairn update log@1.2.0", "takes log 1.2.0, older or newer"),
            new("cairn update --latest", "goes to the newest releases, also across major versions"),
        ],
        Schema = "change",
    };

    /// <summary>What a call asks for; without names everything.</summary>
    public static ImmutableArray<ProjectEdit.Update> Edits(Invocation call)
    {
        var reach = call.Has("--latest") ? UpdateReach.Latest : UpdateReach.Allowed;
        ImmutableArray<ProjectEdit.Update> updates = [.. call.Arguments("NAME").Concat(call.All("--precise")).Select(text => Parse(text, reach))];
        return updates.IsEmpty ? [new(null, null, reach)] : updates;
    }

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var updates = Edits(call);
        return ProjectChanges.RunAsync(call, call.Session.Client.Update(ProjectChanges.Request(call), updates), [.. updates], cancellation);
    }

    private static ProjectEdit.Update Parse(string text, UpdateReach reach)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return new(PackageName.Parse(text), null, reach);
        }

        return reach == UpdateReach.Allowed
            ? new(PackageName.Parse(text[..at]), SemanticVersion.Parse(text[(at + 1)..]))
            : throw new Problem(ProblemCode.UsageInvalid, "a version and --latest contradict each other", "give one of the two").Raise();
    }
}
