using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Review;

namespace Registry.Tui.App;

/// <summary>The real engine behind the screens.</summary>
internal sealed partial class EngineWorkbench(RegistryClient client, ChangeRequest request) : IWorkbench, IDisposable
{
    private readonly Lent<Browsing> looks = new();

    private Task<Outcome<ProjectOverview>>? begun;

    /// <summary>Also looks at the feeds anew from here on.</summary>
    public Task<Outcome<ProjectOverview>> OpenAsync(CancellationToken cancellation) =>
        Interlocked.Exchange(ref begun, null) ?? OpenAnewAsync(cancellation);

    /// <summary>
    /// Starts reading the project before the screen asks for it: it takes as long as getting the terminal and the first frame
    /// ready, and there is another processor for it.
    /// </summary>
    public void Begin() => begun = Task.Run(() => OpenAnewAsync(CancellationToken.None));

    public async Task<Outcome<NameIndex>> ReadNamesAsync(CancellationToken cancellation)
    {
        var outcome = await LookAsync(look => look.Names.RunAsync(Silence.Instance, cancellation)).ConfigureAwait(false);
        if (outcome is Outcome<NameIndex>.Done { Report: var names })
        {
            // Compiles the search here; the first letter would else wait for that.
            _ = names.Search("an", 1);
        }

        return outcome;
    }

    public Task<Outcome<PackageIndex>> ReadPackageAsync(PackageName name, CancellationToken cancellation) =>
        LookAsync(look => look.Package(name).RunAsync(Silence.Instance, cancellation));

    public Task<Outcome<WhyNotReport>> AskWhyNotAsync(PackageName name, CancellationToken cancellation) =>
        client.WhyNot(new WhyNotRequest(request.Folder, name)).RunAsync(Silence.Instance, cancellation);

    public Task<Outcome<ChangePlan>> PlanAsync(ImmutableArray<ProjectEdit> edits, ImmutableArray<Wish> wishes, CancellationToken cancellation) =>
        client.Edit(request with { Wishes = wishes, RepairsMax = 0 }, edits).TryPlanAsync(Silence.Instance, cancellation);

    public Task<Outcome<ChangeReport>> ApplyAsync(ChangePlan plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        client.Install(request).TryApplyAsync(plan, progress, cancellation);

    public Task<Outcome<ChangeReport>> TravelAsync(TravelDirection direction, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var change = direction == TravelDirection.Back ? client.Undo(request) : client.Redo(request);
        return change.RunAsync(static (_, _) => Task.FromResult(true), progress, cancellation);
    }

    // The first is made when it is asked for: the thread that draws the first frame need not compile it.
    private Task<Outcome<ProjectOverview>> OpenAnewAsync(CancellationToken cancellation) =>
        looks.UseAsync(static _ => false, () => client.Browse(request.Folder), look => look.Overview.RunAsync(Silence.Instance, cancellation));

    private Task<T> LookAsync<T>(Func<Browsing, Task<T>> use) => looks.UseAsync(static _ => true, () => client.Browse(request.Folder), use);

    public void Dispose()
    {
        looks.Dispose();
        talks.Dispose();
    }
}
