using System.Collections.Immutable;

namespace Registry.Engine.Operations;

/// <summary>`cairn update`: newer versions of some packages, the rest as they are; of all when none is named.</summary>
internal sealed class Update(RegistryClient client, ChangeRequest request, ImmutableArray<ProjectEdit.Update> packages)
    : EditedProjectChange(client, request)
{
    private protected override ImmutableArray<ProjectEdit> Edits =>
        packages.IsEmpty ? [new ProjectEdit.Update(null)] : [.. packages];
}
