namespace Registry.Tui.Widgets;

/// <summary>A key and what it does here, in a word.</summary>
internal sealed record Hint(string Key, string Verb);
