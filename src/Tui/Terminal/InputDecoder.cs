using System.Buffers;
using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>
/// From the bytes of a terminal to events. Pure: bytes in, events out, and the same events however the bytes are cut into
/// reads. Only a lone ESC needs time, and that is the caller's: when <see cref="IsWaiting"/> and nothing came for a
/// moment, call <see cref="Expire"/>. Replies to questions and unknown sequences are eaten, never taken for keys.
/// </summary>
internal sealed class InputDecoder
{
    // No key, mouse report or reply is longer; longer ones are dropped as they come.
    private const int MaxSequence = 64;

    private static ReadOnlySpan<byte> PasteEnd => "\e[201~"u8;

    private readonly ArrayBufferWriter<byte> held = new(256);
    private readonly PastedText pasted = new();

    private readonly byte[] text = new byte[Replies.MaxText];

    private Mode mode;
    private int textLength;

    private enum Mode
    {
        Keys,
        Paste,

        /// <summary>Inside a string (OSC, DCS, APC, PM, SOS) up to its terminator.</summary>
        Text,

        /// <summary>In an overlong sequence up to its final byte.</summary>
        Overlong,
    }

    /// <summary>The terminal was asked something: what looks like the start of an answer is one, however long the rest takes.</summary>
    public bool ExpectsReplies { get; set; }

    /// <summary>The bytes so far may be a whole key or the start of more.</summary>
    public bool IsWaiting => !IsInReply && (mode == Mode.Text || (held.WrittenCount > 0 && mode == Mode.Keys));

    private bool IsInReply => ExpectsReplies && (mode == Mode.Text || (mode == Mode.Keys && held.WrittenSpan is [0x1B, (byte)'[', _, ..]));

    public void Feed(ReadOnlySpan<byte> bytes, ICollection<InputEvent> events)
    {
        held.Write(bytes);
        var rest = held.WrittenSpan;
        while (!rest.IsEmpty)
        {
            var used = Step(rest, events);
            if (used == 0)
            {
                break;
            }

            rest = rest[used..];
        }

        Keep(rest);
    }

    /// <summary>Nothing followed: a held ESC is the Escape key, and what else was begun is dropped.</summary>
    public void Expire(ICollection<InputEvent> events)
    {
        if (!IsWaiting)
        {
            return;
        }

        var bytes = held.WrittenSpan;
        if (mode == Mode.Keys && bytes is [0x1B])
        {
            events.Add(new InputEvent.KeyPress(Key.Escape));
        }
        else if (mode == Mode.Keys && bytes is [0x1B, (byte)'[' or (byte)'O'])
        {
            events.Add(new InputEvent.KeyPress(Key.Character, new Rune((char)bytes[1]), KeyModifiers.Alt));
        }

        // Alt and one of `]P_^X` looks like the start of a string that never ends.
        mode = Mode.Keys;
        held.ResetWrittenCount();
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        Span<byte> copy = stackalloc byte[MaxSequence * 2];
        rest.CopyTo(copy);
        copy = copy[..rest.Length];
        held.ResetWrittenCount();
        held.Write(copy);
    }

    // How many bytes were used up; 0 when more are needed.
    private int Step(ReadOnlySpan<byte> bytes, ICollection<InputEvent> events) => mode switch
    {
        Mode.Paste => StepPaste(bytes, events),
        Mode.Text => StepText(bytes, events),
        Mode.Overlong => StepOverlong(bytes),
        _ => StepKeys(bytes, events),
    };

    private int StepKeys(ReadOnlySpan<byte> bytes, ICollection<InputEvent> events)
    {
        if (bytes[0] != 0x1B)
        {
            return StepCharacter(bytes, KeyModifiers.None, events);
        }

        if (bytes.Length == 1)
        {
            return 0;
        }

        switch (bytes[1])
        {
            case (byte)'[':
                return StepSequence(bytes, events);
            case (byte)'O':
                return StepShift3(bytes, events);
            case (byte)']' or (byte)'P' or (byte)'_' or (byte)'^' or (byte)'X':
                mode = Mode.Text;
                // Of the other kinds nothing is kept.
                textLength = bytes[1] == ']' ? 0 : text.Length;
                return 2;
            case 0x1B:
                events.Add(new InputEvent.KeyPress(Key.Escape));
                return 1;
            default:
                var used = StepCharacter(bytes[1..], KeyModifiers.Alt, events);
                return used == 0 ? 0 : used + 1;
        }
    }

