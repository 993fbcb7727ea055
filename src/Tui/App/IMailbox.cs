using Registry.Tui.Screens;

namespace Registry.Tui.App;

/// <summary>How other threads reach the UI thread.</summary>
internal interface IMailbox
{
    void Post(Message message);

    /// <summary>A bug on another thread: the UI thread throws it.</summary>
    void Fail(Exception bug);

    /// <summary>Makes the UI thread look, without a message.</summary>
    void Ring();
}
