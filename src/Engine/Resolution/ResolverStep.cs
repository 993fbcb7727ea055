using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>What <see cref="Resolver.Step"/> came to.</summary>
public abstract record ResolverStep
{
    private ResolverStep()
    {
    }

    /// <summary>Supply these (or say they are missing), in any order, then step again. Never empty.</summary>
    public sealed record NeedsPackages(ImmutableArray<PackageKey> Keys) : ResolverStep;

    public sealed record Solved(Resolution Resolution) : ResolverStep;

    /// <summary>There is no resolution, and this is why.</summary>
    public sealed record Unsolvable(Explanation Explanation) : ResolverStep;

    /// <summary>The turns of the request ran out. Nothing is known.</summary>
    public sealed record Undecided(int Turns) : ResolverStep;
}
