namespace Registry.Tui.Screens;

/// <summary>
/// Something to be done outside the UI thread or to the terminal; what comes of it returns as a message. What is asked of
/// the engine is an <see cref="Inquiry"/>, beside the screen that asks.
/// </summary>
internal abstract record Effect
{
    /// <summary>Runs an inquiry as a job: with its progress told, and until it ends or is cancelled by its number.</summary>
    public sealed record Run(int Job, Inquiry Inquiry) : Effect;

    public sealed record CancelJob(int Job) : Effect;

    public sealed record Suspend : Effect;

    public sealed record Redraw : Effect;

    public sealed record UseMouse(bool On) : Effect;

    /// <summary>Puts a text on the clipboard; see <see cref="Copying"/>.</summary>
    public sealed record Copy(string Text) : Effect;

    /// <summary>Opens a checked web address outside.</summary>
    public sealed record Browse(string Address) : Effect;

    public sealed record Quit : Effect;
}
