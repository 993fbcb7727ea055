using System.Collections.Immutable;

namespace Registry.Engine.Operations;

/// <summary>`cairn add`: new lines in the manifest, and what follows from them.</summary>
internal sealed class Add(RegistryClient client, ChangeRequest request, ImmutableArray<ProjectEdit.Add> packages)
    : EditedProjectChange(client, request)
{
    private protected override ImmutableArray<ProjectEdit> Edits => [.. packages];
}
