using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Registry.Tui.Screens.Package;

/// <summary>What was answered last, by what was asked; only so many, because answers may be large.</summary>
internal sealed record Recent<TKey, TValue>(int Max, ImmutableArray<(TKey Key, TValue Value)> All)
    where TKey : notnull
{
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        foreach (var (asked, answer) in All)
        {
            if (asked.Equals(key))
            {
                value = answer;
                return true;
            }
        }

        value = default;
        return false;
    }

    public TValue? Find(TKey key) => TryGet(key, out var value) ? value : default;

    public Recent<TKey, TValue> With(TKey key, TValue value)
    {
        var others = All.RemoveAll(entry => entry.Key.Equals(key));
        return this with { All = (others.Length < Max ? others : others.RemoveAt(0)).Add((key, value)) };
    }
}
