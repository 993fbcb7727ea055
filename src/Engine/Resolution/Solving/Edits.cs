namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// What one solve leaves out or sees differently from its universe, so that "would it work if…" costs one solve and
/// no copy. Facts are named by their numbers.
/// </summary>
public sealed class Edits
{
    private readonly Dictionary<int, Replacement?> _facts = [];
    private readonly List<(int Package, OrdinalSet Allowed)> _limits = [];

    private HashSet<int>? _kept;

    public bool IsEmpty => _facts.Count == 0 && _limits.Count == 0 && _kept is null;

    internal IReadOnlyList<(int Package, OrdinalSet Allowed)> Limits => _limits;

    /// <summary>The fact does not hold.</summary>
    public Edits Disable(int fact)
    {
        _facts[fact] = null;
        return this;
    }

    /// <summary>The requirement or restriction is on another package or set instead.</summary>
    public Edits Replace(int fact, int target, OrdinalSet allowed)
    {
        _facts[fact] = new Replacement(target, allowed);
        return this;
    }

    /// <summary>
    /// If the package is chosen, then in <paramref name="allowed"/>. Returns a number below <see cref="Fact.Root"/> that
    /// stands for it in proofs.
    /// </summary>
    public int Limit(int package, OrdinalSet allowed)
    {
        _limits.Add((package, allowed));
        return LimitFact(_limits.Count - 1);
    }

    /// <summary>No other facts hold than these (and what <see cref="Replace"/> made of them).</summary>
    public Edits KeepOnly(IEnumerable<int> kept)
    {
        _kept = [.. kept];
        return this;
    }

    public void Clear()
    {
        _kept = null;
        _facts.Clear();
        _limits.Clear();
    }

    internal static int LimitFact(int index) => Fact.Root - 1 - index;

    /// <summary>Whether the fact is edited, and to what; null for "does not hold".</summary>
    internal bool Touches(int fact, out Replacement? replacement) =>
        _facts.TryGetValue(fact, out replacement) || (_kept is not null && !_kept.Contains(fact));

    internal sealed record Replacement(int Target, OrdinalSet Allowed);
}
