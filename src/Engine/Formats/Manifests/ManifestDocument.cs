using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Manifests;

/// <summary>
/// A manifest as text and as values (docs/formats/manifest.md). Immutable: an edit gives a new document, read again, whose
/// text differs only where it must. Errors are <see cref="ProblemCode.TomlInvalid"/>, <see cref="ProblemCode.ManifestInvalid"/>,
/// <see cref="ProblemCode.ManifestTooLarge"/> and <see cref="ProblemCode.FeatureUnknown"/>, with line and column.
/// </summary>
public sealed class ManifestDocument
{
    /// <summary>Longest manifest in bytes of UTF-8.</summary>
    public const int BytesMax = 256 * 1024;

    private readonly TomlDocument _document;

    private ManifestDocument(TomlDocument document)
    {
        _document = document;
        var reader = new ManifestReader(document);
        Manifest = reader.Read();
        Warnings = reader.Warnings;
    }

    public Manifest Manifest { get; }

    /// <summary>What is odd but no error: unknown keys with the nearest known one, tool tables with strange values. In reading order.</summary>
    public ImmutableArray<Problem> Warnings { get; }

    public string Text => _document.Text;

    /// <summary>The name for messages.</summary>
    public string File => _document.File;

    /// <summary>The tables that are kept as data: scripts, capabilities, profiles, security.</summary>
    public TomlDocument Toml => _document;

    public static ManifestDocument Parse(string text, string file) =>
        Encoding.UTF8.GetByteCount(text) <= BytesMax ? new(TomlDocument.Parse(text, file)) : throw TooLarge(file);

    public static ManifestDocument Parse(ReadOnlySpan<byte> utf8, string file) =>
        utf8.Length <= BytesMax ? new(TomlDocument.Parse(utf8, file)) : throw TooLarge(file);

    /// <summary>A manifest for a new package.</summary>
    public static ManifestDocument New(PackageName name, SemanticVersion version, string file) => Parse(
        $"[package]\nname = {TomlLiteral.Of(name.Value).Text}\nversion = {TomlLiteral.Of(version.ToString()).Text}\n\n[dependencies]\n", file);

    /// <summary>Adds a dependency, or changes what differs in the one of the same group and local name.</summary>
    public ManifestDocument WithDependency(Dependency dependency) => new(new DependencyEdit(this).Set(dependency));

    /// <exception cref="ProblemException"><see cref="ProblemCode.DependencyNotInManifest"/>.</exception>
    public ManifestDocument WithoutDependency(DependencyGroup group, string localName)
    {
        Existing(group, localName);
        return new(_document.Remove([TableName(group), KeyOf([TableName(group)], localName)]));
    }

    /// <exception cref="ProblemException">
    /// <see cref="ProblemCode.DependencyNotInManifest"/>; <see cref="ProblemCode.ManifestInvalid"/> when it is inherited.
    /// </exception>
    public ManifestDocument WithConstraint(DependencyGroup group, string localName, Constraint constraint) =>
        Existing(group, localName) is { IsInherited: false } dependency
            ? WithDependency(dependency with { Constraint = constraint })
            : throw new Problem(
                ProblemCode.ManifestInvalid, $"`{Printable.Clip(localName, 80)}` takes its version from the workspace",
                "change it in [workspace.dependencies] of the workspace's manifest", Manifest.Places[new(group, KeyOf([TableName(group)], localName))]).Raise();

    /// <summary>Takes another package for a dependency: under the same alias, or under its own name when there is none.</summary>
    /// <exception cref="ProblemException"><see cref="ProblemCode.DependencyNotInManifest"/>.</exception>
    public ManifestDocument WithPackage(DependencyGroup group, string localName, PackageName package)
    {
        var dependency = Existing(group, localName) with { Name = package };
        if (dependency.Alias is not null)
        {
            return WithDependency(dependency);
        }

        var entry = ((TomlTable)_document.Find(TableName(group))!).Find(KeyOf([TableName(group)], localName))!;
        return entry.Value is TomlTable { Kind: not TomlTableKind.Inline }
            ? WithoutDependency(group, localName).WithDependency(dependency)
            : new(_document.Splice(entry.KeySpan, TomlLiteral.Key(package.Value)));
    }

    /// <summary>Changes a constraint in `[workspace.dependencies]`.</summary>
    /// <exception cref="ProblemException"><see cref="ProblemCode.DependencyNotInManifest"/>.</exception>
    public ManifestDocument WithWorkspaceConstraint(string localName, Constraint constraint)
    {
        ImmutableArray<string> table = ["workspace", "dependencies"];
        var key = KeyOf(table.AsSpan(), localName);
        return Manifest.Workspace?.Dependencies.FirstOrDefault(d => d.LocalName == key) is { } dependency
            ? new(new DependencyEdit(this).Set(table, dependency with { Constraint = constraint }))
            : throw new Problem(
                ProblemCode.DependencyNotInManifest, $"`{Printable.Clip(localName, 80)}` is not in [workspace.dependencies] of {File}",
                "run `cairn list` to see what is there").Raise();
    }

