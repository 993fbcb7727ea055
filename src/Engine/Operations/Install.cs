using System.Collections.Immutable;

namespace Registry.Engine.Operations;

/// <summary>`cairn install`: lockfile and install directory as the manifest asks.</summary>
internal sealed class Install(RegistryClient client, ChangeRequest request) : EditedProjectChange(client, request)
{
    private protected override ImmutableArray<ProjectEdit> Edits => [];

    private protected override string Command => CommandText.Install(Request);
}
