using System.Collections.Immutable;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>The wishes of a session, and the way back: every change can be taken back and done again.</summary>
public sealed record WishList
{
    /// <summary>More than anybody reads; what is added beyond is refused.</summary>
    public const int CountMax = 32;

    private ImmutableStack<ImmutableArray<Wish>> _before = [];
    private ImmutableStack<ImmutableArray<Wish>> _after = [];

    public static WishList Empty { get; } = new();

    /// <summary>In the order they were made.</summary>
    public ImmutableArray<Wish> Wishes { get; private init; } = [];

    public bool CanUndo => !_before.IsEmpty;

    public bool CanRedo => !_after.IsEmpty;

    public bool Has(Wish wish) => Wishes.Contains(wish);

    /// <summary>As many wishes as there are, taken back one by one.</summary>
    public static WishList Of(IEnumerable<Wish> wishes) => wishes.Aggregate(Empty, (list, wish) => list.Add(wish));

    /// <summary>Adds a wish; one that says the opposite, or keeps the same package elsewhere, goes.</summary>
    public WishList Add(Wish wish) => Has(wish) || Wishes.Length >= CountMax ? this
        : Change([.. Wishes.Where(other => !IsReplacedBy(other, wish)), wish]);

    public WishList Drop(Wish wish) => Has(wish) ? Change(Wishes.Remove(wish)) : this;

    /// <summary>Drops it when it is there, adds it when it is not.</summary>
    public WishList Toggle(Wish wish) => Has(wish) ? Drop(wish) : Add(wish);

    public WishList DropAll(IEnumerable<Wish> wishes) => Change(Wishes.RemoveRange(wishes));

    public WishList Undo() => CanUndo
        ? this with { Wishes = _before.Peek(), _before = _before.Pop(), _after = _after.Push(Wishes) } : this;

    public WishList Redo() => CanRedo
        ? this with { Wishes = _after.Peek(), _before = _before.Push(Wishes), _after = _after.Pop() } : this;

    private WishList Change(ImmutableArray<Wish> wishes) => this with { Wishes = wishes, _before = _before.Push(Wishes), _after = [] };

    private static bool IsReplacedBy(Wish old, Wish wish) => (old, wish) switch
    {
        (Wish.Keep a, Wish.Keep b) => a.Name == b.Name,
        (Wish.Never a, Wish.Keep b) => a.Name == b.Name && a.Versions.Contains(b.Version),
        (Wish.Keep a, Wish.Never b) => a.Name == b.Name && b.Versions.Contains(a.Version),
        (Wish.NeverPrereleases a, Wish.Keep b) => a.Name == b.Name && b.Version.IsPrerelease,
        (Wish.Keep a, Wish.NeverPrereleases b) => a.Name == b.Name && a.Version.IsPrerelease,
        _ => false,
    };
}
