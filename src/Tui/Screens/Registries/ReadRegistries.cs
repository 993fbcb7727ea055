using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Registries;

/// <summary>Looks at registries, cache and store on this machine.</summary>
internal sealed record ReadRegistries : Inquiry
{
    public override string Replaces => "registries";

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new RegistriesRead(await workbench.RegistryOverviewAsync(cancellation).ConfigureAwait(false), workbench.LastAnswers);
}

internal sealed record RegistriesRead(Outcome<RegistryOverview> Outcome, ImmutableArray<RegistryAnswer> Answers) : News
{
    public override Step Reach(AppState state) => Outcome is Outcome<RegistryOverview>.Cancelled
        ? state
        : state.Put(state.ScreenOf<RegistriesScreen>() with { Overview = Outcome, Answers = Answers });
}

/// <summary>Asks one registry, as a job.</summary>
internal sealed record TestRegistry(string Name) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new RegistryTested(Name, await workbench.TestRegistryAsync(Name, cancellation).ConfigureAwait(false), workbench.LastAnswers);
}

internal sealed record RegistryTested(string Name, Outcome<RegistryTestReport> Outcome, ImmutableArray<RegistryAnswer> Answers) : News
{
    public override Ending Ending => Outcome switch
    {
        Outcome<RegistryTestReport>.Done { Report.Registries: [{ State: RegistryState.Failed, Problem: { } problem }] } => new Ending(JobState.Failed, problem.Message, problem),
        Outcome<RegistryTestReport>.Done { Report.Registries: [var test] } => new Ending(JobState.Done, RegistryWords.State(test)),
        _ => Ending.Of(Outcome, _ => ""),
    };

    public override Step Reach(AppState state)
    {
        var screen = state.ScreenOf<RegistriesScreen>();
        screen = screen with
        {
            Testing = screen.Testing.Remove(Name),
            Answers = Answers,
            Tests = Outcome is Outcome<RegistryTestReport>.Done { Report.Registries: [var test] } ? screen.Tests.SetItem(Name, test) : screen.Tests,
        };
        // The names and the cache are others by now.
        return screen.Testing.IsEmpty ? state.Put(screen).Do(new ReadRegistries()) : state.Put(screen);
    }
}
