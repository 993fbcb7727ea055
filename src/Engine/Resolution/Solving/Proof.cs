using System.Collections.Immutable;

namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// One statement of a proof: its terms cannot all hold. A leaf is a fact (its number, <see cref="Fact.Root"/>, or a
/// limit of the <see cref="Edits"/>); any other follows from two earlier statements.
/// </summary>
/// <param name="Fact">The fact of a leaf; <see cref="Derived"/> otherwise.</param>
/// <param name="First">The index of the first cause; -1 for a leaf.</param>
/// <param name="Second">The index of the second cause; -1 for a leaf.</param>
/// <param name="Terms">What cannot hold together; empty for the final contradiction.</param>
public sealed record ProofNode(int Fact, int First, int Second, ImmutableArray<Term> Terms)
{
    public const int Derived = int.MinValue;

    public bool IsLeaf => First < 0;
}

/// <summary>
/// Why there is no solution: a graph of statements, causes before effects, the last one being the contradiction.
/// It owns its data and outlives the solver.
/// </summary>
public sealed record Proof(ImmutableArray<ProofNode> Nodes);
