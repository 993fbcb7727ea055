using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project is in it or above it.</param>
public sealed record WhyRequest(string Folder, PackageName Name);

/// <summary>One package needing the next on a path.</summary>
/// <param name="Constraint">What <paramref name="From"/> asks for; null when that is not at hand.</param>
/// <param name="Place">The line of the project's own manifest; null further down.</param>
public sealed record WhyStep(
    PackageId From, PackageId To, string LocalName, DependencyGroup Group, Constraint? Constraint, TextPlace? Place);

/// <summary>A version of the package that is installed, and the paths by which the project came to need it, shortest first.</summary>
public sealed record WhyPackage(PackageId Package, ImmutableArray<ImmutableArray<WhyStep>> Paths, int PathsLeftOut);

public sealed record WhyReport(ImmutableArray<WhyPackage> Packages) : IReport
{
    public string Kind => "why";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray("packages"u8);
        foreach (var package in Packages)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, package.Package.Name.Value);
            json.WriteString("version"u8, package.Package.Version.ToString());
            json.WriteStartArray("paths"u8);
            foreach (var path in package.Paths)
            {
                json.WriteStartArray();
                foreach (var step in path)
                {
                    WriteStep(json, step);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteNumber("paths_left_out"u8, package.PathsLeftOut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteStep(Utf8JsonWriter json, WhyStep step)
    {
        json.WriteStartObject();
        json.WriteString("from"u8, step.From.Name.Value);
        json.WriteString("from_version"u8, step.From.Version.ToString());
        json.WriteString("to"u8, step.To.Name.Value);
        json.WriteString("to_version"u8, step.To.Version.ToString());
        json.WriteString("local_name"u8, step.LocalName);
        json.WriteString("group"u8, step.Group.ToString().ToLowerInvariant());
        json.WriteString("constraint"u8, step.Constraint?.Text);
        json.WriteString("place"u8, step.Place?.ToString());
        json.WriteEndObject();
    }
}

/// <summary>`cairn why`: the shortest path from the project through each package that needs this one.</summary>
internal sealed class Why(RegistryClient client, WhyRequest request) : Query<WhyReport>
{
    private const int PathsMax = 12;

    protected override async Task<WhyReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var (project, lockfile) = LockedProject.Find(client, request.Folder);
        var graph = new LockGraph(lockfile);
        var found = graph.Find(request.Name);
        if (found.IsEmpty)
        {
            throw Tree.NotLocked(request.Name);
        }

        var ways = new LockPaths(project, graph);
        var paths = found.Select(package => (package, ways.To(package))).ToArray();
        var constraints = await ConstraintsAsync(project, graph, paths.SelectMany(p => p.Item2).SelectMany(p => p), cancellation).ConfigureAwait(false);
        return new([.. paths.Select(entry => new WhyPackage(
            graph.Packages[entry.package].Id,
            [.. entry.Item2.Take(PathsMax).Select(path => ways.Steps(path, constraints))],
            Math.Max(0, entry.Item2.Count - PathsMax)))]);
    }

    /// <summary>What packages ask for, as far as their index documents are on this machine: an explanation is not worth a wait.</summary>
    private async Task<Dictionary<LockEdge, Constraint>> ConstraintsAsync(
        Project project, LockGraph graph, IEnumerable<LockEdge> edges, CancellationToken cancellation)
    {
        var constraints = new Dictionary<LockEdge, Constraint>();
        await using var offline = new RegistryClient(client.Settings with { IsOffline = true });
        using var sources = offline.Sources(project, null, []);
        foreach (var edge in edges.Distinct().Where(edge => graph.Packages[edge.From].Source is PackageSource.Feed))
        {
            var from = graph.Packages[edge.From];
            try
            {
                var origin = new DependencyOrigin.Feed(((PackageSource.Feed)from.Source).Registry);
                var package = await sources.ReadAsync(new(from.Id.Name, origin), cancellation).ConfigureAwait(false);
                var asked = package.Index.Releases.FirstOrDefault(release => release.Id == from.Id)?.Dependencies
                    .FirstOrDefault(dependency => dependency.Group == edge.Group && dependency.LocalName == edge.LocalName);
                if (asked is not null)
                {
                    constraints[edge] = asked.Constraint;
                }
            }
            catch (ProblemException)
            {
                // Not at hand; the path is true without it.
            }
        }

        return constraints;
    }
}
