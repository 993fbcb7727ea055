using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>What may follow the first of two keys: a box at the lower edge, once the second one is a moment late.</summary>
internal static class WhichKey
{
    private const int BoxWidth = 34;

    public static void Draw(Canvas body, AppState state)
    {
        if (state.Pending is not { } pending || !pending.IsShown(state.Now))
        {
            return;
        }

        var height = Math.Min(pending.Choices.Length + 2, body.Height);
        var width = Math.Min(BoxWidth, body.Width);
        var inside = Popup.Draw(body.Part(new Rect(body.Width - width, body.Height - height, width, height)), width, height, pending.First, "Esc closes");
        for (var y = 0; y < pending.Choices.Length; y++)
        {
            var (second, binding) = pending.Choices[y];
            var x = inside.Write(0, y, second, new Style(Ink.Accent));
            inside.WriteFitted(x + 2, y, inside.Width - x - 2, binding.Verb);
        }
    }
}
