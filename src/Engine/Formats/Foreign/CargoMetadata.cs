using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>`[package]` of Cargo.toml.</summary>
internal sealed class CargoMetadata(CargoTable package, CargoShared shared, ForeignRemarks remarks)
{
    private const int ListMax = 200;
    private const int TextCharactersMax = 4000;

    private static readonly ImmutableHashSet<string> Handled = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "name", "version", "authors", "edition", "rust-version", "description", "license", "repository", "homepage",
        "documentation", "readme", "keywords", "categories", "publish", "exclude", "include", "links", "license-file");

    public PackageMetadata Read()
    {
        var metadata = new PackageMetadata(Name(), Version())
        {
            Authors = [.. Texts("authors").Take(ListMax).Select(Clip)],
            Edition = Text("edition"),
            Engines = Engines(),
            Description = Text("description")?.Trim() is { Length: > 0 } text ? Clip(text) : null,
            License = Text("license"),
            Repository = Text("repository"),
            Homepage = Text("homepage"),
            Documentation = Text("documentation"),
            Readme = Text("readme"),
            Keywords = Texts("keywords"),
            Categories = [.. Texts("categories").Take(ListMax).Select(Clip)],
            IsPrivate = IsPrivate(),
            Include = [.. Texts("include").Take(ListMax)],
            Exclude = [.. Texts("exclude").Take(ListMax)],
            Links = Text("links"),
        };
        RemarkOnTheRest();
        return metadata;
    }

    private PackageName Name()
    {
        var text = package.Text("name");
        if (PackageName.TryParse(text, out var name))
        {
            return name;
        }

        remarks.Changed("package.name", text is null ? "there is none: `unnamed` is taken" : $"`{Printable.Clip(text, 80)}` is no name here: `unnamed` is taken");
        return PackageName.Parse("unnamed");
    }

    private SemanticVersion Version()
    {
        if (SemanticVersion.TryParse(Text("version"), out var version))
        {
            return version;
        }

        remarks.Changed("package.version", "there is none that can be read: 0.0.0 is taken");
        return new(0, 0, 0);
    }

    private ImmutableSortedDictionary<string, Constraint> Engines()
    {
        if (Text("rust-version") is not { } text)
        {
            return ImmutableSortedDictionary<string, Constraint>.Empty;
        }

        if (Constraint.TryParse($">={text}", out var constraint))
        {
            return ImmutableSortedDictionary<string, Constraint>.Empty.Add("rust", constraint);
        }

        remarks.LeftOut("package.rust-version", "it is not a version");
        return ImmutableSortedDictionary<string, Constraint>.Empty;
    }

    private bool IsPrivate()
    {
        switch (Inherited("publish"))
        {
            case TomlBoolean flag:
                return !flag.Value;
            case TomlArray { Items.Count: 0 }:
                return true;
            case TomlArray:
                remarks.LeftOut("package.publish", "the routes of [registries] say where a name is published");
                return false;
            default:
                return false;
        }
    }

    private string? Text(string key) => (Inherited(key) as TomlString)?.Value is { Length: > 0 } text ? text : null;

    private ImmutableArray<string> Texts(string key) =>
        Inherited(key) is TomlArray array ? [.. array.Items.OfType<TomlString>().Select(item => item.Value)] : [];

    /// <summary>`version.workspace = true` means what `[workspace.package]` says.</summary>
    private TomlValue? Inherited(string key)
    {
        if (package.Find(key) is not TomlTable table || table["workspace"] is not TomlBoolean { Value: true })
        {
            return package.Find(key);
        }

        if (shared.Package?.Find(key) is { } value)
        {
            return value;
        }

        remarks.LeftOut($"package.{key}", "it is inherited, and the workspace does not say it");
        return null;
    }

    private void RemarkOnTheRest()
    {
        if (package.Find("license-file") is not null)
        {
            remarks.LeftOut("package.license-file", "the file is in the package; `license` takes an SPDX expression");
        }

        foreach (var (key, _) in package.All.Where(entry => !Handled.Contains(entry.Key.Replace('_', '-'))))
        {
            remarks.LeftOut($"package.{key}", key is "build" or "default-run" or "resolver" or "workspace" || key.StartsWith("auto", StringComparison.Ordinal)
                ? "it is the compiler's business"
                : key == "metadata" ? "it is for other tools" : "cairn does not know it");
        }
    }

    private static string Clip(string text) => Printable.Clip(text.ReplaceLineEndings(" "), TextCharactersMax);
}
