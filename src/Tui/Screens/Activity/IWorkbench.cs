using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens;

internal partial interface IWorkbench
{
    /// <summary>The applied changes of the project that can be taken back.</summary>
    Task<Outcome<HistoryReport>> ReadHistoryAsync(CancellationToken cancellation);

    /// <summary>Takes a change back, and all after it.</summary>
    Task<Outcome<ChangeReport>> TakeBackAsync(int change, IProgress<ProgressEvent> progress, CancellationToken cancellation);
}
