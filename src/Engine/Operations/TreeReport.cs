using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

public enum TreeDirection
{
    /// <summary>From dependents to what they need.</summary>
    Needs,

    /// <summary>From packages to what needs them.</summary>
    NeededBy,
}

/// <summary>A line of a tree.</summary>
/// <param name="Depth">0 for a start.</param>
/// <param name="Edge">How the walk got here; null for a start.</param>
/// <param name="IsRepeated">Its branch was shown further up and is not shown again.</param>
/// <param name="IsLast">It is the last of its siblings.</param>
public readonly record struct TreeLine(int Package, int Depth, LockEdge? Edge, bool IsRepeated, bool IsLast);

/// <summary>A dependency tree: a graph and how to walk it.</summary>
/// <param name="Starts">Indexes of packages in the graph.</param>
/// <param name="Depth">Levels below a start; null for all.</param>
public sealed record TreeReport(
    LockGraph Graph, ImmutableArray<int> Starts, TreeDirection Direction, int? Depth, bool WithoutDev) : IReport
{
    public string Kind => "tree";

    /// <summary>Edges in the direction of the tree, without those that are left out.</summary>
    public IEnumerable<LockEdge> EdgesOf(int package) =>
        (Direction == TreeDirection.Needs ? Graph.Needs(package) : Graph.NeededBy(package))
            .Where(edge => !WithoutDev || edge.Group != DependencyGroup.Dev);

    /// <summary>The far end of an edge in the direction of the tree.</summary>
    public int FarEnd(LockEdge edge) => Direction == TreeDirection.Needs ? edge.To : edge.From;

    /// <summary>Depth first; each package's branch is walked once.</summary>
    public IEnumerable<TreeLine> Lines()
    {
        var shown = new HashSet<int>();
        var pending = new Stack<TreeLine>();
        foreach (var start in Starts)
        {
            pending.Push(new(start, 0, null, false, true));
            while (pending.TryPop(out var line))
            {
                var edges = Depth is { } depth && line.Depth >= depth ? [] : EdgesOf(line.Package).ToArray();
                var isRepeated = edges.Length > 0 && !shown.Add(line.Package);
                yield return line with { IsRepeated = isRepeated };
                for (var i = isRepeated ? -1 : edges.Length - 1; i >= 0; i--)
                {
                    pending.Push(new(FarEnd(edges[i]), line.Depth + 1, edges[i], false, i == edges.Length - 1));
                }
            }
        }
    }

    /// <summary>Packages within the depth of a start, the starts first.</summary>
    public IReadOnlyList<int> Reached()
    {
        var reached = new List<int>(Starts.Distinct());
        var depths = reached.ToDictionary(package => package, _ => 0);
        for (var i = 0; i < reached.Count; i++)
        {
            foreach (var next in depths[reached[i]] >= (Depth ?? int.MaxValue) ? [] : EdgesOf(reached[i]).Select(FarEnd))
            {
                if (depths.TryAdd(next, depths[reached[i]] + 1))
                {
                    reached.Add(next);
                }
            }
        }

        return reached;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("direction"u8, Direction == TreeDirection.Needs ? "needs"u8 : "needed-by"u8);
        json.WriteOptional("depth", Depth);
        json.WritePackages("starts", Starts.Select(start => Graph.Packages[start].Id));
        json.WriteStartArray("packages"u8);
        var reached = Reached();
        var inside = reached.ToHashSet();
        foreach (var index in reached)
        {
            WritePackage(json, index, inside);
        }

        json.WriteEndArray();
    }

    private void WritePackage(Utf8JsonWriter json, int index, HashSet<int> inside)
    {
        var package = Graph.Packages[index];
        json.WriteStartObject();
        json.WriteString("name"u8, package.Id.Name.Value);
        json.WriteString("version"u8, package.Id.Version.ToString());
        json.WriteString("source"u8, package.Source.ToString());
        json.WriteString("checksum"u8, package.Checksum?.ToString());
        json.WriteStartArray("features"u8);
        foreach (var feature in package.Features)
        {
            json.WriteStringValue(feature);
        }

        json.WriteEndArray();
        json.WriteStartArray(Direction == TreeDirection.Needs ? "dependencies"u8 : "dependents"u8);
        foreach (var edge in EdgesOf(index).Where(edge => inside.Contains(FarEnd(edge))))
        {
            var end = Graph.Packages[FarEnd(edge)].Id;
            json.WriteStartObject();
            json.WriteString("name"u8, end.Name.Value);
            json.WriteString("version"u8, end.Version.ToString());
            json.WriteString("local_name"u8, edge.LocalName);
            json.WriteString("group"u8, edge.Group.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
