using System.Collections.Concurrent;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Registry.Engine.Tests.Security;

/// <summary>
/// The evaluation of the OSV schema read straight from its text, version by version over the JSON, sharing no code with the
/// engine: slow, and simple enough to be believed.
/// </summary>
internal static partial class StraightEvaluator
{
    public enum Answer
    {
        No,
        Unclear,
        Yes,
    }

    /// <summary>The same few thousand texts are compared millions of times.</summary>
    private static readonly ConcurrentDictionary<string, Parsed?> Versions = new(StringComparer.Ordinal);

    /// <summary>Whether the record says that a version of a package is affected; `No` when it was withdrawn.</summary>
    public static Answer Evaluate(JsonElement record, string ecosystem, string name, string version)
    {
        if (record.TryGetProperty("withdrawn", out var withdrawn) && withdrawn.ValueKind != JsonValueKind.Null)
        {
            return Answer.No;
        }

        var answer = Answer.No;
        foreach (var affected in Items(record, "affected"))
        {
            if (affected.TryGetProperty("package", out var package)
                && package.GetProperty("ecosystem").GetString() == ecosystem && Plain(package.GetProperty("name").GetString()!) == Plain(name))
            {
                answer = Worst(answer, IncludedInVersions(affected, version), IncludedInRanges(affected, version));
            }
        }

        return answer;
    }

    /// <summary>On a feed the spellings of a name that differ in case, `_`, `.` and `-` are one package.</summary>
    public static string Plain(string name) => PunctuationPattern().Replace(name.TrimStart('@'), "-").ToUpperInvariant();

    public static IEnumerable<JsonElement> Items(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    private static Answer IncludedInVersions(JsonElement affected, string version) =>
        Items(affected, "versions").Any(listed => Compare(listed.GetString()!, version) == 0) ? Answer.Yes : Answer.No;

    private static Answer IncludedInRanges(JsonElement affected, string version) =>
        Worst([.. Items(affected, "ranges").Where(range => range.GetProperty("type").GetString() != "GIT").Select(range => IncludedInRange(range, version))]);

    private static Answer IncludedInRange(JsonElement range, string version)
    {
        var events = Items(range, "events").SelectMany(item => item.EnumerateObject()).Select(item => (Kind: item.Name, At: item.Value.GetString()!)).ToList();
        if (events.Exists(e => !IsEndless(e.Kind, e.At) && Parse(e.At) is null))
        {
            return Answer.Unclear;
        }

        if (!BeforeLimits(events, version))
        {
            return Answer.No;
        }

        var isVulnerable = false;
        foreach (var (kind, at) in Sorted(events))
        {
            var order = at == "0" && kind == "introduced" ? 1 : Compare(version, at)!.Value;
            isVulnerable = kind switch
            {
                "introduced" when order >= 0 => true,
                "fixed" when order >= 0 => false,
                "last_affected" when order > 0 => false,
                _ => isVulnerable,
            };
        }

        return isVulnerable ? Answer.Yes : Answer.No;
    }

    private static bool BeforeLimits(List<(string Kind, string At)> events, string version)
    {
        var limits = events.FindAll(e => e.Kind == "limit");
        return limits.Count == 0 || limits.Exists(e => e.At == "*" || Compare(version, e.At) < 0);
    }

    /// <summary>An insertion sort, which is stable.</summary>
    private static List<(string Kind, string At)> Sorted(List<(string Kind, string At)> events)
    {
        var sorted = new List<(string Kind, string At)>();
        foreach (var item in events.FindAll(e => e.Kind != "limit"))
        {
            var place = sorted.Count;
            while (place > 0 && (IsZero(item) ? !IsZero(sorted[place - 1]) : !IsZero(sorted[place - 1]) && Compare(sorted[place - 1].At, item.At) > 0))
            {
                place--;
            }

            sorted.Insert(place, item);
        }

        return sorted;
    }

    private static bool IsZero((string Kind, string At) item) => item is ("introduced", "0");

    private static bool IsEndless(string kind, string at) => (kind, at) is ("introduced", "0") or ("limit", "*");

    private sealed record Parsed(BigInteger[] Numbers, string[] Labels);

    /// <summary>SemVer 2.0.0 item 11; null when one of them is no version.</summary>
    private static int? Compare(string left, string right)
    {
        if (Parse(left) is not { } a || Parse(right) is not { } b)
        {
            return null;
        }

        for (var part = 0; part < 3; part++)
        {
            if (a.Numbers[part] != b.Numbers[part])
            {
                return a.Numbers[part].CompareTo(b.Numbers[part]);
            }
        }

        if (a.Labels.Length == 0 || b.Labels.Length == 0)
        {
            return (a.Labels.Length == 0).CompareTo(b.Labels.Length == 0);
        }

        for (var i = 0; i < Math.Min(a.Labels.Length, b.Labels.Length); i++)
        {
            var (x, y) = (a.Labels[i], b.Labels[i]);
            var (xIsNumber, yIsNumber) = (x.All(char.IsAsciiDigit), y.All(char.IsAsciiDigit));
            var order = xIsNumber && yIsNumber ? Number(x).CompareTo(Number(y))
                : xIsNumber != yIsNumber ? (xIsNumber ? -1 : 1)
                : string.CompareOrdinal(x, y);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Labels.Length.CompareTo(b.Labels.Length);
    }

    private static Parsed? Parse(string text) => Versions.GetOrAdd(text, static text =>
    {
        var match = VersionPattern().Match(text);
        var labels = match.Groups[4].Value;
        return match.Success
            ? new([.. Enumerable.Range(1, 3).Select(part => Number(match.Groups[part].Value))], labels.Length == 0 ? [] : labels.Split('.'))
            : null;
    });

    private static BigInteger Number(string digits) => digits.Length == 0 ? 0 : BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

    private static Answer Worst(params ReadOnlySpan<Answer> answers)
    {
        var worst = Answer.No;
        foreach (var answer in answers)
        {
            worst = answer > worst ? answer : worst;
        }

        return worst;
    }

    /// <summary>SemVer 2.0.0, or less of it: `v` before, up to two parts missing.</summary>
    [GeneratedRegex(@"^[vV]?(0|[1-9]\d*)(?:\.(0|[1-9]\d*))?(?:\.(0|[1-9]\d*))?(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$", RegexOptions.ECMAScript)]
    private static partial Regex VersionPattern();

    [GeneratedRegex("[-_.]")]
    private static partial Regex PunctuationPattern();
}
