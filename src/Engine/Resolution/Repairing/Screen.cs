using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Repairing;

/// <summary>
/// Tells quickly that levers cannot help: on the facts of the conflict itself, with everything the levers touch left out.
/// That asks for less than any change they may come to, so what fails here fails for certain.
/// </summary>
internal sealed class Screen(FactBook book, Solver solver, SolveLimits limits)
{
    private const int RoundsMax = 20;

    /// <summary>The facts that still clash; null when the levers may help, or when it is not known.</summary>
    public IReadOnlyList<int>? Core { get; private set; }

    /// <summary>Decisions and conflicts of the last run.</summary>
    public long Turns { get; private set; }

    public IEnumerable<RepairStep> Run(ImmutableArray<Lever> levers)
    {
        (Core, Turns) = (null, 0);
        if (levers.Any(lever => lever.Edit is ManifestEdit.SetDuplicates))
        {
            yield break;
        }

        for (var round = 0; round < RoundsMax; round++)
        {
            solver.Start(book.Project.Id, 0, book.Preferences, Without(levers), limits);
            SolveState state;
            while ((state = solver.Solve()) == SolveState.Needs)
            {
                var lacking = book.Provide(solver);
                if (!lacking.IsEmpty)
                {
                    yield return new RepairStep.NeedsPackages(lacking);
                }
            }

            Turns += solver.Decisions + solver.Conflicts;
            if (state != SolveState.Failed)
            {
                yield break;
            }

            var core = solver.Core();
            // Facts that were stated during this solve were not left out yet.
            if (!core.Any(fact => fact >= 0 && levers.Any(lever => Touches(lever, book.Info(fact)))))
            {
                Core = PrereleaseNeed.In(book, core).Any() ? null : core;
                yield break;
            }
        }
    }

    private Edits Without(ImmutableArray<Lever> levers)
    {
        var edits = new Edits();
        for (var fact = 0; fact < book.Universe.FactCount; fact++)
        {
            var info = book.Info(fact);
            if (info is not WiringFact && levers.Any(lever => Touches(lever, info)))
            {
                edits.Disable(fact);
            }
        }

        return edits;
    }

    private static bool Touches(Lever lever, FactInfo info) => info switch
    {
        LineFact { Line: var line } => lever.Edit switch
        {
            ManifestEdit.ChangeConstraint e => IsLine(line, e.File, e.Group, e.LocalName),
            ManifestEdit.RemoveDependency e => IsLine(line, e.File, e.Group, e.LocalName),
            ManifestEdit.RenameDependency e => IsLine(line, e.File, e.Group, e.LocalName),
            ManifestEdit.ChangeOrigin e => IsLine(line, e.File, e.Group, e.LocalName),
            ManifestEdit.RemoveFeature e => IsLine(line, e.File, e.Group, e.LocalName),
            ManifestEdit.AddOverride e => line.Name == e.Name,
            ManifestEdit.RemoveOverride e => line.Name == e.Name,
            ManifestEdit.AllowPrerelease e => line.Name == e.Name,
            _ => false,
        },
        UnavailableFact fact => lever.Edit is ManifestEdit.RemoveAsOf ? fact.Reason == UnavailableReason.TooNew
            : lever.Yanked is { } yanked && fact.Node.Name == yanked.Name,
        _ => false,
    };

    private static bool IsLine(Line line, string file, DependencyGroup group, string localName) =>
        line.From.Table.Root?.File == file && line.Written.Group == group && line.Written.LocalName == localName;
}
