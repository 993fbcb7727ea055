using Registry.Engine.Model;
using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution;

/// <summary>
/// Takes a first answer to the one with the least change: pins that were proven to hold, and what is left to try.
/// </summary>
internal sealed class Settling(FactBook lowering, Assignment assignment)
{
    private readonly List<(VersionsNode Node, int Ordinal)> _pins = [];
    private readonly HashSet<VersionsNode> _tried = [];

    public Assignment Assignment { get; private set; } = assignment;

    /// <summary>For each package asked to move, the ordinals better than the chosen one, best first.</summary>
    public List<(VersionsNode Node, List<int> Ordinals)> Wishes(VersionStrategy strategy, int max)
    {
        var wishes = new List<(VersionsNode, List<int>)>();
        foreach (var node in lowering.Versions.Where(n => lowering.Admission.IsUnlocked(n.Name)).OrderBy(n => n.Name))
        {
            var chosen = Assignment.Of(node);
            if (chosen >= 0)
            {
                var better = strategy == VersionStrategy.Newest
                    ? Enumerable.Range(chosen + 1, node.Count - chosen - 1).Reverse()
                    : Enumerable.Range(0, chosen);
                wishes.Add((node, [.. better.Where(i => IsWorthTrying(node, i)).Take(max)]));
            }
        }

        return wishes;
    }

    public Edits With(VersionsNode node, int ordinal)
    {
        var edits = new Edits();
        foreach (var (pinned, at) in _pins)
        {
            edits.Limit(pinned.Id, OrdinalSet.Single(at));
        }

        edits.Limit(node.Id, OrdinalSet.Single(ordinal));
        return edits;
    }

    public void Accept(VersionsNode node, int ordinal, Assignment found)
    {
        // Pinned out of the answer is no way to make a package move.
        if (lowering.Admission.IsUnlocked(node.Name) && found.Of(node) < 0)
        {
            return;
        }

        _pins.Add((node, ordinal));
        Assignment = found;
    }

    public void KeepChosen(VersionsNode node)
    {
        if (Assignment.Of(node) is >= 0 and var chosen && !_pins.Contains((node, chosen)))
        {
            _pins.Add((node, chosen));
        }
    }

    /// <summary>The next package that is not at its locked version although nobody asked it to move; each comes once.</summary>
    public (VersionsNode Node, int Locked)? NextChanged()
    {
        foreach (var node in lowering.Versions.OrderBy(n => n.Name).ThenBy(n => n.Range))
        {
            if (Assignment.Of(node) is >= 0 and var chosen && lowering.LockedOrdinal(node) is { } locked
                && locked != chosen && _tried.Add(node))
            {
                return (node, locked);
            }
        }

        return null;
    }

    private bool IsWorthTrying(VersionsNode node, int ordinal) =>
        lowering.Admission.Unavailable(node.Table, node.Releases[ordinal]) is null
        && (!node.Releases[ordinal].Id.Version.IsPrerelease || lowering.Admission.AllowsPrereleases(node.Name));
}
