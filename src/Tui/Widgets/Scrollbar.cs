using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets;

/// <summary>A thumb in the last column where not everything is in view; nothing where it is.</summary>
internal static class Scrollbar
{
    public static void Draw(Canvas canvas, int top, int count)
    {
        if (count <= canvas.Height || canvas.Height < 2)
        {
            return;
        }

        var (start, length) = Thumb(top, count, canvas.Height);
        for (var y = 0; y < length; y++)
        {
            canvas.Write(canvas.Width - 1, start + y, "█", Style.Quiet);
        }
    }

    /// <summary>The first row of the thumb and its length, at least one row; at the end only when the list is.</summary>
    public static (int Start, int Length) Thumb(int top, int count, int height)
    {
        var length = Math.Max(1, (int)((long)height * height / count));
        var room = height - length;
        var last = count - height;
        var start = top >= last ? room : (int)((long)top * room / last);
        return (top > 0 && start == 0 && room > 1 ? 1 : start, length);
    }
}
