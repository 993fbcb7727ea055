using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Registries;

namespace Registry.Tui.App;

/// <summary>Registries.</summary>
internal sealed partial class EngineWorkbench
{
    public ImmutableArray<RegistryAnswer> LastAnswers => client.LastAnswers;

    public Task<Outcome<RegistryOverview>> RegistryOverviewAsync(CancellationToken cancellation) =>
        client.RegistryOverview(request.Folder).RunAsync(Silence.Instance, cancellation);

    public Task<Outcome<RegistryTestReport>> TestRegistryAsync(string name, CancellationToken cancellation) =>
        client.TestRegistries(request.Folder, [name]).RunAsync(Silence.Instance, cancellation);

    public Task<Outcome<UserFileReport>> PlanRegistryAsync(RegistryChange change, CancellationToken cancellation) =>
        Change(change).TryPlanAsync(Silence.Instance, cancellation);

    public Task<Outcome<UserFileReport>> ApplyRegistryAsync(RegistryChange change, UserFileReport plan, CancellationToken cancellation) =>
        Change(change).TryApplyAsync(plan, Silence.Instance, cancellation);

    private Change<UserFileReport, UserFileReport> Change(RegistryChange change) => change switch
    {
        RegistryChange.Add add => client.AddRegistry(add.Entry, request.Folder),
        RegistryChange.Edit edit => client.EditRegistry(edit.Wish, request.Folder),
        RegistryChange.Move move => client.MoveRegistry(move.Name, move.Direction),
        _ => client.RemoveRegistry(change.Name),
    };
}
