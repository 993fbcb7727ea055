using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.App;

internal sealed partial class EngineWorkbench
{
    public Task<Outcome<HistoryReport>> ReadHistoryAsync(CancellationToken cancellation) =>
        RegistryClient.History(request.Folder).RunAsync(Silence.Instance, cancellation);

    public Task<Outcome<ChangeReport>> TakeBackAsync(int change, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        client.UndoThrough(request, change).RunAsync(static (_, _) => Task.FromResult(true), progress, cancellation);
}
