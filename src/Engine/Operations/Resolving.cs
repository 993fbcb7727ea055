using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <summary>
/// Drives the resolver, which does no I/O: reads what it asks for, all at once, and steps it again until it has an answer.
/// </summary>
internal sealed class Resolving(PackageSources sources, TimeProvider clock, IProgress<ProgressEvent> progress)
{
    /// <summary>Repairs offered with a conflict; none where only the reason is wanted.</summary>
    public int RepairsMax { get; init; } = 8;

    /// <summary>Takes the names of the packages that are read.</summary>
    public HashSet<PackageName>? Looked { get; init; }

    /// <summary>
    /// How long repairs are looked for where a registry is slow to answer; the search itself is bounded by its work, so that
    /// it comes to the same repairs on every machine.
    /// </summary>
    private static readonly TimeSpan RepairTime = TimeSpan.FromSeconds(20);

    /// <exception cref="ProblemException">NoResolution with a <see cref="NoResolutionDetail"/>; ResolutionUndecided; whatever reading met.</exception>
    public async Task<Resolution.Resolution> RunAsync(ResolutionRequest request, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        progress.Report(new ProgressEvent.ResolutionStarted(request.Roots.Sum(root => root.Manifest.Dependencies.Length)));
        var resolver = new Resolver(request);
        switch (await StepAsync(resolver, cancellation).ConfigureAwait(false))
        {
            case ResolverStep.Solved solved:
                progress.Report(new ProgressEvent.ResolutionEnded(solved.Resolution.Packages.Length, clock.GetElapsedTime(started)));
                return solved.Resolution;
            case ResolverStep.Unsolvable unsolvable:
                throw await ConflictAsync(resolver, unsolvable.Explanation, cancellation).ConfigureAwait(false);
            case ResolverStep.Undecided undecided:
                throw Undecided(undecided.Turns);
            case var step:
                throw new InvalidOperationException($"resolver step {step.GetType().Name}");
        }
    }

    /// <summary>The answer, for one question of many that share what was read: nothing is explained or reported.</summary>
    /// <returns>Null when there is none, or none was found in time.</returns>
    public async Task<Resolution.Resolution?> TryAsync(ResolutionRequest request, Supplies supplies, CancellationToken cancellation)
    {
        var search = new Resolution.Search(request, supplies);
        foreach (var needs in search.Run())
        {
            await SupplyAsync(needs.Keys, supplies.Add, supplies.AddMissing, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }

        return search.Resolution;
    }

    /// <summary>Why there is no answer: the first sentence, without its full stop.</summary>
    public async Task<string> WhyNotAsync(ResolutionRequest request, Supplies supplies, CancellationToken cancellation) =>
        await StepAsync(new(request, supplies), cancellation).ConfigureAwait(false) is ResolverStep.Unsolvable unsolvable
            ? unsolvable.Explanation.Headline.Split(". ")[0].TrimEnd('.')
            : "the search for versions came to no end";

    private async Task<ResolverStep> StepAsync(Resolver resolver, CancellationToken cancellation)
    {
        while (await Task.Run(resolver.Step, cancellation).ConfigureAwait(false) is var step)
        {
            if (step is not ResolverStep.NeedsPackages needs)
            {
                return step;
            }

            await SupplyAsync(needs.Keys, resolver.Supply, resolver.SupplyMissing, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }

        throw new InvalidOperationException("a resolver always answers");
    }

    /// <summary>That a package does not exist is a fact for the explanation; that a registry does not answer stops the work.</summary>
    internal async Task SupplyAsync(
        ImmutableArray<PackageKey> keys, Action<SuppliedPackage> give, Action<PackageKey, Problem> giveUp, CancellationToken cancellation)
    {
        Looked?.UnionWith(keys.Select(key => key.Name));
        foreach (var answer in await sources.ReadAllAsync(keys, progress, cancellation).ConfigureAwait(false))
        {
            if (answer.Package is { } package)
            {
                give(package);
            }
            else
            {
                giveUp(answer.Key, answer.Missing!);
            }
        }
    }

    private async Task<ProblemException> ConflictAsync(Resolver resolver, Explanation explanation, CancellationToken cancellation)
    {
        // As a session has them: the forced ones apart, behind.
        var repairs = (await FindRepairsAsync(resolver, cancellation).ConfigureAwait(false)).OrderBy(repair => repair.IsForced).ToImmutableArray();
        return new Problem(
            ProblemCode.NoResolution,
            Lower(explanation.Headline),
            repairs.IsEmpty ? "change one of the requirements named, then run the command again" : repairs[0].Title,
            explanation.Facts.FirstOrDefault(fact => fact.Place is not null)?.Place,
            new NoResolutionDetail(explanation, repairs)).Raise();
    }

    private async Task<ImmutableArray<Repair>> FindRepairsAsync(Resolver resolver, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var finder = resolver.FindRepairs();
        var repairs = ImmutableArray.CreateBuilder<Repair>();
        while (repairs.Count < RepairsMax && clock.GetElapsedTime(started) < RepairTime)
        {
            switch (await Task.Run(finder.Step, cancellation).ConfigureAwait(false))
            {
                case RepairStep.NeedsPackages needs:
                    await SupplyAsync(needs.Keys, finder.Supply, finder.SupplyMissing, cancellation).ConfigureAwait(false);
                    break;
                case RepairStep.Found found:
                    repairs.Add(found.Repair);
                    break;
                default:
                    return repairs.ToImmutable();
            }
        }

        return repairs.ToImmutable();
    }

    internal static ProblemException Undecided(int turns) => new Problem(
        ProblemCode.ResolutionUndecided, $"no answer after {turns} steps: the requirements leave too many combinations open",
        "narrow the constraint of a package with many versions, or add an [resolution] override for it").Raise();

    // A message starts in lower case, a sentence does not; names keep theirs.
    private static string Lower(string sentence)
    {
        var text = sentence.TrimEnd('.');
        return text.Length > 1 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
