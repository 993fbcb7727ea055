using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Reads a dependency table: `name = "constraint"` and `name = { version, path, git, … }`.</summary>
internal sealed class DependencyReader(ManifestNotes notes)
{
    private const int FeaturesMax = 100;

    public IEnumerable<PlacedDependency> Read(TableReader table, DependencyGroup group)
    {
        var names = new Dictionary<PackageName, TomlEntry>();
        foreach (var entry in table.Table.Entries)
        {
            if (!PackageName.TryParse(entry.Key, out var local))
            {
                throw notes.Error(
                    entry.KeySpan, $"`{Printable.Clip(entry.Key, 80)}` in {table.Name} is not a package name",
                    "use letters, digits and single `-`, `_` or `.` between them, at most one `/`");
            }

            if (!names.TryAdd(local, entry))
            {
                throw notes.Error(entry.KeySpan, $"`{entry.Key}` and `{names[local].Key}` in {table.Name} are the same name", "keep one of the two");
            }

            yield return new PlacedDependency(ReadOne(table, entry, local, group), entry.KeySpan);
        }
    }

    private Dependency ReadOne(TableReader table, TomlEntry entry, PackageName local, DependencyGroup group)
    {
        switch (entry.Value)
        {
            case TomlString text:
                return new(local, ConstraintOf(text, entry.Key), group, DependencyOrigin.Feed.Routed);
            case TomlTable:
                var below = table.Below(entry, $"the dependency `{entry.Key}`");
                var dependency = below.Flag("workspace") == true ? ReadInherited(below, local, group) : ReadFull(below, local, group);
                below.WarnOfUnknown();
                return dependency;
            default:
                throw table.Mismatch(entry.Value, entry.Key, "a version constraint or a table");
        }
    }

    private static Dependency ReadInherited(TableReader table, PackageName local, DependencyGroup group) =>
        new(
            local, Constraint.Any, group, DependencyOrigin.Feed.Routed, null, table.Flag("optional") ?? false,
            table.Flag("default-features") ?? true, table.Texts("features", FeaturesMax))
        {
            IsInherited = true,
        };

    private Dependency ReadFull(TableReader table, PackageName local, DependencyGroup group)
    {
        var (name, alias) = (local, (string?)null);
        if (table.Find("package") is { } package)
        {
            var text = table.TextOf(package.Value, "package", PackageName.SegmentLengthMax * 2);
            if (!PackageName.TryParse(text, out var real))
            {
                throw notes.Error(package.Value.Span, $"`{Printable.Clip(text, 80)}` is not a package name", "write the name the package is published under");
            }

            (name, alias) = (real, real.Value == local.Value ? null : local.Value);
        }

        var constraint = table.Find("version") is { } version ? ConstraintOf(version.Value, local.Value) : null;
        var origin = new OriginReader(notes).Read(table);
        if (constraint is null && origin is DependencyOrigin.Feed)
        {
            throw notes.Error(
                table.Table.Span, $"the dependency `{local}` says neither which version nor where from", "add version = \"^1.0\", path = \"…\" or git = \"…\"");
        }

        return new(
            name, constraint ?? Constraint.Any, group, origin, alias, table.Flag("optional") ?? false,
            table.Flag("default-features") ?? true, table.Texts("features", FeaturesMax));
    }

    public Constraint ConstraintOf(TomlValue value, string name)
    {
        var text = (value as TomlString)?.Value;
        if (!Constraint.TryParse(text, out var constraint))
        {
            throw notes.Error(
                value.Span, $"`{Printable.Clip(text ?? value.KindName, 80)}` for `{name}` is not a version constraint",
                "write it like ^1.2, ~1.2.3, >=1.2, <2 or 1.*; `cairn help constraints` lists the forms");
        }

        return !constraint.Versions.IsEmpty
            ? constraint
            : throw notes.Error(value.Span, $"no version can satisfy `{constraint}` for `{name}`", "widen the range; `||` joins alternatives");
    }
}