    private static int StepCharacter(ReadOnlySpan<byte> bytes, KeyModifiers modifiers, ICollection<InputEvent> events)
    {
        var status = Rune.DecodeFromUtf8(bytes, out var rune, out var used);
        if (status == OperationStatus.NeedMoreData)
        {
            return 0;
        }

        if (status == OperationStatus.Done && KeyCodes.OfCharacter(rune, modifiers) is { } key)
        {
            events.Add(key);
        }

        return used;
    }

    private static int StepShift3(ReadOnlySpan<byte> bytes, ICollection<InputEvent> events)
    {
        if (bytes.Length == 2)
        {
            return 0;
        }

        if (KeyCodes.OfLetter(bytes[2]) is { } key)
        {
            events.Add(new InputEvent.KeyPress(key));
            return 3;
        }

        events.Add(new InputEvent.KeyPress(Key.Character, new Rune('O'), KeyModifiers.Alt));
        return 2;
    }

    private int StepSequence(ReadOnlySpan<byte> bytes, ICollection<InputEvent> events)
    {
        // The Linux console's F1 to F5: ESC [ [ A.
        if (bytes.Length > 2 && bytes[2] == '[')
        {
            return StepLinuxFunction(bytes, events);
        }

        for (var i = 2; i < bytes.Length; i++)
        {
            if (bytes[i] is >= 0x40 and <= 0x7E)
            {
                return EndSequence(bytes[2..i], bytes[i], i + 1, events);
            }

            // Not part of any sequence: drop what was begun and read this byte anew.
            if (bytes[i] is < 0x20 or > 0x7E)
            {
                return i;
            }

            if (i == MaxSequence)
            {
                mode = Mode.Overlong;
                return i;
            }
        }

        return 0;
    }

    private static int StepLinuxFunction(ReadOnlySpan<byte> bytes, ICollection<InputEvent> events)
    {
        if (bytes.Length == 3)
        {
            return 0;
        }

        if (bytes[3] is >= (byte)'A' and <= (byte)'E')
        {
            events.Add(new InputEvent.KeyPress(Key.F1 + (bytes[3] - 'A')));
            return 4;
        }

        return 3;
    }

    private int EndSequence(ReadOnlySpan<byte> parameters, byte final, int used, ICollection<InputEvent> events)
    {
        if (final == '~' && parameters.SequenceEqual("200"u8))
        {
            mode = Mode.Paste;
        }
        else if (KeyCodes.OfSequence(parameters, final) is { } input)
        {
            events.Add(input);
        }
        else if (Replies.OfSequence(parameters, final) is { } reply)
        {
            events.Add(new InputEvent.Replied(reply));
        }

        return used;
    }

    private int StepPaste(ReadOnlySpan<byte> bytes, ICollection<InputEvent> events)
    {
        var escape = bytes.IndexOf((byte)0x1B);
        if (escape != 0)
        {
            var plain = escape < 0 ? bytes : bytes[..escape];
            pasted.Add(plain);
            return plain.Length;
        }

        if (bytes.StartsWith(PasteEnd))
        {
            mode = Mode.Keys;
            events.Add(new InputEvent.Pasted(pasted.Take()));
            return PasteEnd.Length;
        }

        // An ESC inside the text is left out.
        return PasteEnd.StartsWith(bytes) ? 0 : 1;
    }

    private int StepText(ReadOnlySpan<byte> bytes, ICollection<InputEvent> events)
    {
        switch (bytes[0])
        {
            case 0x07:
                EndText(events);
                return 1;
            case 0x18 or 0x1A:
                mode = Mode.Keys;
                return 1;
            case 0x1B when bytes.Length == 1:
                return 0;
            case 0x1B when bytes[1] == '\\':
                EndText(events);
                return 2;
            case 0x1B:
                // Any other ESC ends it too and starts something of its own.
                mode = Mode.Keys;
                return 1;
            default:
                Collect(bytes[0]);
                return 1;
        }
    }

    // A text that fills the space is longer than any answer.
    private void Collect(byte b)
    {
        if (textLength < text.Length)
        {
            text[textLength++] = b;
        }
    }

    private void EndText(ICollection<InputEvent> events)
    {
        mode = Mode.Keys;
        if (textLength < text.Length && Replies.OfText(text.AsSpan(0, textLength)) is { } reply)
        {
            events.Add(new InputEvent.Replied(reply));
        }
    }

    private int StepOverlong(ReadOnlySpan<byte> bytes)
    {
        var ends = bytes[0] is not (>= 0x20 and < 0x40);
        mode = ends ? Mode.Keys : Mode.Overlong;
        return 1;
    }
}
