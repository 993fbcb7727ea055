using Registry.Engine.Resolution.Lowering;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution;

/// <summary>What the solver chose, kept while it goes on to other solves.</summary>
internal sealed class Assignment
{
    private readonly Dictionary<int, int> _ordinals = [];

    private Assignment()
    {
    }

    public static Assignment Of(FactBook lowering, Solver solver)
    {
        var assignment = new Assignment();
        foreach (var package in solver.Chosen)
        {
            if (lowering.NodeOf(package) is VersionsNode or ChoiceNode)
            {
                assignment._ordinals[package] = solver.OrdinalOf(package);
            }
        }

        return assignment;
    }

    /// <summary>The ordinal of a node, -1 when it was not chosen.</summary>
    public int Of(Node node) => _ordinals.GetValueOrDefault(node.Id, -1);
}
