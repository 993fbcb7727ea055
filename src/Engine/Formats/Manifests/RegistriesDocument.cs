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

    /// <summary>Makes a registry that is there be as given; the default moves to it, never away from it.</summary>
    public RegistriesDocument Changed(RegistryEntry entry)
    {
        ImmutableArray<string> path = ["registries", entry.Name];
        var edited = With(entry)._document;
        edited = entry.Packages.IsEmpty ? edited.Remove(path.Add("packages")) : edited;
        return new(entry.AllowInsecure ? edited : edited.Remove(path.Add("allow_insecure")));
    }

    /// <summary>Changes the places of two registries, each with its comments.</summary>
    /// <exception cref="ProblemException">TomlInvalid when they are written in two different ways.</exception>
    public RegistriesDocument Swapped(string first, string second)
    {
        var (a, b) = (Stretch(first), Stretch(second));
        if (a is not { } one || b is not { } other || (one.Span.Start < other.Span.End && other.Span.Start < one.Span.End) || one.IsTable != other.IsTable)
        {
            throw new Problem(
                ProblemCode.TomlInvalid, $"`{first}` and `{second}` are written in different ways in {_document.File}, so they cannot change places",
                $"give each a table of its own: [registries.{first}]").Raise();
        }

        var (upper, lower) = one.Span.Start < other.Span.Start ? (one.Span, other.Span) : (other.Span, one.Span);
        var text = Text;
        return Parse(
            string.Concat(text[..upper.Start], Ended(text[lower.Start..lower.End]), text[upper.End..lower.Start], text[upper.Start..upper.End], text[lower.End..]),
            _document.File);
    }

    /// <summary>The lines of a registry with the comments above it: its own table up to the next, or its line.</summary>
    private (TomlSpan Span, bool IsTable)? Stretch(string name)
    {
        for (var i = 0; i < _document.Headers.Count; i++)
        {
            var header = _document.Headers[i];
            if (header.Path is [{ Name: "registries" }, { Name: var own }] && own == name)
            {
                var end = i + 1 < _document.Headers.Count ? WithComments(_document.Headers[i + 1].Span.Start) : Text.Length;
                return (new(WithComments(header.Span.Start), end), true);
            }
        }

        var entry = (_document.Find("registries") as TomlTable)?.Find(name);
        if (entry is null || entry.Value is TomlTable { Kind: not TomlTableKind.Inline })
        {
            return null;
        }

        var lineEnd = Text.IndexOf('\n', entry.Value.Span.End);
        return (new(WithComments(entry.KeySpan.Start), lineEnd < 0 ? Text.Length : lineEnd + 1), false);
    }

    /// <summary>The start of the line, or of the comment lines right above it.</summary>
    private int WithComments(int at)
    {
        var start = Text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        while (start > 1)
        {
            var above = Text.LastIndexOf('\n', start - 2) + 1;
            if (!Text.AsSpan(above, start - above).TrimStart().StartsWith("#"))
            {
                break;
            }

            start = above;
        }

        return start;
    }

    private static string Ended(string stretch) => stretch.EndsWith('\n') ? stretch : stretch + "\n";

    /// <summary>Takes a registry away; the default too, when it was that one.</summary>
    public RegistriesDocument Without(string name)
    {
        var edited = _document.Remove(["registries", name]);
        return new(edited.Find("default_registry") is TomlString { Value: var chosen } && chosen == name ? edited.Remove(["default_registry"]) : edited);
    }

    public RegistriesDocument WithDefault(string name) => new(_document.Set(["default_registry"], TomlLiteral.Of(name)));
}
