using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Repairing;

/// <summary>
/// The facts of a conflict, kept to try many sets of levers on: a try costs one solve, and nothing is stated twice.
/// What works here still has to be proven with the text that it comes to.
/// </summary>
internal sealed class Ground(FactBook book, SolveLimits limits)
{
    private readonly Solver _solver = new(book.Universe);
    private readonly List<KnownCore> _cores = [];
    private Trial? _trial;

    public FactBook Book => book;

    public SolveState State { get; private set; }

    /// <summary>The facts that still clash, after a try that failed.</summary>
    public IReadOnlyList<int> Core { get; private set; } = [];

    /// <summary>Decisions and conflicts of the last try.</summary>
    public long Turns { get; private set; }

    /// <summary>Remembers facts that clash when no lever is pulled.</summary>
    public void Remember(IReadOnlyList<int> core) => _cores.Add(new(core, []));

    /// <summary>Facts found before that clash with these levers too; null when there are none.</summary>
    public IReadOnlyList<int>? Known(ImmutableArray<Lever> levers) => _cores.Find(core =>
        core.Under.All(levers.Contains)
        && !core.Facts.Any(fact => fact >= 0 && levers.Any(lever => !core.Under.Contains(lever) && lever.Touches(book.Info(fact)))))?.Facts;

    /// <summary>Solves with the levers pulled; asks for what is lacking.</summary>
    public IEnumerable<ImmutableArray<PackageKey>> Try(ImmutableArray<Lever> levers)
    {
        Turns = 0;
        var authorised = new HashSet<PackageName>();
        do
        {
            _trial = new(book, levers, authorised);
            foreach (var keys in Solve(_trial))
            {
                yield return keys;
            }

            Turns += _solver.Decisions + _solver.Conflicts;
        }
        while (State == SolveState.Failed && Authorise(authorised));

        if (State == SolveState.Failed)
        {
            Core = _solver.Core();
            if (authorised.Count == 0)
            {
                _cores.Add(new(Core, Under(levers)));
            }
        }
    }

    private IEnumerable<ImmutableArray<PackageKey>> Solve(Trial trial)
    {
        while (trial.Extend() is { Count: > 0 } lacking)
        {
            yield return [.. lacking];
        }

        _solver.Start(book.Project.Id, 0, book.Preferences, trial.Edits, limits);
        while ((State = _solver.Solve()) == SolveState.Needs)
        {
            var lacking = book.Provide(_solver);
            if (!lacking.IsEmpty)
            {
                yield return lacking;
            }

            while (trial.Extend() is { Count: > 0 } more)
            {
                yield return [.. more];
            }
        }
    }

    private bool Authorise(HashSet<PackageName> authorised)
    {
        var before = authorised.Count;
        authorised.UnionWith(book.Admission.CanAuthorise ? PrereleaseNeed.In(book, _solver.Core()) : []);
        return authorised.Count > before;
    }

    /// <summary>The version that the last try found for a line of the project; null when it is not in use there.</summary>
    public SemanticVersion? VersionOf(ManifestEdit.ChangeConstraint edit)
    {
        foreach (var (_, info) in book.AsksFor(edit.Name))
        {
            if (info.Feature is null && info.Line.IsWrittenAs(edit.File, edit.Group, edit.LocalName)
                && FactBook.Chosen(book.Changed(info.Line, _trial!.ChangeOf(info.Line)), _solver) is { } release)
            {
                return release.Id.Version;
            }
        }

        return null;
    }

    /// <summary>The newest version of a package that the last try found.</summary>
    public SemanticVersion? VersionOf(PackageName name) => book.Chosen(name, _solver)?.Id.Version;

    // A fact that a lever changed clashes as changed, and a limit is there for a lever: without it the rest may be fine.
    private List<Lever> Under(ImmutableArray<Lever> levers) => [.. levers.Where(lever =>
        Core.Any(fact => fact < 0 ? lever.Yanked is not null : lever.Touches(book.Info(fact))))];

    private sealed record KnownCore(IReadOnlyList<int> Facts, List<Lever> Under);
}
