using System.Collections.Immutable;

namespace Registry.Engine.Model;

/// <summary>Reads the constraint grammar of docs/formats/constraints.md into ranges.</summary>
internal static class ConstraintParser
{
    private const int AlternativesMax = 32;

    /// <returns>The alternatives, or null when the text is not a constraint.</returns>
    public static ImmutableArray<Constraint.Alternative>? Parse(string text)
    {
        if (!text.Contains('|', StringComparison.Ordinal))
        {
            return ParseAlternative(text.Trim()) is { } only ? [only] : null;
        }

        var parts = text.Split("||");
        if (parts.Length > AlternativesMax)
        {
            return null;
        }

        var alternatives = ImmutableArray.CreateBuilder<Constraint.Alternative>(parts.Length);
        foreach (var part in parts)
        {
            if (ParseAlternative(part.Trim()) is not { } alternative)
            {
                return null;
            }

            alternatives.Add(alternative);
        }

        return alternatives.ToImmutable();
    }

    private static Constraint.Alternative? ParseAlternative(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var hyphen = text.IndexOf(" - ", StringComparison.Ordinal);
        var comparators = hyphen > 0
            ? Hyphen(text[..hyphen].Trim(), text[(hyphen + 3)..].Trim())
            : Comparators(text);
        if (comparators is null)
        {
            return null;
        }

        ImmutableArray<SemanticVersion> prereleases = comparators.Exists(static c => c.Version.Prerelease.Length > 0)
            ? [.. comparators.Where(static c => c.Version.Prerelease.Length > 0).Select(static c => c.Version.Lowest().Release).Distinct()]
            : [];
        var versions = comparators[0].Versions(prereleases);
        for (var i = 1; i < comparators.Count; i++)
        {
            versions = versions.Intersect(comparators[i].Versions(prereleases));
        }

        return new(versions, prereleases);
    }

    private static List<Comparator>? Hyphen(string from, string to) =>
        Partial.Parse(from) is { } low && Partial.Parse(to) is { } high
            ? [new(">=", low), new("<=", high)]
            : null;

    private static List<Comparator>? Comparators(string text)
    {
        var comparators = new List<Comparator>();
        var at = 0;
        while (true)
        {
            if (!SkipSeparators(text, ref at, comparators.Count))
            {
                return null;
            }

            if (at >= text.Length)
            {
                return comparators;
            }

            var operation = Operator(text, ref at);
            while (at < text.Length && text[at] is ' ' or '\t')
            {
                at++;
            }

            var start = at;
            while (at < text.Length && text[at] is not (' ' or '\t' or ','))
            {
                at++;
            }

            if (Partial.Parse(text[start..at]) is not { } version)
            {
                return null;
            }

            comparators.Add(new(operation, version));
        }
    }

    /// <summary>Blanks, and one comma between two comparators.</summary>
    private static bool SkipSeparators(string text, ref int at, int comparators)
    {
        var commas = 0;
        while (at < text.Length && text[at] is ' ' or '\t' or ',')
        {
            commas += text[at] == ',' ? 1 : 0;
            at++;
        }

        return commas == 0 || (commas == 1 && comparators > 0 && at < text.Length);
    }

    private static string Operator(string text, ref int at)
    {
        var hasEquals = at + 1 < text.Length && text[at + 1] == '=';
        var found = text[at] switch
        {
            '>' => hasEquals ? ">=" : ">",
            '<' => hasEquals ? "<=" : "<",
            '^' => "^",
            '~' => "~",
            '=' => "=",
            _ => "",
        };
        at += found.Length;
        return found;
    }

    private sealed record Comparator(string Operator, Partial Version)
    {
        public VersionSet Versions(ImmutableArray<SemanticVersion> namedPrereleases) => Operator switch
        {
            "" when Version.IsWildcard => Span(Version.Lowest(), Version.NextAfter()),
            "" or "^" => Span(Version.Lowest(), Version.NextBreaking()),
            "~" => Span(Version.Lowest(), Version.NextMinor()),
            "=" when Version.IsFull => VersionSet.Only(Version.Lowest()),
            "=" => Span(Version.Lowest(), Version.NextAfter()),
            ">" when Version.IsFull => VersionSet.Above(Version.Lowest()),
            ">" => Version.NextAfter() is { } next ? VersionSet.AtLeast(next) : VersionSet.Empty,
            ">=" => Version.Major is null ? VersionSet.All : VersionSet.AtLeast(Version.Lowest()),
            "<" => Version.Major is null ? VersionSet.Empty : VersionSet.Below(Ceiling(Version.Lowest(), namedPrereleases)),
            "<=" when Version.IsFull => VersionSet.AtMost(Version.Lowest()),
            "<=" => Version.NextAfter() is { } next ? VersionSet.Below(FirstPrerelease(next)) : VersionSet.All,
            _ => throw new InvalidOperationException($"operator {Operator}"),
        };

