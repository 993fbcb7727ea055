using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Explaining;

internal sealed partial class Story
{
    private readonly HashSet<PackageTable> _told = [];
    private readonly HashSet<PackageName> _overridesTold = [];
    private readonly HashSet<(PackageName, string)> _deadTold = [];
    private readonly Dictionary<Wish, int> _wishesTold = [];

    /// <summary>From each manifest line down to where it meets the others.</summary>
    private void Tell()
    {
        foreach (var root in _reason.Book.Roots)
        {
            TellFrom(root.Table);
        }

        if (_reason.TwoSources is { } sources)
        {
            Add($"{sources.First.Name} would come from {Source(sources.First)} and from {Source(sources.Second)}, and a name has one source",
                null, null, sources.First.Name);
        }

        if (_reason.Links is { } links)
        {
            var both = links.First.Name == links.Second.Name ? $"two versions of {links.First.Name}" : $"{links.First.Name} and {links.Second.Name}";
            Add($"{both} both link `{links.Links}`, and only one package may", null, null, links.First.Name);
        }

        foreach (var wish in _reason.Wishes)
        {
            TellWish(wish);
        }
    }

    private void TellFrom(PackageTable table)
    {
        if (!_told.Add(table))
        {
            return;
        }

        TellUnavailable(table);
        var groups = _reason.Asks.Where(ask => ask.From.Table == table)
            .GroupBy(ask => (ask.Name, Line: ask.IsDirect ? ask.Line : null, Label: Label(ask)));
        foreach (var group in groups)
        {
            TellAsks([.. group]);
            foreach (var target in group.Select(ask => ask.Line.Table).OfType<PackageTable>().Distinct())
            {
                TellFrom(target);
            }
        }
    }

    private void TellAsks(List<Ask> asks)
    {
        var first = asks[0];
        TellOverride(first);
        var asked = first.Line.Replaced is null ? Wording.Asked(first.Name, [.. asks.Select(ask => ask.Line.Constraint)]) : first.Name.Value;
        asked = first.Line.Written.Origin is DependencyOrigin.Path or DependencyOrigin.Git && first.Line.Replaced is null
            ? $"{asked} from {Origin(first.Line.Written.Origin)}" : asked;
        var features = asks.SelectMany(ask => ask.Features.Where(feature => Matters(ask, feature))).Distinct().Select(feature => $"`{feature}`").ToList();
        asked += features.Count == 0 ? "" : $" with feature{(features.Count > 1 ? "s" : "")} {Wording.List(features)}";
        var number = first.IsDirect ? TellDirectAsk(first, asked) : TellPackageAsk(asks, asked);
        foreach (var ask in asks)
        {
            _numbers[ask.Line] = number;
        }

        if (asks.TrueForAll(ask => ask.IsDead))
        {
            foreach (var ask in asks.Where(ask => _deadTold.Add((ask.Name, ask.Line.Missing is null ? ask.Line.Constraint.Text : ""))))
            {
                TellDead(ask);
            }
        }
    }

    private int TellDirectAsk(Ask ask, string asked)
    {
        var number = Add($"{Asker(ask.From)} {Verb(ask.From, "ask")} for {asked}{Group(ask)}{With(ask)}", null, ask.Line.Place, null);
        var written = ask.Line.Written;
        _facts[^1] = _facts[^1] with
        {
            Line = written,
            MustStay = new Wish.KeepLine(ask.From.Table.Root!.File, written.Group, written.LocalName),
            MustNot = new Wish.Never(ask.Name, ask.Line.Constraint.Versions),
        };
        return number;
    }

    /// <summary>What can be wished of some versions of a package: that it stays where it is locked, that they are not used.</summary>
    private void Wishable(PackageTable table, List<SemanticVersion> versions)
    {
        var locked = _request.Locked?.Packages.Where(package => package.Id.Name == table.Name && package.Source == table.Source).ToList() ?? [];
        if (table.Root is null && versions.Count > 0)
        {
            _facts[^1] = _facts[^1] with
            {
                MustStay = locked is [var only] ? new Wish.Keep(table.Name, only.Id.Version) : null,
                MustNot = new Wish.Never(table.Name, VersionSet.Between(new(versions[0], true), new(versions[^1], true))),
            };
        }
    }

    private int TellPackageAsk(List<Ask> asks, string asked)
    {
        var table = asks[0].From.Table;
        var all = Among(table);
        var asking = asks.SelectMany(ask => Pick(ask.From, ask.Versions)).ToHashSet();
        var versions = all.Where(asking.Contains).ToList();
        versions = versions.Count == 0 ? [.. asking.Order()] : versions;
        var subject = Wording.Subject(table.Name, versions, all, AskedOf(table));
        var detail = versions.Count > 1 && versions.Count == all.Count ? $"that is {Wording.Versions(versions)}" : null;
        var number = Add($"{subject}{With(asks[0])} needs {asked}", detail, null, table.Name);
        Wishable(table, versions);
        return number;
    }

