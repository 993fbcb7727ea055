using Registry.Tui.App.Plain;
using Registry.Tui.Terminal;

namespace Registry.Tui.App;

/// <summary>What the full-screen face needs to know of the world.</summary>
/// <param name="HasKeys">The configuration may say something about keys.</param>
/// <param name="Variable">The value of an environment variable; null when it is not set.</param>
internal sealed record ScreenSurroundings(Func<string, string?> Variable, ScreenSettings Settings, bool HasKeys)
{
    /// <summary>Where the face in lines is read and written.</summary>
    public required PlainLines Lines { get; init; }
}
