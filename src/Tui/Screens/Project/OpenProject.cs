using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Review;
using Registry.Tui.Screens.Search;

namespace Registry.Tui.Screens.Project;

/// <summary>Reads manifest and lockfile; feeds are looked at anew from here on.</summary>
internal sealed record OpenProject : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var outcome = await workbench.OpenAsync(cancellation).ConfigureAwait(false);

        // Here rather than where it is shown: the thread of the screen has the first frame to make ready meanwhile.
        return new ProjectOpened(outcome) { Graph = DependencyGraph.Of((outcome as Outcome<ProjectOverview>.Done)?.Report.Lockfile) };
    }
}

internal sealed record ProjectOpened(Outcome<ProjectOverview> Outcome) : News
{
    // Direct dependencies whose releases are read at once; of the rest those that are looked at.
    private const int ReadAtOpenMax = 200;

    public DependencyGraph? Graph { get; init; }

    public override Step Reach(AppState state)
    {
        if (Outcome is not Outcome<ProjectOverview>.Done { Report: var facts })
        {
            return (state with { Trouble = (Outcome as Outcome<ProjectOverview>.Failed)?.Problem, Facts = null, Graph = DependencyGraph.Of(null) }).Do(new ReadNames());
        }

        var isFirst = state.Facts is null && state.Plan.Steps.IsEmpty;
        state = state with { Facts = facts, Trouble = null, Graph = Graph ?? DependencyGraph.Of(facts.Lockfile), Looks = state.Looks.WithoutFits() };
        var direct = facts.Manifest.Dependencies.Select(dependency => dependency.Name).Take(ReadAtOpenMax);
        var step = Reading.Ask(state, direct);
        step = state.Names is null ? step.And(new ReadNames()) : facts.Lockfile is not null ? step.And(new ReadAdvisories()) : step;
        step = isFirst ? step.And(new ReadDraft()) : step;
        return !state.Plan.Steps.IsEmpty || state.Plan.Result is not null || IsBehind(state)
            ? step.And(new MakePlan(state.Plan.Revision, state.Plan.Edits) { Wishes = ConflictsScreen.Of(state).Wishes.Wishes }) : step;
    }

    // The lockfile does not say what the manifest asks for: what an install would do, or why it cannot, is worth knowing at once.
    private static bool IsBehind(AppState state) => state.Facts is { } facts && (facts.Lockfile is null || facts.Manifest.Dependencies.Any(
        dependency => state.Graph.Find(dependency.Name) is var node
            && (node < 0 ? !dependency.IsOptional : !dependency.Constraint.AdmitsWithPrereleases(state.Graph.Nodes[node].Package.Id.Version))));
}