        private VersionSet Span(SemanticVersion from, SemanticVersion? to) =>
            to is null
                ? Version.Major is null ? VersionSet.All : VersionSet.AtLeast(from)
                : VersionSet.Between(new(from, true), new(FirstPrerelease(to), false));

        // `<2.0.0` does not mean 2.0.0-alpha, unless the same alternative names a pre-release of 2.0.0 itself.
        private static SemanticVersion Ceiling(SemanticVersion version, ImmutableArray<SemanticVersion> namedPrereleases) =>
            version.IsPrerelease || namedPrereleases.Contains(version) ? version : FirstPrerelease(version);

        /// <summary>`-0` is the lowest pre-release there is (SemVer item 11).</summary>
        private static SemanticVersion FirstPrerelease(SemanticVersion version) =>
            version.IsPrerelease ? version : version.LowestPrerelease;
    }

    /// <summary>A version with parts left out or starred: `1`, `1.2`, `1.x`, `1.2.3-rc.1`.</summary>
    private sealed record Partial(int? Major, int? Minor, int? Patch, string Prerelease, bool IsWildcard)
    {
        public bool IsFull => Patch is not null;

        public static Partial? Parse(string text)
        {
            if (text.AsSpan().Count('.') >= 2 && SemanticVersion.TryParse(text, out var full))
            {
                // The version after it must exist too.
                return Math.Max(full.Major, Math.Max(full.Minor, full.Patch)) == int.MaxValue ? null : new(full.Major, full.Minor, full.Patch, full.Prerelease, false);
            }

            return ParseIncomplete(text.Split('.'));
        }

        private static Partial? ParseIncomplete(string[] parts)
        {
            if (parts.Length > 3)
            {
                return null;
            }

            Span<int?> numbers = [null, null, null];
            var isWildcard = false;
            for (var i = 0; i < parts.Length; i++)
            {
                if (parts[i] is "*" or "x" or "X")
                {
                    isWildcard = true;
                }
                else if (isWildcard || !IsNumber(parts[i], out var number))
                {
                    return null;
                }
                else
                {
                    numbers[i] = number;
                }
            }

            return numbers[2] is not null ? null : new(numbers[0], numbers[1], null, "", isWildcard);
        }

        public SemanticVersion Lowest() =>
            Prerelease.Length > 0
                ? new SemanticVersion(Major!.Value, Minor!.Value, Patch!.Value).WithPrerelease(Prerelease)
                : new(Major ?? 0, Minor ?? 0, Patch ?? 0);

        /// <summary>The first version after everything the partial covers: `1.2` -> 1.3.0; null when it covers all.</summary>
        public SemanticVersion? NextAfter() => (Major, Minor, Patch) switch
        {
            (null, _, _) => null,
            ({ } major, null, _) => new(major + 1, 0, 0),
            ({ } major, { } minor, null) => new(major, minor + 1, 0),
            ({ } major, { } minor, { } patch) => new(major, minor, patch + 1),
        };

        public SemanticVersion? NextMinor() => (Major, Minor) switch
        {
            (null, _) => null,
            ({ } major, null) => new(major + 1, 0, 0),
            ({ } major, { } minor) => new(major, minor + 1, 0),
        };

        /// <summary>The end of the compatible range: the leftmost non-zero part given may not change.</summary>
        public SemanticVersion? NextBreaking() => (Major, Minor, Patch) switch
        {
            (null, _, _) => null,
            (0, 0, { } patch) => new(0, 0, patch + 1),
            (0, { } minor, _) => new(0, minor + 1, 0),
            ({ } major, _, _) => new(major + 1, 0, 0),
        };

        private static bool IsNumber(string text, out int number) =>
            int.TryParse(text, System.Globalization.NumberStyles.None, null, out number)
            && number < int.MaxValue && (text.Length == 1 || text[0] != '0');
    }
}
