using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Registries;

namespace Registry.Tui.Screens;

/// <summary>What the registries ask of the engine.</summary>
internal partial interface IWorkbench
{
    /// <summary>What can be said of registries, cache and store without the network.</summary>
    Task<Outcome<RegistryOverview>> RegistryOverviewAsync(CancellationToken cancellation);

    /// <summary>Asks one registry for its state.</summary>
    Task<Outcome<RegistryTestReport>> TestRegistryAsync(string name, CancellationToken cancellation);

    /// <summary>How registries answered last, the latest first.</summary>
    ImmutableArray<RegistryAnswer> LastAnswers { get; }

    Task<Outcome<UserFileReport>> PlanRegistryAsync(RegistryChange change, CancellationToken cancellation);

    Task<Outcome<UserFileReport>> ApplyRegistryAsync(RegistryChange change, UserFileReport plan, CancellationToken cancellation);
}
