using System.Collections.Immutable;

namespace Registry.Engine.Operations;

/// <summary>`cairn redo`: the change that was taken back last, again.</summary>
internal sealed class Redo(RegistryClient client, ChangeRequest request) : ProjectChange(client, request)
{
    private protected override ImmutableArray<ProjectEdit> Edits => [];

    private protected override string Command => "cairn redo";
}
