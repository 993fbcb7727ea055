using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Repairing;

/// <summary>From "any version" to the constraint that the user would write for the version that was found.</summary>
internal static class Narrowing
{
    /// <returns>One edit for each lever that has one, in their order.</returns>
    public static ImmutableArray<ManifestEdit> Narrow(ImmutableArray<Lever> levers, Resolution resolution) =>
        [.. levers.Where(lever => lever.Edit is not null).Select(lever => Narrow(lever.Edit!, resolution))];

    public static RepairRisk Risk(Lever lever, ManifestEdit? edit) =>
        lever.Risk == RepairRisk.Compatible && edit is ManifestEdit.ChangeConstraint change
            ? change.To.NamesPrerelease ? RepairRisk.Prerelease
                : StepOf(change) == VersionStep.Major ? RepairRisk.Major : RepairRisk.Compatible
            : lever.Risk;

    public static VersionStep Step(ImmutableArray<ManifestEdit> edits) =>
        edits.OfType<ManifestEdit.ChangeConstraint>().Select(StepOf).DefaultIfEmpty(VersionStep.None).Max();

    /// <summary>Whether an edit takes back a step up that the lockfile shows to be new: the locked version is below what is asked for now.</summary>
    public static bool IsRetreat(ResolutionRequest request, ManifestEdit edit)
    {
        if (edit is not ManifestEdit.ChangeConstraint change || request.Locked is not { } lockfile
            || request.Roots.FirstOrDefault(root => root.File == edit.File) is not { } root)
        {
            return false;
        }

        var entry = lockfile.Packages.FirstOrDefault(p => p.Source is PackageSource.Member member && member.Folder == root.Folder);
        var locked = entry?.Dependencies.FirstOrDefault(d => d.Group == change.Group && d.LocalName == change.LocalName)?.Target.Version;
        return locked is not null && !change.From.AdmitsWithPrereleases(locked) && change.To.AdmitsWithPrereleases(locked)
            && change.From.Versions.Intervals is [{ Lower.Version: { } start }, ..] && locked < start;
    }

    private static ManifestEdit Narrow(ManifestEdit edit, Resolution resolution) => edit switch
    {
        ManifestEdit.ChangeConstraint e when Chosen(e, resolution) is { } version => e with { To = Like(e.From, version) },
        ManifestEdit.AddOverride e when resolution.Packages.LastOrDefault(p => p.Id.Name == e.Name) is { } package =>
            e with { Constraint = Constraint.Exactly(package.Id.Version) },
        _ => edit,
    };

    private static SemanticVersion? Chosen(ManifestEdit.ChangeConstraint edit, Resolution resolution) =>
        resolution.Packages
            .Where(package => package.Source is PackageSource.Member)
            .SelectMany(package => package.Dependencies)
            .FirstOrDefault(edge => edge.Group == edit.Group && edge.LocalName == edit.LocalName && edge.Target.Name == edit.Name)
            ?.Target.Version;

    // An exact pin stays one; everything else becomes a caret, as `add` writes it.
    private static Constraint Like(Constraint from, SemanticVersion version) =>
        from.Text.StartsWith('=') ? Constraint.Exactly(version) : Constraint.Caret(version);

    /// <summary>Whether any version the old constraint had is compatible with the new one's start.</summary>
    private static VersionStep StepOf(ManifestEdit.ChangeConstraint change)
    {
        var start = change.To.Versions.Intervals[0].Lower.Version!;
        var sameRange = start.Major > 0
            ? Constraint.Parse($"^{start.Major}")
            : Constraint.Parse($"^{start.Major}.{start.Minor}" + (start.Minor > 0 ? "" : $".{start.Patch}"));
        return change.From.Versions.Overlaps(sameRange.Versions) ? VersionStep.Minor : VersionStep.Major;
    }
}
