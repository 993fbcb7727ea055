using System.Collections.Immutable;

namespace Registry.Engine.Operations;

/// <summary>`cairn remove`: lines out of the manifest, and what only they needed out of the project.</summary>
internal sealed class Remove(RegistryClient client, ChangeRequest request, ImmutableArray<ProjectEdit.Remove> packages)
    : EditedProjectChange(client, request)
{
    private protected override ImmutableArray<ProjectEdit> Edits => [.. packages];
}
