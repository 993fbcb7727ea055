using System.Collections.Immutable;

namespace Registry.Tui.Screens;

/// <summary>Where the user was: a tab and the pages over it, as they were left.</summary>
internal sealed record Place(int Tab, ImmutableStack<Screen> Pages);

/// <summary>Places behind and ahead of this one, the nearest last.</summary>
internal sealed record Trail(ImmutableList<Place> Behind, ImmutableList<Place> Ahead)
{
    private const int PlacesMax = 50;

    public static Trail Empty { get; } = new([], []);

    /// <summary>After a message: when it led to another place, the one before lies behind.</summary>
    public static AppState Remember(AppState before, AppState after)
    {
        if (!ReferenceEquals(before.Trail, after.Trail) || (before.Tab == after.Tab && ReferenceEquals(before.Pages, after.Pages)))
        {
            return after;
        }

        var (from, to) = (PlaceOf(before), PlaceOf(after));
        return IsSame(before, from, after, to)
            ? after
            : after with { Trail = new Trail(Trimmed(after.Trail.Behind.Add(Bare(from))), []) };
    }

    public static AppState Back(AppState state) => state.Trail is { Behind: [.., var place] behind } trail
        ? Go(state, place) with { Trail = new Trail(behind.RemoveAt(behind.Count - 1), trail.Ahead.Add(Bare(PlaceOf(state)))) }
        : state;

    public static AppState Forward(AppState state) => state.Trail is { Ahead: [.., var place] ahead } trail
        ? Go(state, place) with { Trail = new Trail(Trimmed(trail.Behind.Add(Bare(PlaceOf(state)))), ahead.RemoveAt(ahead.Count - 1)) }
        : state;

    private static AppState Go(AppState state, Place place) => state with { Tab = place.Tab, Pages = place.Pages };

    // Fifty places with their texts would be most of the memory; a place that is seen again makes its own anew.
    private static Place Bare(Place place) => place with { Pages = [.. place.Pages.Reverse().Select(page => page.Bare)] };

    // What lies over a place only for a moment is no place of its own.
    private static Place PlaceOf(AppState state)
    {
        var pages = state.Pages;
        while (!pages.IsEmpty && pages.Peek().IsOverlay)
        {
            pages = pages.Pop();
        }

        return new Place(state.Tab, pages);
    }

    // Pages change with every key; a place is another when its page is about something else.
    private static bool IsSame(AppState before, Place from, AppState after, Place to) =>
        from.Tab == to.Tab && from.Pages.IsEmpty == to.Pages.IsEmpty
        && (from.Pages.IsEmpty || (from.Pages.Count() == to.Pages.Count() && NameOf(before, from) == NameOf(after, to)));

    private static (Type, Subject?) NameOf(AppState state, Place place) => (place.Pages.Peek().GetType(), place.Pages.Peek().SubjectOf(state));

    private static ImmutableList<Place> Trimmed(ImmutableList<Place> places) => places.Count > PlacesMax ? places.RemoveAt(0) : places;
}
