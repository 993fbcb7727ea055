using System.Globalization;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>What the `y` keys take.</summary>
internal static class Copying
{
    /// <summary>The text that a command would copy; null when there is none.</summary>
    public static string? TextOf(AppState state, Command command) => state.Top.CopyOf(state, command) ?? command switch
    {
        Command.CopyName => state.Top.SubjectOf(state)?.Name.Value,
        Command.CopyVersion => state.Top.SubjectOf(state)?.Version?.ToString(),
        Command.CopyUrl => Links.Of(state, command),
        Command.CopyCommand => state.Plan.Solved?.Command,
        _ => null,
    };

    public static Step Copy(AppState state, Command command) => TextOf(state, command) is { } text
        ? Copy(state, text)
        : state.Say(Notice.Note(WhyNot(state, command)!));

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

    /// <summary>Null when the command can be done.</summary>
    public static string? WhyNot(AppState state, Command command) => TextOf(state, command) is not null ? null : command switch
    {
        Command.CopyUrl => Links.WhyNot(state, command),
        Command.CopyCommand => "there is no solved plan that a command would make",
        Command.CopyVersion when state.Top.SubjectOf(state) is { } subject => $"no version of {subject.Name} is locked or chosen",
        Command.CopyLog => "nothing here has a log",
        _ => "nothing is selected",
    };
}
