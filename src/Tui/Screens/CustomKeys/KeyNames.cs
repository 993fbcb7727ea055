using System.Text;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.CustomKeys;

/// <summary>How commands and keys are written in the configuration.</summary>
internal static class KeyNames
{
    private const int LengthMax = 32;

    // Terminals send the same bytes for these as for Tab, Enter, Esc and Backspace.
    private const string SameAsOthers = "IMH[";

    /// <summary>`why-not-newer` for <see cref="Command.WhyNotNewer"/>.</summary>
    public static string Of(Command command)
    {
        var name = new StringBuilder();
        foreach (var c in command.ToString())
        {
            name.Append(char.IsAsciiLetterUpper(c) && name.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    /// <summary>The command of a name; null when there is none.</summary>
    public static Command? CommandOf(string name)
    {
        foreach (var binding in KeyMap.All)
        {
            if (Of(binding.Command) == name)
            {
                return binding.Command;
            }
        }

        return null;
    }

    /// <summary>`w`, `Ctrl-R`, `^R`, `F5`, `Space`, or two of them one after the other; null for what is no key.</summary>
    public static KeyChord? Parse(string text) => text.Length > LengthMax ? null : text.Split(' ') switch
    {
        [var only] when NameOf(only) is { } first => new KeyChord(first),
        [var one, var two] when NameOf(one) is { } first && NameOf(two) is { } second => new KeyChord(first, second),
        _ => null,
    };

    private static string? NameOf(string text)
    {
        var key = text.StartsWith("Ctrl-", StringComparison.OrdinalIgnoreCase) ? $"^{text[5..]}" : text;
        if (key.Length == 2 && key[0] == '^')
        {
            var letter = char.ToUpperInvariant(key[1]);
            return char.IsAsciiLetterUpper(letter) && !SameAsOthers.Contains(letter, StringComparison.Ordinal) ? $"^{letter}" : null;
        }

        if (key is "Space" or "Shift-Tab" or "Esc")
        {
            return key;
        }

        return key.EnumerateRunes().Count() == 1 && !Rune.IsControl(key.EnumerateRunes().First()) && key != " " ? key
            : key.Length > 1 && char.IsAsciiLetterUpper(key[0]) && Enum.TryParse<Key>(key, out var named) && named is not (Key.Character or Key.Escape) ? named.ToString()
            : null;
    }
}
