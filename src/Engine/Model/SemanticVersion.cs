using System.Diagnostics.CodeAnalysis;
using Registry.Engine.Problems;

namespace Registry.Engine.Model;

/// <summary>
/// A SemVer 2.0.0 version. Build metadata is kept for printing and ignored in equality and order (spec item 10).
/// Plain `1.2.3` is read without any library; labels go through NuGet.Versioning, except that order follows the
/// specification (item 11, ASCII order) where NuGet compares labels without case.
/// </summary>
public sealed class SemanticVersion : IEquatable<SemanticVersion>, IComparable<SemanticVersion>
{
    public const int LengthMax = 64;

    private readonly string? _text;

    private SemanticVersion(int major, int minor, int patch, string prerelease, string? text)
    {
        (Major, Minor, Patch, Prerelease, _text) = (major, minor, patch, prerelease, text);
    }

    public SemanticVersion(int major, int minor, int patch)
        : this(major, minor, patch, "", null)
    {
    }

    public int Major { get; }

    public int Minor { get; }

    public int Patch { get; }

    /// <summary>The dot-separated labels after `-`; empty for a release version.</summary>
    public string Prerelease { get; }

    public bool IsPrerelease => Prerelease.Length > 0;

    /// <summary>The same triple without labels or metadata.</summary>
    public SemanticVersion Release => _text is null && !IsPrerelease ? this : new(Major, Minor, Patch);

    /// <summary>The same triple with the label `0`: below every other version of the triple (SemVer item 11).</summary>
    public SemanticVersion LowestPrerelease => new(Major, Minor, Patch, "0", $"{Major}.{Minor}.{Patch}-0");

    public static SemanticVersion Parse(string text) =>
        TryParse(text, out var version) ? version : throw new Problem(
            ProblemCode.VersionInvalid,
            $"`{Printable.Clip(text, 80)}` is not a version",
            "write a version as MAJOR.MINOR.PATCH, for example 1.4.0 or 2.0.0-rc.1").Raise();

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = text is null || text.Length > LengthMax ? null : ParsePlain(text) ?? ParseLabelled(text);
        return version is not null;
    }

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = text.Length > LengthMax ? null : ParsePlain(text) ?? ParseLabelled(text.ToString());
        return version is not null;
    }

    /// <summary>A pre-release of this triple with these labels, which must be valid.</summary>
    public SemanticVersion WithPrerelease(string labels) => Parse($"{Major}.{Minor}.{Patch}-{labels}");

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Major.CompareTo(other.Major);
        order = order != 0 ? order : Minor.CompareTo(other.Minor);
        order = order != 0 ? order : Patch.CompareTo(other.Patch);
        return order != 0 ? order : CompareLabels(Prerelease, other.Prerelease);
    }

    public bool Equals(SemanticVersion? other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as SemanticVersion);

    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch, Prerelease);

    public override string ToString() => _text ?? $"{Major}.{Minor}.{Patch}";

    public static bool operator ==(SemanticVersion? left, SemanticVersion? right) => left?.Equals(right) ?? right is null;

    public static bool operator !=(SemanticVersion? left, SemanticVersion? right) => !(left == right);

    public static bool operator <(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SemanticVersion left, SemanticVersion right) => left.CompareTo(right) >= 0;

    private static SemanticVersion? ParsePlain(ReadOnlySpan<char> text)
    {
        Span<int> parts = stackalloc int[3];
        var part = 0;
        var digits = 0;
        foreach (var c in text)
        {
            if (c == '.' && digits > 0 && part < 2)
            {
                (part, digits) = (part + 1, 0);
            }
            else if (char.IsAsciiDigit(c) && digits < 9 && (digits == 0 || parts[part] > 0))
            {
                parts[part] = (parts[part] * 10) + (c - '0');
                digits++;
            }
            else
            {
                return null;
            }
        }

        return part == 2 && digits > 0 ? new(parts[0], parts[1], parts[2]) : null;
    }

    private static SemanticVersion? ParseLabelled(string text) =>
        NuGet.Versioning.SemanticVersion.TryParse(text, out var parsed)
            ? new(parsed.Major, parsed.Minor, parsed.Patch, parsed.Release, text)
            : null;

    /// <summary>SemVer 2.0.0 item 11: numbers below words, numbers by value, words in ASCII order, more labels above fewer.</summary>
    private static int CompareLabels(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length) switch { > 0 => 1, < 0 => -1, _ => 0 };
        }

        ReadOnlySpan<char> a = left, b = right;
        while (true)
        {
            var order = CompareLabel(Take(ref a, out var aEnded), Take(ref b, out var bEnded));
            if (order != 0)
            {
                return order;
            }

            if (aEnded || bEnded)
            {
                return bEnded.CompareTo(aEnded);
            }
        }
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> labels, out bool wasLast)
    {
        var dot = labels.IndexOf('.');
        wasLast = dot < 0;
        var label = wasLast ? labels : labels[..dot];
        labels = wasLast ? default : labels[(dot + 1)..];
        return label;
    }

    private static int CompareLabel(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var aIsNumber = IsNumber(a);
        var bIsNumber = IsNumber(b);
        if (aIsNumber && bIsNumber && a.Length != b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        return aIsNumber == bIsNumber ? Math.Sign(a.SequenceCompareTo(b)) : aIsNumber ? -1 : 1;
    }

    private static bool IsNumber(ReadOnlySpan<char> label) => label.IndexOfAnyExceptInRange('0', '9') < 0;
}
