using Registry.Engine.Model;
using Registry.Engine.Resolution.Explaining;

namespace Registry.Engine.Resolution.Repairing;

/// <summary>What a repair does and costs, in one line each.</summary>
internal static class Titles
{
    /// <summary>Packages with copies that are all named; of more only the one that the conflict is about.</summary>
    private const int CopiesNamedMax = 3;

    public static string Of(
        IEnumerable<ManifestEdit> edits, IEnumerable<PackageId> yanked, Resolution resolution, Func<ManifestEdit, bool> isRetreat, Reason reason)
    {
        var parts = edits.Select(edit => edit is ManifestEdit.ChangeConstraint stay && isRetreat(edit)
                ? $"stay on {stay.Name} {stay.To.Text}{In(stay)}" : Of(edit, resolution, reason)).Concat(yanked.Select(id => $"accept the yanked {id}")).ToList();
        var text = Wording.List(parts);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    public static string Reason(LockDifference difference)
    {
        var changes = difference.Changes.Length;
        var downgrades = difference.Count(LockChangeKind.Downgraded);
        return changes == 0 ? "nothing in the lockfile changes"
            : $"{changes} {(changes == 1 ? "package changes" : "packages change")}"
                + (downgrades == 0 ? "" : $", {downgrades} {(downgrades == 1 ? "goes" : "go")} down");
    }

    private static string Of(ManifestEdit edit, Resolution resolution, Reason reason) => edit switch
    {
        ManifestEdit.ChangeConstraint { To.NamesPrerelease: true } e => $"try {e.Name} {e.To.Text}, a pre-release, instead of {e.From.Text}{In(e)}",
        ManifestEdit.ChangeConstraint e => $"ask for {e.Name} {e.To.Text} instead of {e.From.Text}{In(e)}",
        ManifestEdit.RemoveDependency e => $"do without {e.LocalName}{For(e.Group)}{In(e)}",
        ManifestEdit.RenameDependency e => $"ask for {e.To} instead of {e.From}{In(e)}",
        ManifestEdit.ChangeOrigin e => $"take {e.Name} from {Origin(e.To)}{In(e)}",
        ManifestEdit.RemoveFeature e => $"do without feature `{e.Feature}` of {e.LocalName}{In(e)}",
        ManifestEdit.AddOverride e => $"override every requirement on {e.Name} with {e.Constraint.Text}",
        ManifestEdit.RemoveOverride e => $"remove the override of {e.Name}",
        ManifestEdit.AllowPrerelease e => $"allow pre-releases of {e.Name}",
        ManifestEdit.SetDuplicates => $"keep {Copies(resolution, reason)}",
        ManifestEdit.RemoveAsOf e => $"remove the as-of date {e.From.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}",
        _ => throw new InvalidOperationException($"no words for {edit}"),
    };

    /// <summary>The member whose manifest it is; nothing for the project's own.</summary>
    private static string In(ManifestEdit edit)
    {
        var slash = edit.File.LastIndexOf('/');
        return slash < 0 ? "" : $" in {edit.File[..slash]}";
    }

    private static string For(DependencyGroup group) => group switch
    {
        DependencyGroup.Dev => " for development",
        DependencyGroup.Build => " for building",
        _ => "",
    };

    private static string Copies(Resolution resolution, Reason reason)
    {
        var several = resolution.Packages.GroupBy(package => package.Id.Name).Where(group => group.Count() > 1).ToList();
        if (several.Count <= CopiesNamedMax)
        {
            return Wording.List(several.Select(group =>
                $"{(group.Count() == 2 ? "two" : $"{group.Count()}")} copies of {group.Key}, {Wording.List(group.Select(p => p.Id.Version.ToString()))}"));
        }

        var asked = reason.Asks.Select(ask => ask.Name).ToHashSet();
        var first = several.OrderBy(group => group.Key == reason.Contested?.Name ? 0 : asked.Contains(group.Key) ? 1 : 2).First();
        return $"several copies of {first.Key}, {Wording.List(first.Select(p => p.Id.Version.ToString()))}, and of {several.Count - 1} other packages";
    }

    private static string Origin(DependencyOrigin origin) => origin switch
    {
        DependencyOrigin.Path path => $"the folder {path.Folder}",
        DependencyOrigin.Git git => git.Url,
        DependencyOrigin.Member => "the workspace",
        _ => "the registry",
    };
}
