using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>Which part of a version moves. Before 1.0 a major step moves the minor number and a minor step the patch.</summary>
public enum VersionStep
{
    None,
    Patch,
    Minor,
    Major,
}

/// <summary>One difference to the release before.</summary>
/// <param name="Sign">`+` new, `-` gone, `~` different.</param>
/// <param name="Step">What it asks of the version.</param>
public sealed record PackageChange(char Sign, string What, VersionStep Step);

/// <summary>
/// What changed since the release before, from the manifest and the files alone: what a package offers to its users'
/// code is not compared.
/// </summary>
/// <param name="FilesKnown">False when the files of that release could not be had.</param>
/// <param name="Needed">The largest step that a change asks for.</param>
/// <param name="Proposed">The version that this step leads to.</param>
public sealed record ReleaseChanges(SemanticVersion Since, ImmutableArray<PackageChange> Changes, bool FilesKnown, VersionStep Needed, SemanticVersion Proposed)
{
    public static ReleaseChanges Of(SemanticVersion since, IEnumerable<PackageChange> changes, bool filesKnown)
    {
        ImmutableArray<PackageChange> all = [.. changes.OrderByDescending(change => change.Step)];
        var needed = all.IsEmpty ? VersionStep.None : all.Max(change => change.Step);
        return new(since, all, filesKnown, needed, Bump(since, needed == VersionStep.None ? VersionStep.Patch : needed));
    }

    /// <summary>The next version after one, without labels.</summary>
    public static SemanticVersion Bump(SemanticVersion version, VersionStep step)
    {
        // What comes after 2.0.0-rc.1 by any step is 2.0.0.
        if (version.IsPrerelease)
        {
            return version.Release;
        }

        return (step, version.Major) switch
        {
            (VersionStep.Major, > 0) => new(version.Major + 1, 0, 0),
            (VersionStep.Major, _) or (VersionStep.Minor, > 0) => new(version.Major, version.Minor + 1, 0),
            _ => new(version.Major, version.Minor, version.Patch + 1),
        };
    }

    /// <summary>The step that lies between two versions.</summary>
    public static VersionStep StepOf(SemanticVersion from, SemanticVersion to)
    {
        if (from.IsPrerelease || from.Major != to.Major)
        {
            return VersionStep.Major;
        }

        if (from.Minor != to.Minor)
        {
            return to.Major == 0 ? VersionStep.Major : VersionStep.Minor;
        }

        return from.Patch == to.Patch ? VersionStep.None : to.Major == 0 ? VersionStep.Minor : VersionStep.Patch;
    }
}
