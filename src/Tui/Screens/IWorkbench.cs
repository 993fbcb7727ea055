using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Tui.Screens.Review;

namespace Registry.Tui.Screens;

/// <summary>What the screens ask of the engine. All of it is slow and runs outside the UI thread.</summary>
internal partial interface IWorkbench
{
    Task<Outcome<ProjectOverview>> OpenAsync(CancellationToken cancellation);

    /// <summary>All names of the project's feeds.</summary>
    Task<Outcome<NameIndex>> ReadNamesAsync(CancellationToken cancellation);

    /// <summary>All releases of one package.</summary>
    Task<Outcome<PackageIndex>> ReadPackageAsync(PackageName name, CancellationToken cancellation);

    /// <summary>What is in the way of the newest version of a package, proven by the resolver.</summary>
    Task<Outcome<WhyNotReport>> AskWhyNotAsync(PackageName name, CancellationToken cancellation);

    /// <summary>What the edits would change under the wishes; none of them means an install. A conflict comes without repairs.</summary>
    Task<Outcome<ChangePlan>> PlanAsync(ImmutableArray<ProjectEdit> edits, ImmutableArray<Wish> wishes, CancellationToken cancellation);

    Task<Outcome<ChangeReport>> ApplyAsync(ChangePlan plan, IProgress<ProgressEvent> progress, CancellationToken cancellation);

    /// <summary>Takes the last applied change back, or does again what was taken back.</summary>
    Task<Outcome<ChangeReport>> TravelAsync(TravelDirection direction, IProgress<ProgressEvent> progress, CancellationToken cancellation);
}
