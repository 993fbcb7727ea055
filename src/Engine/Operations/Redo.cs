using System.Collections.Immutable;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>`cairn redo`: the change that was taken back last, again.</summary>
internal sealed class Redo(RegistryClient client, ChangeRequest request) : HistoryChange(client, request)
{
    private protected override string Command => "cairn redo";

    private protected override HistoryKind Kind => HistoryKind.Redo;

    private protected override ImmutableArray<HistoryEntry> Entries(UndoHistory history) => history.ToRedo() is { } last ? [last] : [];
}