    /// <summary>Sets `[resolution.overrides]` for the package.</summary>
    public ManifestDocument WithOverride(Override value) => new(new DependencyEdit(this).Set(value));

    public ManifestDocument WithoutOverride(PackageName name) =>
        Edited(_document.Remove(["resolution", "overrides", KeyOf(["resolution", "overrides"], name.Value)]));

    public ManifestDocument WithDuplicates(DuplicatesPolicy policy) =>
        WithResolution("duplicates", TomlLiteral.Of(ResolutionTableReader.DuplicatesWords.First(word => word.Value == policy).Key));

    public ManifestDocument WithPrereleases(PrereleasePolicy policy) =>
        WithResolution("prereleases", TomlLiteral.Of(ResolutionTableReader.PrereleaseWords.First(word => word.Value == policy).Key));

    public ManifestDocument WithStrategy(VersionStrategy strategy) =>
        WithResolution("strategy", TomlLiteral.Of(ResolutionTableReader.StrategyWords.First(word => word.Value == strategy).Key));

    /// <summary>Allows the pre-releases of one package.</summary>
    public ManifestDocument WithPrereleasesOf(PackageName name) =>
        Manifest.Resolution.PrereleaseNames.Contains(name)
            ? this
            : WithResolution("allow-prereleases", TomlLiteral.Array(Manifest.Resolution.PrereleaseNames.Add(name).Select(n => n.Value)));

    /// <summary>Resolves as of a date; null goes back to now.</summary>
    public ManifestDocument WithAsOf(DateTimeOffset? date) =>
        date is { } at ? WithResolution("as-of", TomlLiteral.Of(at)) : Edited(_document.Remove(["resolution", "as-of"]));

    public ManifestDocument WithVersion(SemanticVersion version) =>
        Edited(_document.Set(["package", "version"], TomlLiteral.Of(version.ToString()), ManifestTables.Order));

    /// <summary>Adds a pattern to `exclude` of [package], unless it is there.</summary>
    public ManifestDocument WithExcluded(string pattern) =>
        Manifest.Package is { } package && !package.Exclude.Contains(pattern)
            ? Edited(_document.Set(["package", "exclude"], TomlLiteral.Array(package.Exclude.Add(pattern)), ManifestTables.Order))
            : this;

    /// <summary>Sets any key to any value, as the configuration of other tools needs it.</summary>
    public ManifestDocument With(ImmutableArray<string> path, TomlLiteral value) => Edited(_document.Set(path, value, ManifestTables.Order));

    /// <summary>The key a name is written under in a table, which may be spelled with other case or `_`.</summary>
    internal string KeyOf(ReadOnlySpan<string> table, string name) =>
        (_document.Find(table) as TomlTable)?.Entries
            .FirstOrDefault(entry => entry.Key == name || (PackageName.TryParse(entry.Key, out var key) && PackageName.TryParse(name, out var asked) && key == asked))?.Key
        ?? name;

    internal static string TableName(DependencyGroup group) => ManifestTables.Of(group);

    private Dependency Existing(DependencyGroup group, string localName)
    {
        var key = KeyOf([TableName(group)], localName);
        return Manifest.Dependencies.FirstOrDefault(d => d.Group == group && d.LocalName == key) ?? throw Missing(group, localName);
    }

    private ProblemException Missing(DependencyGroup group, string localName)
    {
        var elsewhere = Manifest.Dependencies.FirstOrDefault(d => d.LocalName == localName);
        var nearest = NearestName.Of(localName, Manifest.Dependencies.Where(d => d.Group == group).Select(d => d.LocalName));
        return new Problem(
            ProblemCode.DependencyNotInManifest, $"`{Printable.Clip(localName, 80)}` is not in [{TableName(group)}] of {File}",
            elsewhere is not null ? $"it is in [{TableName(elsewhere.Group)}]" : nearest is not null ? $"did you mean `{nearest}`?" : "run `cairn list` to see what is there").Raise();
    }

    private ManifestDocument WithResolution(string key, TomlLiteral value) =>
        Edited(_document.Set(["resolution", KeyOf(["resolution"], key)], value, ManifestTables.Order));

    private static ManifestDocument Edited(TomlDocument document) => new(document);

    private static ProblemException TooLarge(string file) => new Problem(
        ProblemCode.ManifestTooLarge, $"the manifest is longer than {BytesMax / 1024} KiB", "move what is not for the package manager into other files",
        new TextPlace(file, 1, 1)).Raise();
}
