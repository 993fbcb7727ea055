using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Explaining;

internal sealed partial class Story
{
    private readonly HashSet<VersionsNode> _told = [];
    private readonly HashSet<PackageName> _overridesTold = [];

    /// <summary>From each manifest line down to where it meets the others.</summary>
    private void Tell()
    {
        foreach (var root in _reason.Book.Roots)
        {
            TellUnavailable(root);
            TellFrom(root);
        }

        if (_reason.TwoSources is { } sources)
        {
            Add($"{sources.First.Name} would come from {Source(sources.First)} and from {Source(sources.Second)}, and a name has one source",
                null, null, sources.First.Name);
        }

        if (_reason.Links is { } links)
        {
            Add($"{links.First.Name} and {links.Second.Name} both link `{links.Links}`, and only one package may", null, null, links.First.Name);
        }
    }

    private void TellFrom(VersionsNode node)
    {
        if (!_told.Add(node))
        {
            return;
        }

        var groups = _reason.Asks.Where(ask => ask.From == node)
            .GroupBy(ask => (ask.Name, Line: ask.IsDirect ? ask.Line : null, Label: Label(ask)));
        foreach (var group in groups)
        {
            TellAsks([.. group]);
            foreach (var target in group.SelectMany(Targets).Distinct())
            {
                TellUnavailable(target);
                TellFrom(target);
            }
        }
    }

    private static IEnumerable<VersionsNode> Targets(Ask ask) =>
        ask.Line.Choice is { } choice ? choice.Choices.Select(c => c.Node)
        : ask.Line.Target is { } target ? [target] : [];

    private void TellAsks(List<Ask> asks)
    {
        var first = asks[0];
        TellOverride(first);
        var asked = first.Line.Replaced is null ? Wording.Asked(first.Name, [.. asks.Select(ask => ask.Line.Constraint)]) : first.Name.Value;
        asked = first.Line.Written.Origin is DependencyOrigin.Path or DependencyOrigin.Git && first.Line.Replaced is null
            ? $"{asked} from {Origin(first.Line.Written.Origin)}" : asked;
        var features = asks.SelectMany(ask => ask.Features).Distinct().Select(feature => $"`{feature}`").ToList();
        asked += features.Count == 0 ? "" : $" with feature{(features.Count > 1 ? "s" : "")} {Wording.List(features)}";
        var number = first.IsDirect
            ? Add($"{Asker(first.From)} {Verb(first.From, "ask")} for {asked}{Group(first)}{With(first)}", null, first.Line.Place, null)
            : TellPackageAsk(asks, asked);
        foreach (var ask in asks)
        {
            _numbers[ask.Line] = number;
        }

        if (asks.TrueForAll(ask => ask.IsDead))
        {
            TellDead(first);
        }
    }

    private int TellPackageAsk(List<Ask> asks, string asked)
    {
        var from = asks[0].From;
        var among = Among(from);
        var versions = Pick(from, asks.Aggregate(OrdinalSet.Empty, (set, ask) => set.Union(ask.Versions)).Intersect(among));
        var all = Pick(from, among);
        if (versions.Count == 0)
        {
            versions = Pick(from, asks.Aggregate(OrdinalSet.Empty, (set, ask) => set.Union(ask.Versions)));
        }

        var subject = Wording.Subject(from.Name, versions, all, _reason.AskedOf(from).FirstOrDefault()?.Line.Constraint);
        var detail = versions.Count > 1 && versions.Count == all.Count ? $"that is {Wording.Versions(versions)}" : null;
        return Add($"{subject}{With(asks[0])} needs {asked}", detail, null, from.Name);
    }

    /// <summary>The versions of a package that its askers in this reason leave, and that nothing else in it rules out.</summary>
    private OrdinalSet Among(VersionsNode node)
    {
        var left = _reason.AskedOf(node).Aggregate(node.All, (set, ask) => set.Intersect(Reason.Allowed(ask.Line, node)));
        foreach (var fact in _reason.Unavailable.Where(fact => fact.Node == node))
        {
            left = left.Except(fact.Versions);
        }

        return left.IsEmpty ? node.All : left;
    }

