using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens;

/// <summary>What an inquiry came to, and what that changes. It lies beside the inquiry.</summary>
internal abstract record News : Message
{
    /// <summary>How the job of it ended.</summary>
    public virtual Ending Ending => Ending.Done;

    public abstract Step Reach(AppState state);
}
