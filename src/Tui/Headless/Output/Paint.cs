using System.Text;
using Registry.Engine.Model;

namespace Registry.Tui.Headless.Output;

/// <summary>Colours for people at a terminal. Never the only carrier of a meaning: without colour the text says the same.</summary>
internal sealed class Paint
{
    private static readonly string[] Codes = [.. new[] { "0", "1", "2", "31", "32", "33", "36" }.Select(code => $"\u001b[{code}m")];

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

    /// <summary>The text with every control character shown instead of sent, save ends of lines, tabs and the colours of this class.</summary>
    public string Safe(string text)
    {
        if (Printable.Of(text) == (object)text)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var code = _isOn ? CodeAt(text.AsSpan(i)) : "";
            safe.Append(code.Length > 0 ? code : text[i] is '\n' or '\t' || char.IsSurrogate(text[i]) ? text.Substring(i, 1) : Printable.Of(text.Substring(i, 1)));
            i += Math.Max(0, code.Length - 1);
        }

        return safe.ToString();
    }

    private static string CodeAt(ReadOnlySpan<char> text)
    {
        foreach (var code in Codes)
        {
            if (text.StartsWith(code))
            {
                return code;
            }
        }

        return "";
    }

    private string With(string code, string text) => _isOn && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
