using System.Collections.Immutable;

namespace Registry.Engine.Operations;

/// <summary>Several staged edits as one change: what the screen's plan applies.</summary>
internal sealed class EditPlan(RegistryClient client, ChangeRequest request, ImmutableArray<ProjectEdit> edits)
    : EditedProjectChange(client, request)
{
    private protected override ImmutableArray<ProjectEdit> Edits => edits;
}
