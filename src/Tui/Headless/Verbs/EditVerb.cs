using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;

namespace Registry.Tui.Headless.Verbs;

/// <summary>The rules of a resolution, from the command line: what the screen stages beside additions and removals.</summary>
internal static class EditVerb
{
    private const string Duplicates = "--duplicates";

    public static Verb Row() => new("edit", VerbGroup.Project, "change the manifest: version, files left out, overrides, copies", RunAsync)
    {
        Description = ["Writes [resolution] of the root manifest, or [package] of a package, and brings lockfile and packages up to date with it. All flags of one call are one change."],
        Flags =
        [
            new("--override", "replace every requirement on a package", "NAME@CONSTRAINT") { IsRepeatable = true },
            new("--reason", "why, written beside the overrides", "TEXT"),
            new("--remove-override", "take an override away", "NAME", Offer.Packages) { IsRepeatable = true },
            new(Duplicates, "how many versions of a package there may be: never (one), compatible (one for each major)", "POLICY"),
            new("--allow-prereleases", "let pre-releases of a package be chosen", "NAME", Offer.Packages) { IsRepeatable = true },
            new("--set-version", "give the package another version", "VERSION"),
            new("--exclude", "keep files out of the published archive, as in .gitignore", "PATTERN") { IsRepeatable = true },
            ProjectChanges.Member,
            ProjectChanges.NoInstall,
            ProjectChanges.Repair,
        ],
        Examples =
        [
            new("cairn edit --override http-core@^2 --reason 'auth-kit 1 works with it'", "every package gets http-core 2"),
            new("cairn edit --remove-override http-core", "takes that back"),
            new("cairn edit --set-version 1.4.0", "the next release is 1.4.0"),
            new("cairn edit --exclude '/bench/*.bin'", "leaves these out of the archive"),
            new("cairn edit --duplicates compatible", "allows http-core 1 and 2 side by side"),
        ],
        Schema = "change",
    };

    /// <exception cref="ProblemException">UsageInvalid when there is none.</exception>
    public static ImmutableArray<ProjectEdit> Edits(Invocation call)
    {
        ImmutableArray<ProjectEdit> edits =
        [
            .. call.All("--override").Select(text => Override(text, call.Text("--reason"))),
            .. call.All("--remove-override").Select(name => new ProjectEdit.RemoveOverride(PackageName.Parse(name))),
            .. call.All(Duplicates).Select(word => new ProjectEdit.Duplicates(Policy(word))),
            .. call.All("--allow-prereleases").Select(name => new ProjectEdit.AllowPrereleases(PackageName.Parse(name))),
            .. call.All("--set-version").Select(text => new ProjectEdit.SetVersion(null, SemanticVersion.Parse(text))),
            .. call.All("--exclude").Select(pattern => new ProjectEdit.LeaveOut(null, pattern)),
        ];
        return edits.IsEmpty
            ? throw new Problem(ProblemCode.UsageInvalid, "there is nothing to edit", "`cairn help edit` lists what can be changed").Raise()
            : edits;
    }

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var edits = Edits(call);
        return ProjectChanges.RunAsync(call, call.Session.Client.Edit(ProjectChanges.Request(call), edits), edits, cancellation);
    }

    private static ProjectEdit.Override Override(string text, string? reason)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            ? new(PackageName.Parse(text[..at]), Constraint.Parse(text[(at + 1)..]), reason)
            : throw new Problem(ProblemCode.UsageInvalid, $"`{Printable.Clip(text, 80)}` has no constraint", "write --override NAME@CONSTRAINT").Raise();
    }

    private static DuplicatesPolicy Policy(string word) => word switch
    {
        "never" => DuplicatesPolicy.Never,
        "compatible" => DuplicatesPolicy.Compatible,
        _ => throw new Problem(ProblemCode.UsageInvalid, $"`{Printable.Clip(word, 80)}` is no policy for {Duplicates}", "write never or compatible").Raise(),
    };
}
