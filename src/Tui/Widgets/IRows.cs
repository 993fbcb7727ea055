using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>The rows of a list, drawn one at a time; only those in view are asked for.</summary>
internal interface IRows
{
    int Count { get; }

    /// <summary>Draws one row on a canvas of height 1. The list adds the ground of the selected one.</summary>
    void Draw(Canvas row, int index);
}
