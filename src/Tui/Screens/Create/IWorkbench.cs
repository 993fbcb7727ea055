using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Create;

namespace Registry.Tui.Screens;

internal partial interface IWorkbench
{
    /// <summary>Makes a manifest in the folder the program was started in.</summary>
    Task<Outcome<InitReport>> CreateAsync(CreateProject wish, IProgress<ProgressEvent> progress, CancellationToken cancellation);
}
