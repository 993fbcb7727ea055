using System.Globalization;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>Copying by the terminal.</summary>
internal static class Copying
{
    /// <summary>Copies a text and says so; nobody can know whether the terminal did it.</summary>
    public static Step Copy(AppState state, string text)
    {
        if (!Clipboard.Fits(text))
        {
            return state.Say(Notice.Note(string.Create(CultureInfo.InvariantCulture, $"too long to copy: {text.Length:N0} characters")));
        }

        var count = Staging.Count(text.Length, "character", "characters");
        return state.Say(Notice.Note($"copied {count}, if your terminal allows it")).Do(new Effect.Copy(text));
    }
}
