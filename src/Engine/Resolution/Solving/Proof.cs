using System.Collections.Immutable;

namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// One statement of a proof: its terms cannot all hold. A leaf rests on facts: one, or several requirements of one
/// package on one target taken together. Any other follows from two earlier statements.
/// </summary>
/// <param name="Facts">The facts of a leaf: numbers of the universe, <see cref="Fact.Root"/>, or a limit of the edits; empty otherwise.</param>
/// <param name="First">The index of the first cause; -1 for a leaf.</param>
/// <param name="Second">The index of the second cause; -1 for a leaf.</param>
/// <param name="Terms">What cannot hold together; empty for the final contradiction.</param>
public sealed record ProofNode(ImmutableArray<int> Facts, int First, int Second, ImmutableArray<Term> Terms)
{
    public bool IsLeaf => First < 0;
}

/// <summary>
/// Why there is no solution: a graph of statements, causes before effects, the last one being the contradiction.
/// It owns its data and outlives the solver.
/// </summary>
public sealed record Proof(ImmutableArray<ProofNode> Nodes);
