namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// What one solve leaves out or sees differently from its universe, so that "would it work if…" costs one solve and
/// no copy. Facts are named by their numbers.
/// </summary>
public sealed class Edits
{
    private readonly Dictionary<int, Replacement?> facts = [];
    private readonly List<(int Package, OrdinalSet Allowed)> limits = [];

    private HashSet<int>? kept;

    public bool IsEmpty => facts.Count == 0 && limits.Count == 0 && kept is null;

    internal IReadOnlyList<(int Package, OrdinalSet Allowed)> Limits => limits;

    /// <summary>The fact does not hold.</summary>
    public Edits Disable(int fact)
    {
        facts[fact] = null;
        return this;
    }

    /// <summary>The requirement or restriction is on another package or set instead.</summary>
    public Edits Replace(int fact, int target, OrdinalSet allowed)
    {
        facts[fact] = new Replacement(target, allowed);
        return this;
    }

    /// <summary>
    /// If the package is chosen, then in <paramref name="allowed"/>. Returns a number below <see cref="Fact.Root"/> that
    /// stands for it in proofs.
    /// </summary>
    public int Limit(int package, OrdinalSet allowed)
    {
        limits.Add((package, allowed));
        return LimitFact(limits.Count - 1);
    }

    /// <summary>No other facts hold than these (and what <see cref="Replace"/> made of them).</summary>
    public Edits KeepOnly(IEnumerable<int> kept)
    {
        this.kept = [.. kept];
        return this;
    }

    public void Clear()
    {
        kept = null;
        facts.Clear();
        limits.Clear();
    }

    internal static int LimitFact(int index) => Fact.Root - 1 - index;

    /// <summary>Whether the fact is edited, and to what; null for "does not hold".</summary>
    internal bool Touches(int fact, out Replacement? replacement) =>
        facts.TryGetValue(fact, out replacement) || (kept is not null && !kept.Contains(fact));

    internal sealed record Replacement(int Target, OrdinalSet Allowed);
}
