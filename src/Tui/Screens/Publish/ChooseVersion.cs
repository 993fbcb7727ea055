using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Dialogs;

namespace Registry.Tui.Screens.Publish;

/// <summary>The version to publish: typed, beside what each step would be. It is staged as a change of the manifest.</summary>
/// <param name="Member">As edits name the package.</param>
internal sealed record ChooseVersion(PackageId Package, PackageName? Member) : DialogAnswer
{
    public static Dialog Of(PackageReview review, PackageName? member)
    {
        var proposed = review.Changes?.Proposed ?? review.Package.Version;
        return new(
            $"Version of {review.Package.Name}",
            [
                $"The manifest says {review.Package.Version}. {(review.Previous is { } previous ? $"The release before is {previous.Version}." : "Nothing was released before.")}",
                .. Steps(review),
            ],
            [new DialogButton("Stage it", new ChooseVersion(review.Package, member))])
        {
            Fields = [new DialogField("Version") { Text = proposed.ToString(), Example = proposed.ToString() }],
        };
    }

    public override string? Refuse(ImmutableArray<string> values) => SemanticVersion.TryParse(values[0], out _)
        ? null
        : "A version is three numbers, as in 1.4.0 or 2.0.0-rc.1.";

    public override Step Reach(AppState state, ImmutableArray<string> values)
    {
        var version = SemanticVersion.Parse(values[0]);
        return version == Package.Version
            ? state.Say(Notice.Note($"the manifest says {version} already"))
            : Staging.Toggle(state, new PlanStep('~', $"version {Package.Version} -> {version}", Package.Name, [new ProjectEdit.SetVersion(Member, version)]));
    }

    private static IEnumerable<string> Steps(PackageReview review)
    {
        var from = review.Previous?.Version ?? review.Package.Version;
        foreach (var step in (VersionStep[])[VersionStep.Patch, VersionStep.Minor, VersionStep.Major])
        {
            // Before 1.0 two steps lead to the same version.
            var to = ReleaseChanges.Bump(from, step);
            if (step != VersionStep.Patch || to != ReleaseChanges.Bump(from, VersionStep.Minor))
            {
                yield return $"{step.ToString().ToLowerInvariant()}: {to}{(review.Changes is { Needed: not VersionStep.None } changes && changes.Proposed == to ? ", which fits what changed" : "")}";
            }
        }
    }
}
