using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Manifests;

/// <summary>
/// The user's `registries.toml`: `default_registry` and `[registries.NAME]` tables, the same as in a manifest. Immutable;
/// edits keep the rest of the text. Errors are <see cref="ProblemCode.TomlInvalid"/> and <see cref="ProblemCode.ManifestInvalid"/>.
/// </summary>
public sealed class RegistriesDocument
{
    private readonly TomlDocument _document;

    private RegistriesDocument(TomlDocument document)
    {
        _document = document;
        var notes = new ManifestNotes(document);
        var root = new TableReader(document.Root, "the file", notes);
        var defaultName = root.Find("default_registry");
        Registries = root.Below("registries") is { } table ? new RegistryTableReader(notes).Read(table, defaultName, root) : [];
        root.WarnOfUnknown();
        Warnings = notes.Warnings;
    }

    public static RegistriesDocument Empty(string file) => Parse("", file);

    public ImmutableArray<RegistryEntry> Registries { get; }

    public ImmutableArray<Problem> Warnings { get; }

    public string Text => _document.Text;

    public static RegistriesDocument Parse(string text, string file) => new(TomlDocument.Parse(text, file));

    /// <summary>Adds a registry, or changes the address and patterns of the one with this name.</summary>
    public RegistriesDocument With(RegistryEntry entry)
    {
        ImmutableArray<string> path = ["registries", entry.Name];
        var edited = _document.Find(path.AsSpan()) is TomlString ? _document.Remove(path) : _document;
        edited = entry.Address is { } address ? edited.Set(path.Add("url"), TomlLiteral.Of(address)) : edited;
        if (!entry.Packages.IsEmpty)
        {
            edited = edited.Set(path.Add("packages"), TomlLiteral.Array(entry.Packages));
        }

        if (entry.AllowInsecure)
        {
            edited = edited.Set(path.Add("allow_insecure"), TomlLiteral.Of(true));
        }

        if (entry.Ecosystem is { } ecosystem)
        {
            edited = edited.Set(path.Add("ecosystem"), TomlLiteral.Of(ecosystem));
        }

        return new(entry.IsDefault ? edited.Set(["default_registry"], TomlLiteral.Of(entry.Name)) : edited);
    }

    /// <summary>Takes a registry away; the default too, when it was that one.</summary>
    public RegistriesDocument Without(string name)
    {
        var edited = _document.Remove(["registries", name]);
        return new(edited.Find("default_registry") is TomlString { Value: var chosen } && chosen == name ? edited.Remove(["default_registry"]) : edited);
    }

    public RegistriesDocument WithDefault(string name) => new(_document.Set(["default_registry"], TomlLiteral.Of(name)));
}
