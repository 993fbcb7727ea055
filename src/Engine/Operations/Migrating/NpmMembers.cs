using System.Collections.Immutable;
using Registry.Engine.Formats.Foreign;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>`workspace:` dependencies of npm name a member; ours name its folder.</summary>
internal static class NpmMembers
{
    private const int ParentsMax = 16;

    public static ForeignManifest Resolve(ForeignManifest foreign, string folder)
    {
        if (!foreign.Manifest.Dependencies.Any(dependency => dependency.Origin is DependencyOrigin.Member))
        {
            return foreign;
        }

        var members = Find(folder);
        var remarks = foreign.Remarks.ToBuilder();
        var dependencies = ImmutableArray.CreateBuilder<Dependency>();
        foreach (var dependency in foreign.Manifest.Dependencies)
        {
            if (dependency.Origin is not DependencyOrigin.Member)
            {
                dependencies.Add(dependency);
            }
            else if (members.TryGetValue(dependency.Name, out var member))
            {
                dependencies.Add(dependency with { Origin = new DependencyOrigin.Path(Path.GetRelativePath(folder, member).Replace(Path.DirectorySeparatorChar, '/')) });
            }
            else
            {
                remarks.Add(new($"dependencies.{dependency.LocalName}", CarryOver.LeftOut, "no member of a workspace above has that name"));
            }
        }

        return foreign with { Manifest = foreign.Manifest with { Dependencies = dependencies.ToImmutable() }, Remarks = remarks.ToImmutable() };
    }

    private static Dictionary<PackageName, string> Find(string folder)
    {
        var members = new Dictionary<PackageName, string>();
        var at = folder;
        for (var i = 0; at is not null && i < ParentsMax; i++, at = Path.GetDirectoryName(at))
        {
            if (Read(at) is { Workspace: { } workspace })
            {
                foreach (var member in MemberFolders.Candidates(at, workspace))
                {
                    if (Read(Path.Combine(at, member))?.Package is { } package)
                    {
                        members.TryAdd(package.Name, Path.Combine(at, member));
                    }
                }

                return members;
            }
        }

        return members;
    }

    private static Manifest? Read(string folder)
    {
        try
        {
            var file = Path.Combine(folder, "package.json");
            return File.Exists(file)
                ? PackageJson.Read(ForeignSource.ReadFile(file, PackageJson.BytesMax), file, PackageName.Parse("unnamed")).Manifest
                : null;
        }
        catch (ProblemException)
        {
            // A broken neighbour is not this package's problem.
            return null;
        }
    }
}
