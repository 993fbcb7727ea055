using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Lowering;

namespace Registry.Engine.Resolution.Explaining;

/// <summary>A reason told: which kind of trouble it is, its headline, its facts in order, and what follows from them.</summary>
internal sealed partial class Story
{
    private readonly ResolutionRequest _request;
    private readonly Reason _reason;
    private readonly List<ExplainedFact> _facts = [];
    private readonly Dictionary<Line, int> _numbers = [];
    private readonly List<Ask> _direct;
    private readonly Ask? _dead;

    public Story(ResolutionRequest request, Reason reason)
    {
        (_request, _reason) = (request, reason);
        _direct = [.. reason.Direct];
        _dead = reason.Dead;
        Kind = FindKind();
        Tell();
    }

    public StoryKind Kind { get; }

    public ImmutableArray<ExplainedFact> Facts() => [.. _facts];

    public string Headline()
    {
        var first = IsAboutOne() ? "" : Subjects();
        var second = Kind switch
        {
            StoryKind.DirectClash => "",
            StoryKind.PackageMissing => $"There is no package {_dead!.Name}.",
            StoryKind.NotAvailableOffline => $"What is known of {_dead!.Name} is not on this machine.",
            StoryKind.SourceMissing => Wording.Sentence(_dead!.Line.Missing!.Message),
            StoryKind.NoVersionMatches => $"No {_dead!.Name} fits {_dead.Line.Constraint.Text}.",
            StoryKind.OnlyPrereleases => $"For {_dead!.Line.Constraint.Text}, {_dead.Name} has only pre-releases.",
            StoryKind.OnlyYanked when _reason.Unavailable.TrueForAll(fact => fact.Reason == UnavailableReason.Yanked) =>
                $"Only yanked releases of {_reason.Contested!.Name} fit{Fitted()}.",
            StoryKind.OnlyYanked => $"Only releases of {_reason.Contested!.Name} that were taken back fit{Fitted()}.",
            StoryKind.TooNewForAsOf => $"The releases of {_reason.Contested!.Name} that fit{Fitted()} are newer than the as-of date.",
            StoryKind.EngineTooOld => EngineSentence(),
            StoryKind.FeatureMissing => FeatureSentence(),
            StoryKind.TwoSources => $"{_reason.TwoSources!.First.Name} would come from two sources.",
            StoryKind.WishesBlock => _reason.Contested is { } contested && !_reason.IsBranching
                ? $"What you said leaves no {contested.Name} that fits{Fitted()}." : "What you said leaves no combination of their versions.",
            StoryKind.LinksClash => $"Both would link `{_reason.Links!.Links}`, which only one package may.",
            _ => Disagreement(),
        };
        return string.Join(' ', new[] { first, second }.Where(part => part.Length > 0));
    }

    /// <summary>Whether the one thing the user asked for is itself what cannot be had.</summary>
    private bool IsAboutOne() => _direct.Count == _reason.Asks.Count && _direct.Count <= 1 && Kind is not (StoryKind.NoOverlap or StoryKind.DirectClash);

    private string Fitted() => IsAboutOne() && !_direct[0].Line.Constraint.Versions.IsAll ? $" {_direct[0].Line.Constraint.Text}" : "";

    public string Conclusion()
    {
        if (Kind is not (StoryKind.NoOverlap or StoryKind.OnlyYanked or StoryKind.TooNewForAsOf or StoryKind.WishesBlock) || _reason.Contested is not { } contested || _reason.IsBranching)
        {
            return "";
        }

        var numbers = _reason.AskedOf(contested).Select(ask => _numbers.GetValueOrDefault(ask.Line)).Concat(_wishesTold.Values).Where(n => n > 0).Distinct().Order().ToList();
        return numbers.Count < 2 ? ""
            : $"So no {contested.Name} fits {(numbers.Count == 2 ? "both" : "all of them")} ({Wording.List(numbers.Select(n => $"{n}"))}).";
    }

    private StoryKind FindKind()
    {
        if (_dead?.Line.Missing is { } missing)
        {
            return IsUnknown(missing) ? StoryKind.PackageMissing
                : missing.Code == ProblemCode.OfflineMissing ? StoryKind.NotAvailableOffline : StoryKind.SourceMissing;
        }

        if (_reason.TwoSources is not null)
        {
            return StoryKind.TwoSources;
        }

        if (_reason.Links is not null)
        {
            return StoryKind.LinksClash;
        }

        if (_reason.Unavailable.Exists(fact => fact.Reason == UnavailableReason.Engine && fact.Node.Table.Root is not null))
        {
            return StoryKind.EngineTooOld;
        }

        if (_dead is not null)
        {
            return Prereleases(_dead).Any() ? StoryKind.OnlyPrereleases : StoryKind.NoVersionMatches;
        }

        if (!_reason.Wishes.IsEmpty)
        {
            return StoryKind.WishesBlock;
        }

        return _reason.Contested is { } contested && !_reason.IsBranching ? KindAt(contested) : StoryKind.NoOverlap;
    }

