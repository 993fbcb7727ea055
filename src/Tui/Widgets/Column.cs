namespace Registry.Tui.Widgets;

/// <summary>A column of a table.</summary>
/// <param name="Title">Shown above it.</param>
/// <param name="Width">The columns it wants.</param>
/// <param name="Least">The columns it can do with; 0 when it may be left out.</param>
/// <param name="Share">Its part of the room that is left, in relation to the others.</param>
internal sealed record Column(string Title, int Width, int Least, int Share = 0);
