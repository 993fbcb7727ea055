using System.Collections.Immutable;

namespace Registry.Engine.Operations;

/// <summary>`cairn undo`: manifest, lockfile and packages as they were before the last change.</summary>
internal sealed class Undo(RegistryClient client, ChangeRequest request) : ProjectChange(client, request)
{
    private protected override ImmutableArray<ProjectEdit> Edits => [];

    private protected override string Command => "cairn undo";
}
