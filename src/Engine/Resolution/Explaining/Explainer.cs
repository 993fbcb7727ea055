using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Explaining;

/// <summary>Turns a failed solve into an <see cref="Explanation"/> (docs/RESOLVER.md, "Explanations").</summary>
internal static class Explainer
{
    public static Explanation Explain(ResolutionRequest request, FactBook book, Solver solver, SolveLimits limits) =>
        Explain(request, book, solver, limits, []);

    /// <param name="without">Facts that were left out of the solve that failed.</param>
    public static Explanation Explain(
        ResolutionRequest request, FactBook book, Solver solver, SolveLimits limits, IReadOnlyCollection<int> without)
    {
        var reason = new Reason(book, CoreFacts.Minimal(book, solver, limits, without));
        var story = new Story(request, reason);
        var facts = story.Facts();
        return new Explanation(story.Kind, story.Headline(), facts, story.Conclusion(), story.Hints())
        {
            Packages = [.. Packages(reason)],
            Wishes = reason.Wishes,
            Reason = reason,
        };
    }

    private static IEnumerable<PackageName> Packages(Reason reason) =>
        (reason.Contested is { } contested ? new[] { contested.Name } : [])
            .Concat(reason.Asks.SelectMany(ask => new[] { ask.From.Table.Root is null ? ask.From.Name : ask.Name, ask.Name }))
            .Distinct();
}