    private static List<SemanticVersion> Pick(VersionsNode node, OrdinalSet ordinals) =>
        [.. Enumerable.Range(0, node.Count).Where(ordinals.Contains).Select(i => node.Releases[i].Id.Version)];

    private void TellOverride(Ask ask)
    {
        if (ask.Line.Replaced is { } replaced && _overridesTold.Add(ask.Name))
        {
            Add($"you override every requirement on {replaced.Name} with {replaced.Constraint.Text}"
                + (replaced.Origin is DependencyOrigin.Path or DependencyOrigin.Git ? $" from {Origin(replaced.Origin)}" : ""),
                replaced.Reason, replaced.Place, null);
        }
    }

    private void TellDead(Ask ask)
    {
        if (ask.Line.Missing is { } missing)
        {
            var nearest = NearestNames.Of(ask.Name, _request.KnownNames).Select(name => name.Value).ToList();
            var text = IsUnknown(missing) ? $"there is no package {ask.Name}" : missing.Message;
            Add(text, nearest.Count == 0 ? missing.Hint : $"did you mean {Wording.List(nearest, "or")}?", null, ask.Name);
            return;
        }

        Add($"no {ask.Name} fits {ask.Line.Constraint.Text}", Nearby(ask), null, ask.Name);
    }

    /// <summary>What there is instead: pre-releases in the range, or the nearest releases on either side.</summary>
    private static string Nearby(Ask ask)
    {
        var prereleases = Prereleases(ask).ToList();
        if (prereleases.Count > 0)
        {
            return $"there {(prereleases.Count == 1 ? "is the pre-release" : "are the pre-releases")} {Wording.Versions(prereleases)}";
        }

        if (ask.Line.Table!.Source is not PackageSource.Feed && ask.Line.Target is { } only)
        {
            return $"{Source(only)} has {only.Releases[0].Id.Version}";
        }

        var versions = ask.Line.Table.Releases.Where(r => r.Status == ReleaseStatus.Ok).Select(r => r.Id.Version).ToList();
        if (versions.Count == 0)
        {
            return "it has no releases that can be used";
        }

        if (ask.Line.Constraint.Versions.Intervals is not [{ } interval, ..])
        {
            return $"nothing can fit that; the newest is {versions[^1]}";
        }

        var below = versions.LastOrDefault(v => interval.Lower.Version is { } lower && v < lower);
        var above = versions.Find(v => interval.Upper.Version is { } upper && v >= upper);
        return (below, above) switch
        {
            ({ } b, { } a) => $"the nearest are {b} and {a}",
            ({ } b, null) => $"the newest is {b}",
            (null, { } a) => $"the oldest is {a}",
            _ => $"there {(versions.Count == 1 ? "is" : "are")} {Wording.Versions(versions)}",
        };
    }

    private void TellUnavailable(VersionsNode node)
    {
        foreach (var fact in _reason.Unavailable.Where(fact => fact.Node == node))
        {
            var asked = _reason.AskedOf(node).Aggregate(node.All, (set, ask) => set.Intersect(Reason.Allowed(ask.Line, node)));
            var within = fact.Versions.Intersect(asked);
            var versions = Pick(node, within.IsEmpty ? fact.Versions : within);
            var among = Pick(node, asked.IsEmpty ? node.All : asked);
            var subject = Wording.Subject(node.Name, versions, among, _reason.AskedOf(node).FirstOrDefault()?.Line.Constraint);
            var release = node.Releases.First(r => r.Id.Version == versions[^1]);
            Add(Unavailable(fact, subject, release, versions.Count), versions.Count > 1 ? $"that is {Wording.Versions(versions)}" : null, null, node.Name);
        }

        foreach (var fact in _reason.MissingFeatures.Where(fact => fact.Node.Owner == node))
        {
            TellMissingFeature(node, fact);
        }
    }

    private string Unavailable(UnavailableFact fact, string subject, Release release, int count) => fact.Reason switch
    {
        UnavailableReason.Yanked => $"{subject} was yanked{Because(release, count)}",
        UnavailableReason.Quarantined => $"{subject} is in quarantine{Because(release, count)}",
        UnavailableReason.Revoked => $"{subject} was revoked{Because(release, count)}",
        UnavailableReason.TooNew => $"{subject} was published after {Date(_request.Options.AsOf)}, the as-of date",
        _ => $"{subject} needs {fact.Engine} {fact.Needs!.Text}, and this is {fact.Engine} {_request.Engines[fact.Engine!]}",
    };

