using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Create;

namespace Registry.Tui.App;

internal sealed partial class EngineWorkbench
{
    public Task<Outcome<InitReport>> CreateAsync(CreateProject wish, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        client.Init(new InitRequest(request.Folder, wish.Name.Length == 0 ? null : wish.Name)
        {
            Description = wish.Description.Length == 0 ? null : wish.Description,
            License = wish.License.Length == 0 ? null : wish.License,
            IsWorkspace = wish.IsWorkspace,
        }).RunAsync(static (_, _) => Task.FromResult(true), progress, cancellation);
}
