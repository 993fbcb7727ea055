namespace Registry.Tui.App.Plain;

/// <summary>Where lines come from and go to.</summary>
/// <param name="Read">One line without its end; null at the end of input.</param>
/// <param name="Write">Text as it is.</param>
internal sealed record PlainLines(Func<string?> Read, Action<string> Write);
