using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Which members are published, and in which order.</summary>
internal static class PublishOrder
{
    /// <summary>Dependencies first, else by folder. Private members are left out of a workspace, but not when one is asked for by name.</summary>
    /// <exception cref="ProblemException">ManifestInvalid when there is nothing to publish.</exception>
    public static ImmutableArray<ProjectManifest> Of(Project project, PublishRequest request)
    {
        if (request.Scope == PublishScope.Package)
        {
            var manifest = project.ManifestFor(request.Folder, request.Member);
            return manifest.Manifest.Package is not null ? [manifest] : throw new Problem(
                ProblemCode.ManifestInvalid, $"`{manifest.File}` has no [package], so there is nothing to publish",
                "name a member with --package NAME, or publish all of them with --workspace").Raise();
        }

        var members = project.Manifests.Where(manifest => manifest.Manifest.Package is { IsPrivate: false }).ToList();
        if (members.Count == 0)
        {
            throw new Problem(
                ProblemCode.ManifestInvalid, "every member of the workspace is private, so there is nothing to publish",
                "take `private = true` out of [package] of those that others may use").Raise();
        }

        var ordered = ImmutableArray.CreateBuilder<ProjectManifest>(members.Count);
        var seen = new HashSet<PackageName>();
        foreach (var member in members)
        {
            Visit(member);
        }

        return ordered.ToImmutable();

        // A cycle is resolved by whoever comes first: a registry takes packages whose dependencies are not there yet.
        void Visit(ProjectManifest member)
        {
            if (!seen.Add(member.Manifest.Package!.Name))
            {
                return;
            }

            foreach (var dependency in member.Manifest.Dependencies.Where(dependency => dependency.Group != DependencyGroup.Dev))
            {
                if (members.Find(other => other.Manifest.Package!.Name == dependency.Name) is { } needed)
                {
                    Visit(needed);
                }
            }

            ordered.Add(member);
        }
    }
}
