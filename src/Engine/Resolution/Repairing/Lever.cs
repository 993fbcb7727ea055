using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Explaining;
using Registry.Engine.Resolution.Lowering;

namespace Registry.Engine.Resolution.Repairing;

/// <summary>One thing that could be let go of to get out of a conflict.</summary>
/// <param name="Key">Two levers with the same key are the same.</param>
/// <param name="Edit">What is tried: a constraint is opened fully first and narrowed once a version is known.</param>
internal sealed record Lever(string Key, RepairRisk Risk, ManifestEdit? Edit)
{
    /// <summary>A yanked release to accept.</summary>
    public PackageId? Yanked { get; init; }

    /// <summary>For a change of origin: the origin as seen from the project root, which the manifest writes as seen from itself.</summary>
    public DependencyOrigin? Origin { get; init; }

    /// <summary>Only pre-releases of the dependency are tried; at the end its constraint names one.</summary>
    public bool TakesPrerelease { get; init; }

    /// <summary>The package whose requirements it is about.</summary>
    public PackageName? Name => Edit switch
    {
        ManifestEdit.ChangeConstraint e => e.Name,
        ManifestEdit.RemoveDependency e => e.Name,
        ManifestEdit.RenameDependency e => e.From,
        ManifestEdit.ChangeOrigin e => e.Name,
        ManifestEdit.RemoveFeature e => e.Name,
        ManifestEdit.AddOverride e => e.Name,
        ManifestEdit.RemoveOverride e => e.Name,
        ManifestEdit.AllowPrerelease e => e.Name,
        _ => null,
    };

    /// <summary>What it makes of a line that it touches.</summary>
    public LineChange Change(Line line) => Edit switch
    {
        ManifestEdit.ChangeConstraint e => line.IsWrittenAs(e.File, e.Group, e.LocalName)
            ? new(IsOpen: true, Prereleases: TakesPrerelease ? PrereleaseUse.Only : PrereleaseUse.AsAllowed)
            : new(Prereleases: PrereleaseUse.Also),
        ManifestEdit.RenameDependency e => new(Name: e.To),
        ManifestEdit.ChangeOrigin e => new(Origin: Origin ?? e.To),
        ManifestEdit.AddOverride => new(IsOpen: true),
        ManifestEdit.RemoveOverride => new(LeavesOverride: true),
        ManifestEdit.AllowPrerelease => new(Prereleases: PrereleaseUse.Also),
        _ => default,
    };

    public bool Touches(FactInfo info) => info switch
    {
        LineFact fact => Edit is ManifestEdit.RemoveFeature ? Drops(fact) : Touches(fact.Line),
        UnavailableFact fact => Edit is ManifestEdit.RemoveAsOf ? fact.Reason == UnavailableReason.TooNew
            : Yanked is { } yanked && fact.Reason == UnavailableReason.Yanked && fact.Node.Name == yanked.Name,
        _ => false,
    };

    public bool Touches(Line line) => Edit switch
    {
        // Pre-releases of a package are for all that ask for it, or they could not agree on one.
        ManifestEdit.ChangeConstraint e => line.IsWrittenAs(e.File, e.Group, e.LocalName) || (TakesPrerelease && line.Name == e.Name),
        ManifestEdit.RemoveDependency e => line.IsWrittenAs(e.File, e.Group, e.LocalName),
        ManifestEdit.RenameDependency e => line.IsWrittenAs(e.File, e.Group, e.LocalName),
        ManifestEdit.ChangeOrigin e => line.IsWrittenAs(e.File, e.Group, e.LocalName),
        ManifestEdit.RemoveFeature e => line.IsWrittenAs(e.File, e.Group, e.LocalName),
        _ => Name is { } name && line.Name == name,
    };

    /// <summary>Whether nothing asks for it any more.</summary>
    public bool Drops(LineFact fact) => Edit switch
    {
        ManifestEdit.RemoveDependency => Touches(fact.Line),
        ManifestEdit.RemoveFeature e => fact.Feature == e.Feature && Touches(fact.Line),
        _ => false,
    };

}

/// <summary>What may be let go of, read off the facts of a failure.</summary>
internal static class Levers
{
    public static IEnumerable<Lever> Of(ResolutionRequest request, Reason reason) =>
        reason.Asks.SelectMany(ask => ask.IsDirect ? Direct(request, reason, ask) : Transitive(request, ask))
            .Concat(Duplicates(request, reason))
            .Concat(reason.Unavailable.SelectMany(fact => Unavailable(request, reason, fact)))
            .DistinctBy(lever => lever.Key);

