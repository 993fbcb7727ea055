using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Toml;

/// <summary>Walks a document's text: whitespace, comments and line ends, and the errors that name a place.</summary>
internal sealed class TomlCursor(string text, string file)
{
    public const char End = '\0';

    public string Text { get; } = text;

    public int At { get; set; } = text.StartsWith('\uFEFF') ? 1 : 0;

    /// <summary>The current character; <see cref="End"/> after the last one (which a document cannot hold otherwise).</summary>
    public char Current => At < Text.Length ? Text[At] : End;

    public bool IsAtEnd => At >= Text.Length;

    public char Peek(int ahead) => At + ahead < Text.Length ? Text[At + ahead] : End;

    public bool Take(char expected)
    {
        if (Current != expected || IsAtEnd)
        {
            return false;
        }

        At++;
        return true;
    }

    public bool StartsWith(string expected) => string.CompareOrdinal(Text, At, expected, 0, expected.Length) == 0;

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            At++;
        }
    }

    /// <summary>Takes blanks, a comment if there is one, and then the end of the line or of the document.</summary>
    public void TakeLineEnd()
    {
        SkipBlanks();
        SkipComment();
        if (!IsAtEnd && !TakeNewline())
        {
            throw Error($"expected the end of the line, found {Found()}", "put each `key = value` on a line of its own");
        }
    }

    /// <summary>Skips blanks, comments and line ends, as between the items of an array.</summary>
    public void SkipLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (TakeNewline());
    }

    public bool TakeNewline()
    {
        if (Current == '\r' && Peek(1) == '\n')
        {
            At += 2;
            return true;
        }

        return Take('\n');
    }

    /// <summary>What stands here, for a message.</summary>
    public string Found() => IsAtEnd ? "the end of the file"
        : Current == '\n' || (Current == '\r' && Peek(1) == '\n') ? "the end of the line"
        : Current == '\r' ? "a carriage return without a line feed"
        : $"`{Printable.Clip(Text.Substring(At, char.IsSurrogatePair(Text, At) ? 2 : 1), 2)}`";

    public ProblemException Error(string message, string hint) => ErrorAt(At, message, hint);

    public ProblemException ErrorAt(int offset, string message, string hint) => new Problem(
        ProblemCode.TomlInvalid, message, hint, TomlPlaces.At(Text, file, offset)).Raise();

    /// <summary>Refuses a control character where text stands.</summary>
    public void CheckText(char c)
    {
        if (c < ' ' && c != '\t' || c == '\u007F')
        {
            throw Error($"control character U+{(int)c:X4} in the text", "remove it, or write it as an escape in a \"…\" string");
        }

        if (char.IsSurrogate(c) && !IsPaired())
        {
            throw Error("half of a character (a lone surrogate)", "save the file as UTF-8");
        }
    }

    private void SkipComment()
    {
        if (Current != '#')
        {
            return;
        }

        while (!IsAtEnd && Current != '\n' && !(Current == '\r' && Peek(1) == '\n'))
        {
            CheckText(Current);
            At++;
        }
    }

    private bool IsPaired() =>
        char.IsHighSurrogate(Current) ? char.IsLowSurrogate(Peek(1)) : At > 0 && char.IsHighSurrogate(Text[At - 1]);
}
