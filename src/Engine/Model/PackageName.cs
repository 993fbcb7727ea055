using System.Diagnostics.CodeAnalysis;
using Registry.Engine.Problems;

namespace Registry.Engine.Model;

/// <summary>
/// The name a package is published under: `name` or `namespace/name`. Safe as a path and a URL on every system.
/// Two spellings that differ only in case, `_`, `.` or `-` are one name (docs/formats/feed.md): equality and
/// <see cref="Normal"/> go by the normal form, <see cref="Value"/> keeps the spelling it was read with.
/// </summary>
public sealed class PackageName : IEquatable<PackageName>, IComparable<PackageName>
{
    public const int SegmentLengthMax = 64;

    private PackageName(string value, string normal) => (Value, Normal) = (value, normal);

    /// <summary>As written.</summary>
    public string Value { get; }

    /// <summary>Lower case, with `_` and `.` as `-`: the key for uniqueness and for paths.</summary>
    public string Normal { get; }

    public static PackageName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new Problem(
            ProblemCode.NameInvalid,
            $"`{Printable.Clip(text, 80)}` is not a package name",
            "use letters, digits and single `-`, `_` or `.` between them, at most one `/`").Raise();

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageName? name)
    {
        name = text is not null && IsWellFormed(text) ? new PackageName(text, Normalise(text)) : null;
        return name is not null;
    }

    public bool Equals(PackageName? other) => other is not null && Normal == other.Normal;

    public override bool Equals(object? obj) => Equals(obj as PackageName);

    public override int GetHashCode() => Normal.GetHashCode(StringComparison.Ordinal);

    public int CompareTo(PackageName? other) => string.CompareOrdinal(Normal, other?.Normal);

    public override string ToString() => Value;

    public static bool operator ==(PackageName? left, PackageName? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(PackageName? left, PackageName? right) => !(left == right);

    private static string Normalise(string text)
    {
        foreach (var c in text)
        {
            if (char.IsAsciiLetterUpper(c) || c is '_' or '.')
            {
                return string.Create(text.Length, text, static (span, from) =>
                {
                    for (var i = 0; i < span.Length; i++)
                    {
                        span[i] = from[i] is '_' or '.' ? '-' : char.ToLowerInvariant(from[i]);
                    }
                });
            }
        }

        return text;
    }

    private static bool IsWellFormed(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? IsSegment(text)
            : IsSegment(text.AsSpan(0, slash)) && IsSegment(text.AsSpan(slash + 1));
    }

    private static bool IsSegment(ReadOnlySpan<char> segment)
    {
        if (segment.Length is 0 or > SegmentLengthMax || !char.IsAsciiLetterOrDigit(segment[0])
            || !char.IsAsciiLetterOrDigit(segment[^1]) && segment[^1] is not '_')
        {
            return false;
        }

        var wasPunctuation = false;
        foreach (var c in segment)
        {
            var isPunctuation = c is '-' or '_' or '.';
            if (!char.IsAsciiLetterOrDigit(c) && (!isPunctuation || (wasPunctuation && c == '.')))
            {
                return false;
            }

            wasPunctuation = isPunctuation;
        }

        return !IsDeviceName(segment) && !segment.EndsWith(".git", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>con, prn, aux, nul, com0-9 and lpt0-9 are devices on Windows, with any extension.</summary>
    private static bool IsDeviceName(ReadOnlySpan<char> segment)
    {
        var dot = segment.IndexOf('.');
        var stem = dot < 0 ? segment : segment[..dot];
        return stem.Length switch
        {
            3 => stem.Equals("con", StringComparison.OrdinalIgnoreCase) || stem.Equals("prn", StringComparison.OrdinalIgnoreCase)
                || stem.Equals("aux", StringComparison.OrdinalIgnoreCase) || stem.Equals("nul", StringComparison.OrdinalIgnoreCase),
            4 => char.IsAsciiDigit(stem[3])
                && (stem.StartsWith("com", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("lpt", StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };
    }
}