    /// <summary>Whether a feature asked for is part of the reason, and not just asked for along the way.</summary>
    private bool Matters(Ask ask, string feature) => ask.Line.Table is { } table
        && (_reason.MissingFeatures.Exists(fact => fact.Node.Feature == feature && fact.Node.Owner.Table == table)
            || _reason.Features.Exists(fact => fact.Feature.Feature == feature && fact.Feature.Owner.Table == table)
            || _reason.Asks.Exists(other => other.Asker is FeatureNode node && node.Feature == feature && node.Owner.Table == table));

    /// <summary>What the first requirement on a package says, to describe its versions by.</summary>
    private Constraint? AskedOf(PackageTable table) => _reason.Asks.Find(ask => ask.Line.Table == table)?.Line.Constraint;

    /// <summary>The versions of a package that its askers in this reason leave, and that nothing else in it rules out; ascending.</summary>
    private List<SemanticVersion> Among(PackageTable table) =>
        [.. NodesOf(table).SelectMany(node => Pick(node, Among(node))).Order()];

    private List<VersionsNode> NodesOf(PackageTable table)
    {
        var asked = _reason.Asks.Where(ask => ask.Line.Table == table).SelectMany(Reason.Targets).Distinct().ToList();
        return asked.Count > 0 ? asked : [.. _reason.Asks.Where(ask => ask.From.Table == table).Select(ask => ask.From)
            .Concat(_reason.Unavailable.Where(fact => fact.Node.Table == table).Select(fact => fact.Node)).Distinct()];
    }

    private OrdinalSet Among(VersionsNode node)
    {
        var left = Asked(node);
        foreach (var fact in _reason.Unavailable.Where(fact => fact.Node == node))
        {
            left = left.Except(fact.Versions);
        }

        return left.IsEmpty ? node.All : left;
    }

    /// <summary>What all the requirements on a node leave of it; all of it when that is nothing.</summary>
    private OrdinalSet Asked(VersionsNode node)
    {
        var asked = _reason.AskedOf(node).Aggregate(node.All, (set, ask) => set.Intersect(Reason.Allowed(ask.Line, node)));
        return asked.IsEmpty ? node.All : asked;
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

    private void TellWish(Wish wish)
    {
        if (!_wishesTold.ContainsKey(wish))
        {
            _wishesTold[wish] = Add($"you said that {wish.Words}", wish is Wish.Never { Why.Length: > 0 } never ? Printable.Clip(never.Why, 120) : null, null, null);
        }
    }

    private void TellUnavailable(PackageTable table)
    {
        var among = NodesOf(table).SelectMany(node => Pick(node, Asked(node))).Order().ToList();
        foreach (var wish in _reason.Unavailable.Where(fact => fact.Node.Table == table).Select(fact => fact.Wish).OfType<Wish>())
        {
            TellWish(wish);
        }

        foreach (var group in _reason.Unavailable.Where(fact => fact.Node.Table == table && fact.Wish is null).GroupBy(fact => (fact.Reason, fact.Engine, fact.Needs?.Text)))
        {
            var versions = Within(group.SelectMany(fact => Pick(fact.Node, fact.Versions)), among);
            var subject = Wording.Subject(table.Name, versions, among, AskedOf(table));
            var release = table.Releases.First(r => r.Id.Version == versions[^1]);
            Add(Unavailable(group.First(), subject, release, versions.Count),
                versions.Count > 1 ? $"that is {Wording.Versions(versions)}" : null, null, table.Name);
            Wishable(table, versions);
        }

        foreach (var group in _reason.MissingFeatures.Where(fact => fact.Node.Owner.Table == table).GroupBy(fact => fact.Node.Feature))
        {
            TellMissingFeature(table, group.Key, Within(group.SelectMany(fact => Pick(fact.Node.Owner, fact.Versions)), among), among);
        }
    }

    private static List<SemanticVersion> Within(IEnumerable<SemanticVersion> some, List<SemanticVersion> among)
    {
        var all = some.ToHashSet();
        var within = among.Where(all.Contains).ToList();
        return within.Count > 0 ? within : [.. all.Order()];
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

    private void TellMissingFeature(PackageTable table, string feature, List<SemanticVersion> versions, List<SemanticVersion> among)
    {
        var newest = table.Releases.First(r => r.Id.Version == versions[^1]);
        var names = table.Graph(newest, _request.Options).Names.Where(name => name != FeatureGraph.Default).ToList();
        var having = table.Releases.LastOrDefault(r => table.Graph(r, _request.Options).Has(feature));
        var detail = names.Count == 0 ? "it has no features" : $"it has {Wording.List(names.Take(8).Concat(names.Count > 8 ? [$"{names.Count - 8} more"] : []))}";
        Add($"{Wording.Subject(table.Name, versions, among, AskedOf(table))} has no feature `{feature}`",
            having is null ? detail : $"{detail}; {having.Id.Version} has it", null, table.Name);
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