    private static string Because(Release release, int count) =>
        count == 1 && release.Reason is { Text.Length: > 0 } reason ? $": {Printable.Clip(reason.Text, 120)}" : "";

    private static string Date(DateTimeOffset? date) =>
        date?.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private void TellMissingFeature(VersionsNode node, FeatureMissingFact fact)
    {
        var asked = _reason.AskedOf(node).Aggregate(node.All, (set, ask) => set.Intersect(Reason.Allowed(ask.Line, node)));
        var within = fact.Versions.Intersect(asked);
        var versions = Pick(node, within.IsEmpty ? fact.Versions : within);
        var subject = Wording.Subject(node.Name, versions, Pick(node, asked.IsEmpty ? node.All : asked), null);
        var newest = node.Releases.First(r => r.Id.Version == versions[^1]);
        var names = node.Table.Graph(newest, _request.Options).Names.Where(name => name != FeatureGraph.Default).ToList();
        var having = node.Releases.LastOrDefault(r => node.Table.Graph(r, _request.Options).Has(fact.Node.Feature));
        var detail = names.Count == 0 ? "it has no features" : $"it has {Wording.List(names.Take(8).Concat(names.Count > 8 ? [$"{names.Count - 8} more"] : []))}";
        Add($"{subject} has no feature `{fact.Node.Feature}`", having is null ? detail : $"{detail}; {having.Id.Version} has it", null, node.Name);
    }

    /// <summary>The feature that turned an optional dependency on, when that is what asks.</summary>
    private string With(Ask ask) => Label(ask) is { } feature ? $" with feature `{feature}`" : "";

    private string? Label(Ask ask) => ask.Asker switch
    {
        FeatureNode node => node.Feature,
        OptionalNode node => _reason.Features.FirstOrDefault(fact => fact.TurnsOn == node)?.Feature.Feature ?? node.LocalName,
        WeakNode node => _reason.Features.FirstOrDefault(fact => fact.TurnsOn == node)?.Feature.Feature,
        _ => null,
    };

    private static string Group(Ask ask) => ask.Line.Written.Group switch
    {
        DependencyGroup.Dev => " for development",
        DependencyGroup.Build => " for building",
        _ => "",
    };

    private static string Origin(DependencyOrigin origin) => origin switch
    {
        DependencyOrigin.Path path => $"the folder {path.Folder}",
        DependencyOrigin.Git git => git.Url,
        DependencyOrigin.Member => "the workspace",
        DependencyOrigin.Feed { Registry: { } registry } => $"the registry {registry}",
        _ => "the registry",
    };

    private static string Source(VersionsNode node) => node.Table.Source switch
    {
        PackageSource.Path path => $"the folder {path.Folder}",
        PackageSource.Member { Folder: "." } => "this project",
        PackageSource.Member member => $"the member {member.Folder}",
        PackageSource.Git git => git.Url,
        PackageSource.Feed feed => $"the registry {feed.Registry}",
        _ => "elsewhere",
    };

    public ImmutableArray<string> Hints()
    {
        var hints = new List<string>();
        if (Kind == StoryKind.EngineTooOld)
        {
            var fact = _reason.Unavailable.First(f => f.Reason == UnavailableReason.Engine);
            hints.Add($"a newer {fact.Engine} ({fact.Needs!.Text}) would do");
        }

        if (Kind == StoryKind.OnlyYanked)
        {
            hints.Add("a yanked release is used only where the lockfile already names it");
        }

        if (Kind == StoryKind.NoOverlap && _request.Options.Duplicates == DuplicatesPolicy.Never && !_reason.IsBranching && _reason.SpansRanges)
        {
            hints.Add("`[resolution]` allows one version of each package; `duplicates = \"compatible\"` allows more");
        }

        return [.. hints];
    }

    private int Add(string text, string? detail, TextPlace? place, PackageName? package)
    {
        _facts.Add(new(_facts.Count + 1, text, detail, place, package));
        return _facts.Count;
    }
}
