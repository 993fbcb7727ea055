using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>Writes a foreign manifest as a `cairn.toml` of its own.</summary>
public static class ForeignManifestText
{
    /// <param name="source">The file it comes from, for the first line.</param>
    /// <param name="installDirectory">Written as `[install] directory` when given.</param>
    /// <returns>Text that <see cref="ManifestDocument.Parse(string, string)"/> reads.</returns>
    public static string Write(ForeignManifest foreign, string source, string? installDirectory = null)
    {
        var text = new StringBuilder($"# Carried over from {Printable.Clip(source, 200)}.\n");
        WriteTable(text, "package", Package(foreign.Manifest.Package));
        if (foreign.Manifest.Workspace is { } workspace)
        {
            WriteTable(text, "workspace",
            [
                ("members", TomlLiteral.Array(workspace.Members)),
                .. workspace.Exclude.IsEmpty ? [] : new[] { ("exclude", TomlLiteral.Array(workspace.Exclude)) },
            ]);
        }

        var document = ManifestDocument.Parse(text.ToString(), "cairn.toml");
        document = foreign.Manifest.Dependencies.Aggregate(document, (edited, dependency) => edited.WithDependency(dependency));
        document = foreign.Manifest.Resolution.Overrides.Aggregate(document, (edited, value) => edited.WithOverride(value));
        return With(document, foreign, installDirectory).Text;
    }

    private static ManifestDocument With(ManifestDocument document, ForeignManifest foreign, string? installDirectory)
    {
        foreach (var dependency in foreign.Manifest.Workspace?.Dependencies ?? [])
        {
            document = document.With(["workspace", "dependencies", dependency.LocalName], Literal(dependency));
        }

        // Features first name what later ones turn on, so all go in at once.
        if (!foreign.Manifest.Features.IsEmpty)
        {
            var table = new StringBuilder(document.Text);
            WriteTable(table, "features", foreign.Manifest.Features.Select(feature => (feature.Key, TomlLiteral.Array(feature.Value))));
            document = ManifestDocument.Parse(table.ToString(), document.File);
        }

        if (foreign.Manifest.Resolution.Duplicates != ResolutionTable.Default.Duplicates)
        {
            document = document.WithDuplicates(foreign.Manifest.Resolution.Duplicates);
        }

        if (installDirectory is not null)
        {
            document = document.With(["install", "directory"], TomlLiteral.Of(installDirectory));
        }

        return foreign.Scripts.Aggregate(document, (edited, script) => edited.With(["scripts", script.Key], TomlLiteral.Of(script.Value)));
    }

    private static TomlLiteral Literal(Dependency dependency)
    {
        // The manifest's own editor knows how to write a dependency; a scratch document lends it.
        var scratch = ManifestDocument.Parse("[workspace]\nmembers = []\n", "cairn.toml").WithDependency(dependency with { Group = DependencyGroup.Normal });
        var value = scratch.Toml.Find("dependencies", dependency.LocalName)!;
        return value is TomlString text ? TomlLiteral.Of(text.Value) : TomlLiteral.Inline(Fields((TomlTable)value));
    }

    private static IEnumerable<(string Key, TomlLiteral Value)> Fields(TomlTable table) => table.Entries.Select(entry => (entry.Key, entry.Value switch
    {
        TomlString text => TomlLiteral.Of(text.Value),
        TomlBoolean flag => TomlLiteral.Of(flag.Value),
        TomlArray array => TomlLiteral.Array(array.Items.OfType<TomlString>().Select(item => item.Value)),
        var other => throw new InvalidOperationException($"a dependency has no {other.KindName}"),
    }));

    private static IEnumerable<(string Key, TomlLiteral Value)> Package(PackageMetadata? package)
    {
        if (package is null)
        {
            yield break;
        }

        yield return ("name", TomlLiteral.Of(package.Name.Value));
        yield return ("version", TomlLiteral.Of(package.Version.ToString()));
        foreach (var (key, value) in new[]
        {
            ("description", package.Description), ("license", package.License), ("repository", package.Repository),
            ("homepage", package.Homepage), ("documentation", package.Documentation), ("readme", package.Readme),
            ("edition", package.Edition), ("links", package.Links),
        })
        {
            if (value is not null)
            {
                yield return (key, TomlLiteral.Of(value));
            }
        }

        foreach (var (key, values) in new[]
        {
            ("authors", package.Authors), ("keywords", package.Keywords), ("categories", package.Categories),
            ("include", package.Include), ("exclude", package.Exclude),
        })
        {
            if (!values.IsEmpty)
            {
                yield return (key, TomlLiteral.Array(values));
            }
        }

        foreach (var (name, constraint) in package.Engines)
        {
            yield return ($"{name}-version", TomlLiteral.Of(constraint.Text));
        }

        if (package.IsPrivate)
        {
            yield return ("private", TomlLiteral.Of(true));
        }
    }

    private static void WriteTable(StringBuilder text, string name, IEnumerable<(string Key, TomlLiteral Value)> entries)
    {
        var lines = entries.Select(entry => $"{TomlLiteral.Key(entry.Key)} = {entry.Value.Text}\n").ToArray();
        if (lines.Length > 0)
        {
            text.Append('\n').Append('[').Append(name).Append("]\n").AppendJoin("", lines);
        }
    }
}
