using System.Collections.Immutable;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>`cairn undo`: manifest, lockfile and packages as they were before the last change, or before an earlier one.</summary>
/// <param name="through">The change to go back over, with all after it; null for the last.</param>
internal sealed class Undo(RegistryClient client, ChangeRequest request, int? through = null) : HistoryChange(client, request)
{
    private protected override string Command => "cairn undo";

    private protected override HistoryKind Kind => HistoryKind.Undo;

    private protected override ImmutableArray<HistoryEntry> Entries(UndoHistory history) =>
        through is { } number ? history.DoneSince(number) : history.ToUndo() is { } last ? [last] : [];
}
