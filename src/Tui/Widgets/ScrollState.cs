namespace Registry.Tui.Widgets;

/// <summary>Which row of a list is selected and which is the first in view. It knows neither the rows nor the view.</summary>
internal readonly record struct ScrollState(int Selected, int Top)
{
    // Rows kept in view around the selected one, where there are any.
    private const int Margin = 2;

    public static ScrollState Start => default;

    public ScrollState Move(int rows, int count) => Select(Selected + rows, count);

    /// <summary>Selects a row, or the nearest there is.</summary>
    public ScrollState Select(int row, int count) => this with { Selected = Math.Clamp(row, 0, Math.Max(0, count - 1)) };

    /// <summary>The same with the selected row in view; the view moves no more than it must.</summary>
    public ScrollState InView(int count, int height)
    {
        var selected = Math.Clamp(Selected, 0, Math.Max(0, count - 1));
        var margin = Math.Min(Margin, Math.Max(0, (height - 1) / 2));
        var top = Math.Clamp(Top, selected - Math.Max(0, height - 1 - margin), Math.Max(0, selected - margin));
        return new ScrollState(selected, Math.Clamp(top, 0, Math.Max(0, count - height)));
    }

    /// <summary>Moves the view, and the selection only as far as it would leave it: the wheel.</summary>
    public ScrollState Wheel(int rows, int count, int height)
    {
        var top = Math.Clamp(Top + rows, 0, Math.Max(0, count - height));
        var margin = Math.Min(Margin, Math.Max(0, (height - 1) / 2));
        var low = top == 0 ? 0 : top + margin;
        var high = top >= count - height ? count - 1 : top + height - 1 - margin;
        return new ScrollState(Math.Clamp(Selected, Math.Min(low, Math.Max(0, high)), Math.Max(0, high)), top);
    }
}
