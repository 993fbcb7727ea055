using System.Text;

namespace Registry.Engine.Model;

/// <summary>Makes text from outside safe to put into a message or on a terminal.</summary>
public static class Printable
{
    /// <summary>
    /// The text with C0 and C1 controls, bidirectional overrides and lone surrogates shown as visible tokens
    /// (`\u001B`), cut to a number of characters. A package must not move the cursor or spoof a line (G6, B6).
    /// </summary>
    public static string Clip(string text, int charactersMax)
    {
        var cut = text.Length > charactersMax;
        var clipped = cut ? text.AsSpan(0, charactersMax) : text;
        var safe = true;
        foreach (var c in clipped)
        {
            safe &= !IsHostile(c);
        }

        if (safe)
        {
            return cut ? string.Concat(clipped, "…") : text;
        }

        var shown = new StringBuilder();
        foreach (var c in clipped)
        {
            _ = IsHostile(c) ? shown.Append("\\u").Append(((int)c).ToString("X4", null)) : shown.Append(c);
        }

        return shown.Append(cut ? "…" : "").ToString();
    }

    /// <summary>The whole text, made safe.</summary>
    public static string Of(string text) => Clip(text, int.MaxValue);

    private static bool IsHostile(char c) =>
        c < ' ' || c is >= '\u007F' and <= '\u009F' || c is '\u061C' or '\u200E' or '\u200F'
        || c is >= '\u202A' and <= '\u202E' || c is >= '\u2066' and <= '\u2069' || c is '\u2028' or '\u2029' or '\uFEFF';
}
