namespace Registry.Tui.Widgets;

/// <summary>A key and what it does here, in a word.</summary>
internal readonly record struct Hint(string Key, string Verb);
