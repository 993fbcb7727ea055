using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Reads `[resolution]`.</summary>
internal sealed class ResolutionTableReader(ManifestNotes notes)
{
    private const int OverridesMax = 500;

    public static ImmutableSortedDictionary<string, DuplicatesPolicy> DuplicatesWords { get; } =
        new Dictionary<string, DuplicatesPolicy> { ["never"] = DuplicatesPolicy.Never, ["compatible"] = DuplicatesPolicy.Compatible }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, VersionStrategy> StrategyWords { get; } =
        new Dictionary<string, VersionStrategy> { ["newest"] = VersionStrategy.Newest, ["lowest"] = VersionStrategy.Lowest }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, PrereleasePolicy> PrereleaseWords { get; } =
        new Dictionary<string, PrereleasePolicy>
        {
            ["if-needed"] = PrereleasePolicy.IfNeeded,
            ["never"] = PrereleasePolicy.Never,
            ["allow"] = PrereleasePolicy.Allow,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public ResolutionTable Read(TableReader table)
    {
        var resolution = new ResolutionTable(
            table.Choice("duplicates", DuplicatesWords) ?? ResolutionTable.Default.Duplicates,
            table.Choice("strategy", StrategyWords) ?? ResolutionTable.Default.Strategy,
            table.Choice("prereleases", PrereleaseWords) ?? ResolutionTable.Default.Prereleases,
            [.. table.Items("allow-prereleases").Select(item => Name(table, item, "allow-prereleases"))],
            ReadOverrides(table),
            [.. table.Items("exclusions").Select(item => ReadExclusion(table, item))],
            ReadAsOf(table));
        table.WarnOfUnknown();
        return resolution;
    }

    private ImmutableArray<Override> ReadOverrides(TableReader table)
    {
        if (table.Find("overrides") is not { } entry)
        {
            return [];
        }

        var overrides = table.Below(entry, "[resolution.overrides]");
        if (overrides.Table.Entries.Count > OverridesMax)
        {
            throw notes.Error(entry.KeySpan, $"more than {OverridesMax} overrides", "take out those that are no longer needed");
        }

        return [.. overrides.Table.Entries.Select(item => ReadOverride(overrides, item))];
    }

    private Override ReadOverride(TableReader table, TomlEntry entry)
    {
        if (!PackageName.TryParse(entry.Key, out var name))
        {
            throw notes.Error(entry.KeySpan, $"`{Printable.Clip(entry.Key, 80)}` in {table.Name} is not a package name", "write the name of the package to override");
        }

        var constraints = new DependencyReader(notes);
        var place = notes.PlaceOf(entry.KeySpan);
        if (entry.Value is TomlString)
        {
            return new(name, constraints.ConstraintOf(entry.Value, entry.Key), DependencyOrigin.Feed.Routed, null, place);
        }

        var below = table.Below(entry, $"the override of `{entry.Key}`");
        var constraint = below.Find("version") is { } version ? constraints.ConstraintOf(version.Value, entry.Key) : null;
        var origin = new OriginReader(notes).Read(below);
        if (constraint is null && origin is DependencyOrigin.Feed)
        {
            throw notes.Error(entry.KeySpan, $"{below.Name} says neither which version nor where from", "add version = \"=1.2.3\", path = \"…\" or git = \"…\"");
        }

        var reason = below.Text("reason");
        below.WarnOfUnknown();
        return new(name, constraint ?? Constraint.Any, origin, reason, place);
    }

    /// <summary>`"name"`, for every dependent, or `{ package = "name", of = "dependent" }`.</summary>
    private Exclusion ReadExclusion(TableReader table, TomlValue item)
    {
        if (item is not TomlTable entry)
        {
            return new(Name(table, item, "exclusions"), null);
        }

        var below = new TableReader(entry, "the exclusion", notes);
        var name = below.Find("package") ?? throw notes.Error(item.Span, "the exclusion names no package", "write { package = \"name\", of = \"dependent\" }");
        var of = below.Find("of");
        below.WarnOfUnknown();
        return new(Name(below, name.Value, "package"), of is null ? null : Name(below, of.Value, "of"));
    }

    private PackageName Name(TableReader table, TomlValue value, string key)
    {
        var text = table.TextOf(value, key, PackageName.SegmentLengthMax * 2);
        return PackageName.TryParse(text, out var name)
            ? name
            : throw notes.Error(value.Span, $"`{Printable.Clip(text, 80)}` in {key} is not a package name", "write the name as in [dependencies]");
    }

    private DateTimeOffset? ReadAsOf(TableReader table)
    {
        if (table.Find("as-of") is not { } entry)
        {
            return null;
        }

        var text = entry.Value switch
        {
            TomlDateTime { Kind: TomlDateTimeKind.Offset or TomlDateTimeKind.LocalDate } time => time.Text,
            TomlString word => word.Value,
            _ => null,
        };
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var asOf)
            ? asOf
            : throw notes.Error(entry.Value.Span, "`as-of` in [resolution] is not a date", "write 2025-08-01 or 2025-08-01T12:00:00Z");
    }
}
