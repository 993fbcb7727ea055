using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Writes dependencies and overrides into a manifest, changing only the keys that differ.</summary>
internal sealed class DependencyEdit(ManifestDocument manifest)
{
    private static readonly string[] Keys =
        ["workspace", "package", "version", "path", "git", "tag", "branch", "rev", "registry", "optional", "default-features", "features"];

    public TomlDocument Set(Dependency dependency) => Set([ManifestDocument.TableName(dependency.Group)], dependency);

    public TomlDocument Set(ImmutableArray<string> table, Dependency dependency) =>
        Set(table.Add(manifest.KeyOf(table.AsSpan(), dependency.LocalName)), Fields(dependency), Keys);

    public TomlDocument Set(Override value)
    {
        var fields = new List<(string Key, TomlLiteral Value)>();
        AddVersion(fields, value.Constraint, value.Origin);
        AddOrigin(fields, value.Origin);
        if (value.Reason is { } reason)
        {
            fields.Add(("reason", TomlLiteral.Of(reason)));
        }

        ImmutableArray<string> table = ["resolution", "overrides"];
        return Set(table.Add(manifest.KeyOf(table.AsSpan(), value.Name.Value)), fields, [.. Keys, "reason"]);
    }

    private TomlDocument Set(ImmutableArray<string> path, List<(string Key, TomlLiteral Value)> fields, IEnumerable<string> keys)
    {
        var document = manifest.Toml;
        if (document.Find(path.AsSpan()) is not TomlTable table)
        {
            var isShort = fields is [("version", _)];
            return document.Set(path, isShort ? fields[0].Value : TomlLiteral.Inline(fields), ManifestTables.Order, TomlKeyOrder.KeepSorted);
        }

        foreach (var key in keys.SelectMany(key => new[] { key, key.Replace('-', '_') }).Distinct())
        {
            var wanted = fields.Find(field => field.Key.Replace('-', '_') == key.Replace('-', '_')).Value;
            if (table[key] is { } present)
            {
                document = wanted is null ? document.Remove(path.Add(key)) : IsSame(present, wanted) ? document : document.Set(path.Add(key), wanted);
            }
        }

        return fields
            .Where(field => table[field.Key] is null && table[field.Key.Replace('-', '_')] is null)
            .Aggregate(document, (edited, field) => edited.Set(path.Add(field.Key), field.Value));
    }

    private static List<(string Key, TomlLiteral Value)> Fields(Dependency dependency)
    {
        var fields = new List<(string Key, TomlLiteral Value)>();
        if (dependency.IsInherited)
        {
            fields.Add(("workspace", TomlLiteral.Of(true)));
        }
        else
        {
            AddVersion(fields, dependency.Constraint, dependency.Origin);
            AddOrigin(fields, dependency.Origin);
        }

        if (dependency is { IsInherited: false, Alias: not null })
        {
            fields.Add(("package", TomlLiteral.Of(dependency.Name.Value)));
        }

        if (dependency.IsOptional)
        {
            fields.Add(("optional", TomlLiteral.Of(true)));
        }

        if (!dependency.UsesDefaultFeatures)
        {
            fields.Add(("default-features", TomlLiteral.Of(false)));
        }

        if (!dependency.Features.IsEmpty)
        {
            fields.Add(("features", TomlLiteral.Array(dependency.Features)));
        }

        return fields;
    }

    private static void AddVersion(List<(string Key, TomlLiteral Value)> fields, Constraint constraint, DependencyOrigin origin)
    {
        if (origin is DependencyOrigin.Feed || !constraint.Versions.IsAll)
        {
            fields.Add(("version", TomlLiteral.Of(constraint.Text)));
        }
    }

    private static void AddOrigin(List<(string Key, TomlLiteral Value)> fields, DependencyOrigin origin)
    {
        switch (origin)
        {
            case DependencyOrigin.Feed { Registry: { } registry }:
                fields.Add(("registry", TomlLiteral.Of(registry)));
                break;
            case DependencyOrigin.Path path:
                fields.Add(("path", TomlLiteral.Of(path.Folder)));
                break;
            case DependencyOrigin.Git git:
                fields.Add(("git", TomlLiteral.Of(git.Url)));
                AddReference(fields, git.Reference);
                break;
        }
    }

    private static void AddReference(List<(string Key, TomlLiteral Value)> fields, GitReference reference)
    {
        if (reference.Kind != GitReferenceKind.DefaultBranch)
        {
            var key = reference.Kind switch { GitReferenceKind.Tag => "tag", GitReferenceKind.Branch => "branch", _ => "rev" };
            fields.Add((key, TomlLiteral.Of(reference.Name)));
        }
    }

    /// <summary>Whether a value already says what is wanted, so that its way of writing stays.</summary>
    private static bool IsSame(TomlValue present, TomlLiteral wanted) => present switch
    {
        TomlString text => TomlLiteral.Of(text.Value).Text == wanted.Text,
        TomlBoolean flag => TomlLiteral.Of(flag.Value).Text == wanted.Text,
        TomlArray array when array.Items.All(item => item is TomlString) => TomlLiteral.Array(array.Items.Select(item => ((TomlString)item).Value)).Text == wanted.Text,
        _ => false,
    };
}
