using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Fills in what members of a workspace take from its table.</summary>
public static class WorkspaceInheritance
{
    /// <summary>
    /// The member's manifest with every `{ workspace = true }` replaced by the workspace's entry: its constraint and
    /// origin, the features of both, default features only when neither refuses them.
    /// </summary>
    /// <param name="rootFromMember">The workspace's folder seen from the member's, with `/`: `../..`. Paths of the table are rewritten by it.</param>
    /// <exception cref="ProblemException"><see cref="ProblemCode.WorkspaceInvalid"/> at the line of an entry the workspace does not have.</exception>
    public static Manifest Apply(Manifest member, WorkspaceTable workspace, string rootFromMember) => member with
    {
        Dependencies = [.. member.Dependencies.Select(d => d.IsInherited ? Inherit(member, d, workspace, rootFromMember) : d)],
    };

    private static Dependency Inherit(Manifest member, Dependency own, WorkspaceTable workspace, string rootFromMember)
    {
        if (workspace.Dependencies.FirstOrDefault(d => d.LocalName == own.LocalName) is not { } shared)
        {
            var nearest = NearestName.Of(own.LocalName, workspace.Dependencies.Select(d => d.LocalName));
            throw new Problem(
                ProblemCode.WorkspaceInvalid, $"`{own.LocalName}` of `{member.DisplayName}` is not in [workspace.dependencies]",
                nearest is not null ? $"did you mean `{nearest}`?" : "add it there, or give it a version here",
                member.Places.GetValueOrDefault(new(own.Group, own.LocalName))).Raise();
        }

        return own with
        {
            Name = shared.Name,
            Alias = shared.Alias,
            Constraint = shared.Constraint,
            Origin = shared.Origin is DependencyOrigin.Path path ? new DependencyOrigin.Path(RelativeFolder.Join(rootFromMember, path.Folder)) : shared.Origin,
            UsesDefaultFeatures = own.UsesDefaultFeatures && shared.UsesDefaultFeatures,
            Features = [.. shared.Features.Union(own.Features, StringComparer.Ordinal)],
            IsInherited = false,
        };
    }
}