    private StoryKind KindAt(VersionsNode contested)
    {
        if (_reason.MissingFeatures.Any(fact => fact.Node.Owner == contested))
        {
            return StoryKind.FeatureMissing;
        }

        var unavailable = _reason.Unavailable.Where(fact => fact.Node == contested).Select(fact => fact.Reason).ToList();
        return unavailable.Contains(UnavailableReason.Engine) ? StoryKind.EngineTooOld
            : unavailable.Contains(UnavailableReason.TooNew) ? StoryKind.TooNewForAsOf
            : unavailable.Count > 0 ? StoryKind.OnlyYanked
            : _direct.Count == 2 && _reason.Asks.Count == 2 ? StoryKind.DirectClash
            : StoryKind.NoOverlap;
    }

    /// <summary>What the user asked for that cannot be had, in one sentence.</summary>
    private string Subjects()
    {
        if (Kind == StoryKind.DirectClash)
        {
            var (a, b) = (_direct[0], _direct[1]);
            return a.From == b.From
                ? $"{(a.From.Table.Root!.Folder == "." ? "You ask" : $"{a.From.Name} asks")} for {a.Name} twice, as {a.Line.Constraint.Text} and as {b.Line.Constraint.Text}, and no version is both."
                : $"{a.From.Name} asks for {a.Name} {a.Line.Constraint.Text} and {b.From.Name} for {b.Line.Constraint.Text}, and no version is both.";
        }

        var names = _direct.Select(ask => Wording.Asked(ask.Name, ask.Line.Constraint)).Distinct().ToList();
        return names.Count switch
        {
            0 => $"{_request.Roots[0].Manifest.DisplayName} cannot be resolved.",
            1 => $"{names[0]} cannot be used.",
            2 => $"{names[0]} and {names[1]} cannot be used together.",
            <= 4 => $"{Wording.List(names)} cannot all be used together.",
            _ => $"{Wording.List(names.Take(3).Append($"{names.Count - 3} more"))} cannot all be used together.",
        };
    }

    private string Disagreement()
    {
        if (_reason.Contested is not { } contested || _reason.IsBranching)
        {
            return _direct.Count == 1 ? "None of its versions that fit can be had." : "Every combination of their versions fails.";
        }

        var directToo = _direct.FirstOrDefault(ask => Reason.Leads(ask.Line, contested));
        return directToo is null
            ? $"{(_direct.Count == 1 ? "Its dependencies" : "They")} need different versions of {contested.Name}."
            : $"The others need another {contested.Name} than {directToo.Line.Constraint.Text}."
                .Replace("The others need", _direct.Count == 2 ? $"{_direct.First(ask => ask != directToo).Name} needs" : "The others need", StringComparison.Ordinal);
    }

    private string EngineSentence()
    {
        var fact = _reason.Unavailable.First(f => f.Reason == UnavailableReason.Engine);
        return $"{fact.Node.Name} needs {fact.Engine} {fact.Needs!.Text}, and this is {fact.Engine} {_request.Engines[fact.Engine!]}.";
    }

    private string FeatureSentence()
    {
        var node = _reason.MissingFeatures.First(f => f.Node.Owner == _reason.Contested).Node;
        return $"{node.Owner.Name} has no feature `{node.Feature}`.";
    }

    private static bool IsUnknown(Problem missing) => missing.Kind == ProblemKind.NotFound;

    private static string Asker(VersionsNode root) => root.Table.Root!.Folder == "." ? "you" : root.Name.Value;

    private static string Verb(VersionsNode root, string verb) => root.Table.Root!.Folder == "." ? verb : verb + "s";

    /// <summary>Pre-releases in the range of an ask, or just below its start (`2.0.0-rc.1` for `^2`).</summary>
    private static IEnumerable<SemanticVersion> Prereleases(Ask ask) =>
        ask.Line.Table!.Releases.Where(release => release.Status == ReleaseStatus.Ok).Select(release => release.Id.Version)
            .Where(version => version.IsPrerelease
                && (ask.Line.Constraint.AdmitsWithPrereleases(version) || ask.Line.Constraint.Versions.Contains(version.Release)));
}
