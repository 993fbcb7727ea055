using System.Text;
using System.Text.Unicode;

namespace Registry.Engine.Formats.Archives;

/// <summary>
/// The rules for one path, the same on every system, so that an archive is safe everywhere or nowhere: relative, no
/// `.` and `..`, nothing that Windows, macOS or a terminal would take for something else.
/// </summary>
internal static class EntryPath
{
    /// <summary>Name, namespace and version at their longest, with some room.</summary>
    private const int TopFolderBytesMax = 255;

    private const string WindowsReserved = "<>:\"|?*\\";

    /// <returns>Null when the path may be used, otherwise why not.</returns>
    public static ArchiveReason? Fault(ReadOnlySpan<byte> path, ArchiveRules rules)
    {
        if (!Utf8.IsValid(path))
        {
            return ArchiveReason.Path;
        }

        var tooLong = path.Length > rules.PathBytesMax;
        var depth = 0;
        foreach (var range in path.Split((byte)'/'))
        {
            var segment = path[range];
            if (!IsSegment(segment))
            {
                return ArchiveReason.Path;
            }

            depth++;
            tooLong |= segment.Length > rules.SegmentBytesMax;
        }

        return tooLong || depth > rules.DepthMax ? ArchiveReason.PathTooLong : null;
    }

    /// <summary>Whether everything in an archive may be in a folder of that name. It is stripped, so it may be longer than others.</summary>
    public static bool IsTopFolder(ReadOnlySpan<byte> name) =>
        name.Length <= TopFolderBytesMax && Utf8.IsValid(name) && name.IndexOf((byte)'/') < 0 && IsSegment(name);

    /// <summary>Whether some valid UTF-8 may be one part of a path.</summary>
    public static bool IsSegment(ReadOnlySpan<byte> segment)
    {
        if (segment.IsEmpty || segment[0] == ' ' || segment[^1] is (byte)'.' or (byte)' ')
        {
            return false;
        }

        foreach (var value in segment)
        {
            if (value >= 0x80)
            {
                return IsUnicodeSegment(segment) && !IsDevice(segment);
            }

            if (value is < (byte)' ' or 0x7F || WindowsReserved.Contains((char)value, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return !IsDevice(segment);
    }

    private static bool IsUnicodeSegment(ReadOnlySpan<byte> segment)
    {
        var previous = default(Rune);
        while (!segment.IsEmpty)
        {
            Rune.DecodeFromUtf8(segment, out var rune, out var length);
            segment = segment[length..];
            var harmful = rune.IsAscii
                ? Rune.IsControl(rune) || WindowsReserved.Contains((char)rune.Value, StringComparison.Ordinal)
                : IsInvisible(rune) || Composition.MayBeDecomposed(previous, rune);
            if (harmful)
            {
                return false;
            }

            previous = rune;
        }

        return true;
    }

    /// <summary>Controls, direction changes, line separators, unassigned and private characters: all that a listing would not show.</summary>
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
        or System.Globalization.UnicodeCategory.SpaceSeparator or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.OtherNotAssigned;

    /// <summary>Names that are devices on Windows, with any extension: opening `con.txt` there opens the console.</summary>
    private static bool IsDevice(ReadOnlySpan<byte> segment)
    {
        var dot = segment.IndexOf((byte)'.');
        var stem = (dot < 0 ? segment : segment[..dot]).TrimEnd((byte)' ');
        return stem.Length switch
        {
            3 => Is(stem, "con"u8) || Is(stem, "prn"u8) || Is(stem, "aux"u8) || Is(stem, "nul"u8),
            4 => char.IsAsciiDigit((char)stem[3]) && IsPort(stem[..3]),
            5 => (stem[3..].SequenceEqual("¹"u8) || stem[3..].SequenceEqual("²"u8) || stem[3..].SequenceEqual("³"u8)) && IsPort(stem[..3]),
            6 => Is(stem, "conin$"u8),
            7 => Is(stem, "conout$"u8),
            _ => false,
        };
    }

    private static bool IsPort(ReadOnlySpan<byte> stem) => Is(stem, "com"u8) || Is(stem, "lpt"u8);

    private static bool Is(ReadOnlySpan<byte> stem, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(stem, name);
}
