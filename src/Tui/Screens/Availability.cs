using Registry.Tui.Screens.Conflicts;

namespace Registry.Tui.Screens;

/// <summary>Whether a command can be done on the top screen as things are.</summary>
internal static class Availability
{
    /// <summary>Why not, in words that a list of commands can show; null when it can.</summary>
    public static string? WhyNot(AppState state, Command command) => command switch
    {
        Command.CopyName or Command.CopyVersion or Command.CopyUrl or Command.CopyCommand or Command.CopyLog or Command.CopyText => Copying.WhyNot(state, command),
        Command.OpenHome or Command.OpenSource or Command.OpenDocs or Command.OpenIssues => Links.WhyNot(state, command),
        Command.GoBack when state.Trail.Behind.IsEmpty => "there is no place to go back to",
        Command.GoForward when state.Trail.Ahead.IsEmpty => "you did not go back",
        Command.Fix when !state.Top.DoesItself(state, command) => ConflictsScreen.HasWhatToFix(state) ? null : "there is nothing to fix",
        _ => state.Top.WhyNot(state, command),
    };
}
