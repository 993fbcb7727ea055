using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Registries;

/// <summary>What a change would do to the file.</summary>
internal sealed record PlanRegistry(RegistryChange Wish) : Inquiry
{
    public override string Replaces => "registry-change";

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new RegistryPlanned(Wish, await workbench.PlanRegistryAsync(Wish, cancellation).ConfigureAwait(false));
}

internal sealed record RegistryPlanned(RegistryChange Wish, Outcome<UserFileReport> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<UserFileReport>.Done { Report: { Difference.IsEmpty: false } plan } => ConfirmChange.Of(Wish, plan).Open(state),
        Outcome<UserFileReport>.Done => state.Say(Notice.Note("nothing changes")),
        Outcome<UserFileReport>.Failed(var problem) => Reopened(state.Say(Notice.Of(problem))),
        _ => state,
    };

    /// <summary>What was typed is not lost when it is refused.</summary>
    private Step Reopened(AppState state) => Wish switch
    {
        RegistryChange.Add add => RegistryForm.Of(null, add.Entry).Open(state),
        RegistryChange.Edit { Known: var known, Wish: var wish } => RegistryForm.Of(known, known with
        {
            Address = wish.Address ?? known.Address,
            Packages = wish.Packages ?? known.Packages,
            IsDefault = wish.BecomesDefault,
        }).Open(state),
        _ => state,
    };
}

/// <summary>Writes the file as planned.</summary>
internal sealed record ApplyRegistry(RegistryChange Wish, UserFileReport Plan) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new RegistryChanged(Wish, await workbench.ApplyRegistryAsync(Wish, Plan, cancellation).ConfigureAwait(false));
}

internal sealed record RegistryChanged(RegistryChange Wish, Outcome<UserFileReport> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome switch
    {
        // Names and packages may come from elsewhere now.
        Outcome<UserFileReport>.Done(var report) => state.Put(state.ScreenOf<RegistriesScreen>().Followed(Wish))
            .Say(Notice.Done($"{Wish.Title}: wrote {report.File}"))
            .Do(new ReadRegistries(), new Project.OpenProject()),
        Outcome<UserFileReport>.Failed(var problem) => state.Say(Notice.Of(problem)),
        _ => state,
    };
}
