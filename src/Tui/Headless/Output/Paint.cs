namespace Registry.Tui.Headless.Output;

/// <summary>Colours for people at a terminal. Never the only carrier of a meaning: without colour the text says the same.</summary>
internal sealed class Paint
{
    private readonly bool _isOn;

    private Paint(bool isOn) => _isOn = isOn;

    public static Paint Plain { get; } = new(false);

    public static Paint Colours { get; } = new(true);

    public string Bold(string text) => With("1", text);

    public string Dim(string text) => With("2", text);

    public string Red(string text) => With("31", text);

    public string Green(string text) => With("32", text);

    public string Yellow(string text) => With("33", text);

    public string Cyan(string text) => With("36", text);

    private string With(string code, string text) => _isOn && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
