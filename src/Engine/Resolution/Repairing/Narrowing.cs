using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Repairing;

/// <summary>From "any version" to the constraint that the user would write for the version that was found.</summary>
internal static class Narrowing
{
    /// <returns>One edit for each lever that has one, in their order; null when a line is not in use in what was found.</returns>
    public static ImmutableArray<ManifestEdit>? Narrow(ImmutableArray<Lever> levers, Ground ground)
    {
        var edits = levers.Select(lever => lever.Edit).OfType<ManifestEdit>().Select(edit => Narrow(edit, ground)).ToList();
        return edits.Contains(null) ? null : [.. edits.OfType<ManifestEdit>()];
    }

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
        if (edit is not ManifestEdit.ChangeConstraint change || request.Before is not { } lockfile
            || request.Roots.FirstOrDefault(root => root.File == edit.File) is not { } root)
        {
            return false;
        }

        var entry = lockfile.Packages.FirstOrDefault(p => p.Source is PackageSource.Member member && member.Folder == root.Folder);
        var locked = entry?.Dependencies.FirstOrDefault(d => d.Group == change.Group && d.LocalName == change.LocalName)?.Target.Version;
        return locked is not null && !change.From.AdmitsWithPrereleases(locked) && change.To.AdmitsWithPrereleases(locked)
            && change.From.Versions.Intervals is [{ Lower.Version: { } start }, ..] && locked < start;
    }

    /// <summary>Whether an override takes a package to where some requirement on it has no compatible version at all.</summary>
    public static bool IsFar(ManifestEdit edit, Resolution resolution) =>
        edit is ManifestEdit.AddOverride added && RequirementsOn(added.Name, resolution)
            .Any(asked => resolution.Packages.Where(package => package.Id.Name == added.Name)
                .Any(package => !asked.Dependency.Constraint.Versions.Overlaps(RangeOf(package.Id.Version).Versions)));

    /// <summary>Whether an override goes against nothing but the project's own lines, which can be changed themselves.</summary>
    public static bool IsAboutOwnLines(ManifestEdit edit, Resolution resolution) =>
        edit is ManifestEdit.AddOverride added && RequirementsOn(added.Name, resolution).All(asked =>
            asked.Asker.Source is PackageSource.Member || asked.Dependency.Constraint.AdmitsWithPrereleases(
                added.Constraint.Versions.Intervals[0].Lower.Version!));

    private static IEnumerable<(ResolvedPackage Asker, Dependency Dependency)> RequirementsOn(PackageName name, Resolution resolution) =>
        from package in resolution.Packages
        from dependency in package.Release.Dependencies
        where dependency.Name == name
            && package.Dependencies.Any(edge => edge.LocalName == dependency.LocalName && edge.Group == dependency.Group)
        select (package, dependency);

    private static ManifestEdit? Narrow(ManifestEdit edit, Ground ground) => edit switch
    {
        ManifestEdit.ChangeConstraint e => ground.VersionOf(e) is { } version ? e with { To = Like(e.From, version) } : null,
        ManifestEdit.AddOverride e => ground.VersionOf(e.Name) is { } version ? e with { Constraint = Constraint.Exactly(version) } : null,
        _ => edit,
    };

    // An exact pin stays one; everything else becomes a caret, as `add` writes it.
    private static Constraint Like(Constraint from, SemanticVersion version) =>
        from.Text.StartsWith('=') ? Constraint.Exactly(version) : Constraint.Caret(version);

    /// <summary>Whether any version the old constraint had is compatible with the new one's start.</summary>
    private static VersionStep StepOf(ManifestEdit.ChangeConstraint change)
    {
        var sameRange = RangeOf(change.To.Versions.Intervals[0].Lower.Version!);
        return change.From.Versions.Overlaps(sameRange.Versions) ? VersionStep.Minor : VersionStep.Major;
    }

    private static Constraint RangeOf(SemanticVersion version) =>
        version.Major > 0
            ? Constraint.Parse($"^{version.Major}")
            : Constraint.Parse($"^{version.Major}.{version.Minor}" + (version.Minor > 0 ? "" : $".{version.Patch}"));
}
