using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>The frame around the answer: a rule beside it, or above it in a drawer.</summary>
internal static class Answer
{
    /// <summary>In the blank column beside it, so that it hides nothing.</summary>
    public static void DrawBar(Canvas canvas, in Layout layout, int top, int count) =>
        Scrollbar.Draw(canvas.Part(layout.Answer with { Width = layout.Answer.Width + 1 }), top, count);

    public static void DrawFrame(Canvas canvas, in Layout layout)
    {
        if (layout.Answer.IsEmpty || layout.List.IsEmpty)
        {
            return;
        }

        if (layout.IsWide)
        {
            canvas.Part(new Rect(layout.Answer.X - 2, layout.Answer.Y, 1, layout.Answer.Height)).VerticalRule(0, Style.Quiet);
        }
        else
        {
            canvas.Rule(layout.Answer.Y - 1, Style.Quiet);
        }
    }
}
