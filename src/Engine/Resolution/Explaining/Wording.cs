using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Explaining;

/// <summary>Versions and lists in words.</summary>
internal static class Wording
{
    private const int ListedMax = 3;

    /// <summary>`a`, `a and b`, `a, b and c`.</summary>
    public static string List(IEnumerable<string> items, string last = "and")
    {
        var all = items.ToList();
        return all.Count <= 1 ? all.FirstOrDefault() ?? "" : $"{string.Join(", ", all.Take(all.Count - 1))} {last} {all[^1]}";
    }

    /// <summary>A message as a sentence: a capital in front, a full stop behind.</summary>
    public static string Sentence(string message) =>
        message.Length > 0 && char.IsAsciiLetterLower(message[0]) ? $"{char.ToUpperInvariant(message[0])}{message[1..]}." : $"{message}.";

    /// <summary>`http-core ^2`; only the name when any version would do.</summary>
    public static string Asked(PackageName name, Constraint constraint) =>
        constraint.Versions.IsAll ? name.Value : $"{name} {constraint.Text}";

    /// <summary>What several requirements on a package come to together: the text when they agree, else the range they span.</summary>
    public static string Asked(PackageName name, IReadOnlyCollection<Constraint> constraints)
    {
        var texts = constraints.Select(c => c.Text).Distinct(StringComparer.Ordinal).ToList();
        if (texts.Count == 1 && !IsPlainRange(constraints.First()))
        {
            return Asked(name, constraints.First());
        }

        var union = constraints.Aggregate(VersionSet.Empty, (set, c) => set.Union(c.Versions));
        return union.Intervals.Length == 1 ? $"{name} {Range(union)}".TrimEnd()
            : texts.Count <= ListedMax ? $"{name} {List(texts, "or")}"
            : $"{name} {texts[0]} to {texts[^1]}";
    }

    /// <summary>Whether it is easier read in words than as written: `>=2`, `>=1.2, &lt;3`.</summary>
    private static bool IsPlainRange(Constraint constraint) =>
        constraint.Text[0] is '<' or '>' && !constraint.NamesPrerelease && constraint.Versions.Intervals.Length == 1;

    /// <summary>A range in words: `2 or newer`, `below 2`, `1.2 or newer but below 3`; several of them with `or`.</summary>
    public static string Range(VersionSet versions) =>
        versions.IsAll ? "" : List(versions.Intervals.Select(Interval), "or");

    /// <summary>The releases at some indexes: `1.0.0, 1.1.0 and 1.2.0`, or `1.0.0 to 1.9.2, 34 versions`.</summary>
    public static string Versions(IReadOnlyList<SemanticVersion> versions) =>
        versions.Count <= ListedMax
            ? List(versions.Select(v => v.ToString()))
            : $"{versions[0]} to {versions[^1]}, {versions.Count} versions";

    /// <summary>
    /// Some versions of a package among those that matter: `every web-kit 2`, `web-kit 2.0.1`, `web-kit 2.1.0 and newer`.
    /// </summary>
    public static string Subject(PackageName name, IReadOnlyList<SemanticVersion> some, IReadOnlyList<SemanticVersion> among, Constraint? asked)
    {
        if (some.Count == 1)
        {
            return $"{name} {some[0]}";
        }

        if (some.Count == among.Count)
        {
            return $"every {name}{Scope(some, asked)}";
        }

        var first = IndexOf(among, some[0]);
        var isRun = first >= 0 && IndexOf(among, some[^1]) == first + some.Count - 1;
        return isRun && first + some.Count == among.Count ? $"{name} {some[0]} and newer"
            : isRun && first == 0 ? $"{name} {some[^1]} and older"
            : isRun ? $"{name} {some[0]} to {some[^1]}"
            : some.Count <= ListedMax ? $"{name} {List(some.Select(v => v.ToString()))}"
            : $"{name} in {some.Count} versions from {some[0]} to {some[^1]}";
    }

    private static string Scope(IReadOnlyList<SemanticVersion> versions, Constraint? asked)
    {
        var range = CompatibleRange.Of(versions[0]);
        return versions.All(v => CompatibleRange.Of(v) == range) ? $" {range}"
            : asked is null || asked.Versions.IsAll ? ""
            : $" that fits {asked.Text}";
    }

    private static int IndexOf(IReadOnlyList<SemanticVersion> versions, SemanticVersion version)
    {
        for (var i = 0; i < versions.Count; i++)
        {
            if (versions[i] == version)
            {
                return i;
            }
        }

        return -1;
    }

    private static string Interval(VersionInterval interval)
    {
        var (lower, upper) = (interval.Lower.Version, interval.Upper.Version);
        var from = lower is null || IsStart(lower) ? null : interval.Lower.IsInclusive ? $"{Short(lower)} or newer" : $"newer than {Short(lower)}";
        var to = upper is null ? null : interval.Upper.IsInclusive ? $"at most {Short(upper)}" : $"below {Short(upper)}";
        return lower is not null && lower == upper ? lower.ToString()
            : from is null ? to ?? ""
            : to is null ? from
            : $"{from} but {to}";
    }

    private static bool IsStart(SemanticVersion version) => version is { Major: 0, Minor: 0, Patch: 0 };

    /// <summary>`2.0.0-0`, the bound below every 2.0.0, is `2`; `1.2.0` is `1.2`.</summary>
    private static string Short(SemanticVersion version)
    {
        if (version.IsPrerelease && version.Prerelease != "0")
        {
            return version.ToString();
        }

        return version.Patch != 0 ? $"{version.Major}.{version.Minor}.{version.Patch}"
            : version.Minor != 0 ? $"{version.Major}.{version.Minor}"
            : $"{version.Major}";
    }
}
