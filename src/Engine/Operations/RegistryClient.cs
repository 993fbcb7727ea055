using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>
/// The engine's front door: holds what operations share (folders, clock, network, store) and makes them. One for each
/// run of the program; operations may run at the same time. Disposing waits for clean-up still going on.
/// </summary>
public sealed partial class RegistryClient(ClientSettings settings) : IAsyncDisposable
{
    public ClientSettings Settings { get; } = settings;

    /// <summary>Bring lockfile and install directory up to date with the manifest.</summary>
    public ProjectChange Install(ChangeRequest request) => new Install(this, request);

    public ProjectChange Add(ChangeRequest request, ImmutableArray<ProjectEdit.Add> packages) =>
        new Add(this, request, packages);

    public ProjectChange Remove(ChangeRequest request, ImmutableArray<ProjectEdit.Remove> packages) =>
        new Remove(this, request, packages);

    /// <param name="packages">Empty for all.</param>
    public ProjectChange Update(ChangeRequest request, ImmutableArray<ProjectEdit.Update> packages) =>
        new Update(this, request, packages);

    /// <summary>The lockfile alone.</summary>
    public ProjectChange Lock(ChangeRequest request, LockAction action) => new Lock(this, request, action);

    /// <summary>Everything staged on screen, as one change.</summary>
    public ProjectChange Edit(ChangeRequest request, ImmutableArray<ProjectEdit> edits) => new EditPlan(this, request, edits);

    /// <summary>Take back the last change.</summary>
    public ProjectChange Undo(ChangeRequest request) => new Undo(this, request);

    /// <summary>Do again what was taken back last.</summary>
    public ProjectChange Redo(ChangeRequest request) => new Redo(this, request);

    public Change<InitPlan, InitReport> Init(InitRequest request) => new Init(this, request);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