    private static IEnumerable<Lever> Direct(ResolutionRequest request, Reason reason, Ask ask)
    {
        var root = ask.From.Table.Root!;
        var (file, written) = (root.File, Written(root, ask.Line.Written));
        var (group, local, name) = (written.Group, written.LocalName, written.Name);
        var id = $"{file} {group} {local}";
        if (ask.Line.Replaced is null)
        {
            if (!written.Constraint.Versions.IsAll && ask.Line.Table is { Source: PackageSource.Feed } table)
            {
                var open = new ManifestEdit.ChangeConstraint(file, group, local, name, written.Constraint, Constraint.Any);
                yield return new($"relax {id}", RepairRisk.Compatible, open);
                if (HasPrereleases(table))
                {
                    yield return new($"prerelease {id}", RepairRisk.Prerelease, open) { TakesPrerelease = true };
                }
            }

            foreach (var nearest in ask.Line.Missing is null ? [] : NearestNames.Of(name, request.KnownNames))
            {
                yield return new($"rename {id} {nearest}", RepairRisk.Compatible,
                    new ManifestEdit.RenameDependency(file, group, local, name, nearest));
            }

            foreach (var other in OtherOrigins(reason, ask))
            {
                yield return new($"origin {id} {other}", RepairRisk.Compatible,
                    new ManifestEdit.ChangeOrigin(file, group, local, name, written.Origin, SeenFrom(root.Folder, other)))
                {
                    Origin = other,
                };
            }
        }
        else
        {
            yield return new($"override {name}", RepairRisk.Compatible, new ManifestEdit.RemoveOverride(request.Roots[0].File, name));
        }

        foreach (var feature in ask.Features.Where(feature => written.Features.Contains(feature)))
        {
            yield return new($"feature {id} {feature}", RepairRisk.GiveUpFeature, new ManifestEdit.RemoveFeature(file, group, local, name, feature));
        }

        yield return new($"drop {id}", RepairRisk.GiveUp, new ManifestEdit.RemoveDependency(file, group, local, name));
    }

    private static IEnumerable<Lever> Transitive(ResolutionRequest request, Ask ask)
    {
        var file = request.Roots[0].File;
        if (ask.Line.Replaced is not null)
        {
            yield return new($"override {ask.Name}", RepairRisk.Compatible, new ManifestEdit.RemoveOverride(file, ask.Name));
            yield break;
        }

        if (ask.Line.Table is not { } table)
        {
            yield break;
        }

        yield return new($"override {ask.Name}", RepairRisk.Override,
            new ManifestEdit.AddOverride(file, ask.Name, Constraint.Any, ask.Line.Written.Origin));
        if (HasPrereleases(table))
        {
            yield return new($"allow {ask.Name}", RepairRisk.Prerelease, new ManifestEdit.AllowPrerelease(file, ask.Name));
        }
    }

    // Two copies help where requirements on a package clash that lie in different compatible ranges.
    private static IEnumerable<Lever> Duplicates(ResolutionRequest request, Reason reason)
    {
        if (request.Options.Duplicates == DuplicatesPolicy.Never && reason.SpansRanges)
        {
            yield return new("duplicates", RepairRisk.SecondCopy,
                new ManifestEdit.SetDuplicates(request.Roots[0].File, DuplicatesPolicy.Compatible));
        }
    }

    private static IEnumerable<Lever> Unavailable(ResolutionRequest request, Reason reason, UnavailableFact fact)
    {
        if (fact.Reason == UnavailableReason.Yanked)
        {
            var asked = reason.AskedOf(fact.Node).Aggregate(fact.Versions, (set, ask) => set.Intersect(Reason.Allowed(ask.Line, fact.Node)));
            var newest = fact.Node.Releases[(asked.IsEmpty ? fact.Versions : asked).Max].Id;
            yield return new($"yanked {newest}", RepairRisk.Yanked, null) { Yanked = newest };
        }
        else if (fact.Reason == UnavailableReason.TooNew && request.Options.AsOf is { } asOf)
        {
            yield return new("as-of", RepairRisk.Major, new ManifestEdit.RemoveAsOf(request.Roots[0].File, asOf));
        }
    }

    private static IEnumerable<DependencyOrigin> OtherOrigins(Reason reason, Ask ask) =>
        reason.TwoSources is { } sources && sources.First.Name == ask.Name
            ? reason.Asks.Where(other => other.Name == ask.Name).Select(other => other.Line.Written.Origin)
                .Where(origin => origin != ask.Line.Written.Origin).Distinct()
            : [];

    private static DependencyOrigin SeenFrom(string folder, DependencyOrigin origin) =>
        origin is DependencyOrigin.Path path ? new DependencyOrigin.Path(ProjectPath.Relative(folder, path.Folder)) : origin;

    /// <summary>The line as the manifest has it, before its path was made relative to the project.</summary>
    private static Dependency Written(ResolutionRoot root, Dependency line) =>
        root.Manifest.Dependencies.First(d => d.Group == line.Group && d.LocalName == line.LocalName);

    private static bool HasPrereleases(PackageTable table) =>
        table.Releases.Any(release => release.Id.Version.IsPrerelease && release.Status == ReleaseStatus.Ok);
}
