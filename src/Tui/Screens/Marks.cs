using System.Collections.Immutable;

namespace Registry.Tui.Screens;

/// <summary>The marked rows of a list, by what they are about, so that sorting and filtering keep them.</summary>
/// <param name="Anchor">The last one marked or taken back by itself: where a range begins.</param>
internal sealed record Marks(ImmutableHashSet<string> Keys, string? Anchor)
{
    public static Marks None { get; } = new([], null);

    public bool IsEmpty => Keys.IsEmpty;

    public int Count => Keys.Count;

    public bool Has(string? key) => key is not null && Keys.Contains(key);

    public Marks Toggle(string key)
    {
        var without = Keys.Remove(key);
        return new Marks(ReferenceEquals(without, Keys) ? Keys.Add(key) : without, key);
    }

    /// <summary>Marks everything from the anchor to a row; from the row itself when the anchor is not shown.</summary>
    /// <param name="shown">The keys of all rows, in their order; null for those that cannot be marked.</param>
    public Marks Range(IReadOnlyList<string?> shown, int to)
    {
        var from = to;
        for (var i = 0; i < shown.Count && Anchor is not null; i++)
        {
            from = shown[i] == Anchor ? i : from;
        }

        var range = shown.Skip(Math.Min(from, to)).Take(Math.Abs(to - from) + 1).OfType<string>();
        return this with { Keys = Keys.Union(range) };
    }

    /// <summary>Marks everything shown; when all of it is, nothing.</summary>
    public Marks All(IReadOnlyList<string?> shown)
    {
        var keys = shown.OfType<string>().ToImmutableHashSet();
        return Keys.IsSupersetOf(keys) ? this with { Keys = Keys.Except(keys) } : this with { Keys = Keys.Union(keys) };
    }

    /// <summary>Only those that there still are.</summary>
    public Marks Kept(IReadOnlyList<string?> all) => IsEmpty ? this : this with { Keys = Keys.Intersect(all.OfType<string>()) };
}
