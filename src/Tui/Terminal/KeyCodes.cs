using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>The tables of the decoder: what a byte or a sequence means.</summary>
internal static class KeyCodes
{
    /// <summary>The key of a code point that came by itself; null for those no key makes.</summary>
    public static InputEvent.KeyPress? OfCharacter(Rune rune, KeyModifiers modifiers) => rune.Value switch
    {
        '\r' or '\n' => new(Key.Enter, default, modifiers),
        '\t' => new(Key.Tab, default, modifiers),
        0x7F or 0x08 => new(Key.Backspace, default, modifiers),
        0x1B => new(Key.Escape, default, modifiers),
        0 => new(Key.Character, new Rune(' '), modifiers | KeyModifiers.Control),
        < 0x1B => new(Key.Character, new Rune((char)(rune.Value + 0x60)), modifiers | KeyModifiers.Control),
        < 0x20 => new(Key.Character, new Rune((char)(rune.Value + 0x40)), modifiers | KeyModifiers.Control),
        _ when Rune.IsControl(rune) => null,
        _ => new(Key.Character, rune, modifiers),
    };

    /// <summary>The final letter of CSI and SS3 keys.</summary>
    public static Key? OfLetter(byte letter) => letter switch
    {
        (byte)'A' => Key.Up,
        (byte)'B' => Key.Down,
        (byte)'C' => Key.Right,
        (byte)'D' => Key.Left,
        (byte)'F' => Key.End,
        (byte)'H' => Key.Home,
        (byte)'M' => Key.Enter,
        (byte)'P' => Key.F1,
        (byte)'Q' => Key.F2,
        (byte)'R' => Key.F3,
        (byte)'S' => Key.F4,
        _ => null,
    };

    /// <summary>The event of a whole control sequence; null for replies and unknown ones.</summary>
    public static InputEvent? OfSequence(ReadOnlySpan<byte> parameters, byte final)
    {
        if (!parameters.IsEmpty && parameters[0] == '<')
        {
            return OfMouse(parameters[1..], final);
        }

        if (!Parameters.TryRead(parameters, out var numbers))
        {
            return null;
        }

        return final switch
        {
            (byte)'I' when parameters.IsEmpty => new InputEvent.FocusChanged(true),
            (byte)'O' when parameters.IsEmpty => new InputEvent.FocusChanged(false),
            (byte)'Z' => new InputEvent.KeyPress(Key.Tab, default, KeyModifiers.Shift),
            (byte)'~' => OfNumber(numbers),
            (byte)'u' => OfCodePoint(numbers.First, ModifiersOf(numbers.Second)),
            (byte)'M' => null,
            _ => OfLetter(final) is { } key && numbers.First <= 1 ? new InputEvent.KeyPress(key, default, ModifiersOf(numbers.Second)) : null,
        };
    }

    private static InputEvent.KeyPress? OfNumber(Parameters numbers)
    {
        // xterm's modifyOtherKeys: 27 ; modifiers ; code point.
        if (numbers.First == 27)
        {
            return OfCodePoint(numbers.Third, ModifiersOf(numbers.Second));
        }

        Key? key = numbers.First switch
        {
            1 or 7 => Key.Home,
            2 => Key.Insert,
            3 => Key.Delete,
            4 or 8 => Key.End,
            5 => Key.PageUp,
            6 => Key.PageDown,
            >= 11 and <= 15 => Key.F1 + (numbers.First - 11),
            >= 17 and <= 21 => Key.F6 + (numbers.First - 17),
            23 or 24 => Key.F11 + (numbers.First - 23),
            _ => null,
        };
        return key is { } known ? new InputEvent.KeyPress(known, default, ModifiersOf(numbers.Second)) : null;
    }

    // The kitty protocol names keys by code point; 57344 and up are its own names for keys we do not use.
    private static InputEvent.KeyPress? OfCodePoint(int value, KeyModifiers modifiers)
    {
        if (value is >= 57344 and <= 63743 or 0 || !Rune.IsValid(value))
        {
            return null;
        }

        return OfCharacter(new Rune(value), modifiers);
    }

    private static InputEvent.Mouse? OfMouse(ReadOnlySpan<byte> parameters, byte final)
    {
        if (final is not ((byte)'M' or (byte)'m') || !Parameters.TryRead(parameters, out var numbers) || numbers.Second < 1 || numbers.Third < 1)
        {
            return null;
        }

        var action = ActionOf(numbers.First, released: final == 'm');
        return action is { } known ? new InputEvent.Mouse(known, numbers.Second - 1, numbers.Third - 1, MouseModifiers(numbers.First)) : null;
    }

    private static MouseAction? ActionOf(int code, bool released) => (code & ~28, released) switch
    {
        (64, _) => MouseAction.WheelUp,
        (65, _) => MouseAction.WheelDown,
        ( < 3, true) => MouseAction.Release,
        (0, _) => MouseAction.Press,
        (1, _) => MouseAction.MiddlePress,
        (2, _) => MouseAction.RightPress,
        ( >= 32 and <= 34, _) => MouseAction.Drag,
        _ => null,
    };

    private static KeyModifiers MouseModifiers(int code) =>
        ((code & 4) != 0 ? KeyModifiers.Shift : 0) | ((code & 8) != 0 ? KeyModifiers.Alt : 0) | ((code & 16) != 0 ? KeyModifiers.Control : 0);

    // 1 plus a bit for each; 0 when it was left out.
    private static KeyModifiers ModifiersOf(int parameter) =>
        parameter < 2 ? KeyModifiers.None : (KeyModifiers)((parameter - 1) & 7);

    /// <summary>Up to three numbers between semicolons; what follows a colon is a detail we do not use.</summary>
    private readonly record struct Parameters(int First, int Second, int Third)
    {
        private const int MaxNumber = 1 << 21;

        public static bool TryRead(ReadOnlySpan<byte> text, out Parameters numbers)
        {
            Span<int> values = stackalloc int[3];
            numbers = default;
            int index = 0;
            var detail = false;
            foreach (var b in text)
            {
                if (b == ';')
                {
                    (index, detail) = (index + 1, false);
                }
                else if (b == ':')
                {
                    detail = true;
                }
                else if (b is < (byte)'0' or > (byte)'9')
                {
                    return false;
                }
                else if (!detail && index < values.Length)
                {
                    values[index] = Math.Min(MaxNumber, (values[index] * 10) + (b - '0'));
                }
            }

            numbers = new Parameters(values[0], values[1], values[2]);
            return true;
        }
    }
}
