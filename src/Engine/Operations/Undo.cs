using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>`cairn undo`: manifest, lockfile and packages as they were before the last change.</summary>
internal sealed class Undo(RegistryClient client, ChangeRequest request) : HistoryChange(client, request)
{
    private protected override string Command => "cairn undo";

    private protected override HistoryKind Kind => HistoryKind.Undo;
}
