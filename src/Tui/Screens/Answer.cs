using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>The frame around the answer: a rule beside it, or above it in a drawer.</summary>
internal static class Answer
{
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
