using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Reads `[package]`.</summary>
internal sealed class PackageTableReader(ManifestNotes notes)
{
    private const int DescriptionLengthMax = 1000;
    private const int KeywordsMax = 10;
    private const int KeywordLengthMax = 32;
    private const string EngineSuffix = "-version";

    public PackageMetadata Read(TableReader table)
    {
        var metadata = new PackageMetadata(ReadName(table), ReadVersion(table))
        {
            Authors = table.Texts("authors"),
            Description = table.Text("description", DescriptionLengthMax),
            License = ReadLicense(table),
            Repository = ReadUrl(table, "repository"),
            Homepage = ReadUrl(table, "homepage"),
            Documentation = ReadUrl(table, "documentation"),
            Readme = table.Text("readme"),
            Keywords = ReadKeywords(table),
            Categories = table.Texts("categories"),
            Edition = table.Text("edition"),
            Engines = ReadEngines(table),
            Links = table.Text("links", PackageName.SegmentLengthMax),
            IsPrivate = table.Flag("private") ?? false,
            Include = table.Texts("include"),
            Exclude = table.Texts("exclude"),
        };
        table.Find("metadata");
        table.WarnOfUnknown();
        return metadata;
    }

    private PackageName ReadName(TableReader table)
    {
        var entry = Required(table, "name", "my-package");
        return PackageName.TryParse(table.TextOf(entry.Value, "name", PackageName.SegmentLengthMax * 2), out var name)
            ? name
            : throw notes.Error(
                entry.Value.Span, $"`{Shown(entry)}` is not a package name", "use letters, digits and single `-`, `_` or `.` between them, at most one `/`");
    }

    private SemanticVersion ReadVersion(TableReader table)
    {
        var entry = Required(table, "version", "0.1.0");
        return SemanticVersion.TryParse(table.TextOf(entry.Value, "version", 1000), out var version)
            ? version
            : throw notes.Error(
                entry.Value.Span, $"`{Shown(entry)}` is not a version", "write a version as MAJOR.MINOR.PATCH, for example 1.4.0 or 2.0.0-rc.1");
    }

    private TomlEntry Required(TableReader table, string key, string example) => table.Find(key) ?? throw notes.Error(
        table.Table.Span, $"[package] has no {key}", $"add {key} = \"{example}\"");

    private string? ReadLicense(TableReader table)
    {
        var license = table.Text("license");
        return license is null || LicenseSyntax.IsWellFormed(license)
            ? license
            : throw notes.Error(
                table.Find("license")!.Value.Span, $"`{Printable.Clip(license, 80)}` is not a licence expression", "write SPDX identifiers joined by AND, OR and WITH, for example \"MIT OR Apache-2.0\"");
    }

    private string? ReadUrl(TableReader table, string key)
    {
        var text = table.Text(key, 2048);
        return text is null || WebAddress.IsAllowed(text)
            ? text
            : throw notes.Error(
                table.Find(key)!.Value.Span, $"`{key}` is not a web address: `{Printable.Clip(text, 80)}`", "write https://… without a user name or password");
    }

    private ImmutableArray<string> ReadKeywords(TableReader table)
    {
        var keywords = table.Texts("keywords");
        return keywords.Length <= KeywordsMax && keywords.All(keyword => keyword.Length is > 0 and <= KeywordLengthMax)
            ? keywords
            : throw notes.Error(
                table.Find("keywords")!.Value.Span, $"too many or too long keywords", $"keep at most {KeywordsMax}, each of at most {KeywordLengthMax} characters");
    }

    /// <summary>`gal-version = "1.0"` means 1.0 or newer; a constraint with an operator means what it says.</summary>
    private ImmutableSortedDictionary<string, Constraint> ReadEngines(TableReader table)
    {
        var engines = ImmutableSortedDictionary.CreateBuilder<string, Constraint>(StringComparer.Ordinal);
        foreach (var entry in table.Table.Entries.Where(entry => entry.Key.Length > EngineSuffix.Length && entry.Key.Replace('_', '-').EndsWith(EngineSuffix, StringComparison.Ordinal)))
        {
            table.Find(entry.Key);
            var text = table.TextOf(entry.Value, entry.Key, Constraint.LengthMax);
            var isBare = text.Length > 0 && char.IsAsciiDigit(text[0]) && text.AsSpan().IndexOfAny(" ,|*xX") < 0;
            engines[entry.Key[..^EngineSuffix.Length]] = Constraint.TryParse(isBare ? $">={text}" : text, out var constraint)
                ? constraint
                : throw notes.Error(entry.Value.Span, $"`{Shown(entry)}` for `{entry.Key}` is not a version", "write the least version it needs, for example \"1.0\"");
        }

        return engines.ToImmutable();
    }

    private static string Shown(TomlEntry entry) => Printable.Clip((entry.Value as TomlString)?.Value ?? entry.Value.KindName, 80);
}
