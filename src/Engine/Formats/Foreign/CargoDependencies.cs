using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>The dependency tables, features, patches and workspace of Cargo.toml.</summary>
internal sealed class CargoDependencies(TomlDocument document, CargoShared shared, ForeignRemarks remarks)
{
    private static readonly (string Key, DependencyGroup Group)[] Tables =
    [
        ("dependencies", DependencyGroup.Normal),
        ("build-dependencies", DependencyGroup.Build),
        ("dev-dependencies", DependencyGroup.Dev),
    ];

    private readonly List<Dependency> _dependencies = [];

    public ImmutableArray<Dependency> Read()
    {
        var root = new CargoTable(document.Root);
        foreach (var (key, group) in Tables)
        {
            ReadTable(key, root.Table(key), group, null);
        }

        foreach (var (target, value) in root.Table("target")?.All ?? [])
        {
            foreach (var (key, group) in Tables)
            {
                ReadTable($"target.{target}.{key}", value is TomlTable table ? new CargoTable(table).Table(key) : null, group, target);
            }
        }

        return [.. _dependencies];
    }

    public ImmutableSortedDictionary<string, ImmutableArray<string>> ReadFeatures()
    {
        var features = Release.NoFeatures.ToBuilder();
        foreach (var (name, value) in new CargoTable(document.Root).Table("features")?.All ?? [])
        {
            if (value is TomlArray array)
            {
                features[name] = [.. array.Items.OfType<TomlString>().Select(item => item.Value)];
            }
            else
            {
                remarks.LeftOut($"features.{name}", "it is not a list");
            }
        }

        return features.ToImmutable();
    }

    public WorkspaceTable? ReadWorkspace()
    {
        if (document.Find("workspace") is not TomlTable table)
        {
            return null;
        }

        var workspace = new CargoTable(table);
        foreach (var (key, _) in workspace.All)
        {
            if (key is not ("members" or "exclude" or "dependencies" or "package"))
            {
                remarks.LeftOut($"workspace.{key}", key is "resolver" ? "there is one resolver" : "it has no counterpart");
            }
        }

        var dependencies = new List<Dependency>();
        foreach (var (key, value) in workspace.Table("dependencies")?.All ?? [])
        {
            if (Read($"workspace.dependencies.{key}", key, value, DependencyGroup.Normal) is { } dependency)
            {
                dependencies.Add(dependency);
            }
        }

        return new(workspace.Texts("members"), workspace.Texts("exclude"), [.. dependencies]);
    }

    /// <summary>`[patch.REGISTRY] name = { git = … }`: the same package from elsewhere.</summary>
    public ImmutableArray<Override> ReadPatches()
    {
        var overrides = ImmutableArray.CreateBuilder<Override>();
        foreach (var (source, table) in new CargoTable(document.Root).Table("patch")?.All ?? [])
        {
            foreach (var (key, value) in table is TomlTable patches ? new CargoTable(patches).All : [])
            {
                var place = $"patch.{source}.{key}";
                var dependency = Read(place, key, value, DependencyGroup.Normal);
                if (dependency is null or { Origin: DependencyOrigin.Feed } || overrides.Any(known => known.Name == dependency.Name))
                {
                    remarks.LeftOut(place, "only one patch of a package, from a path or git, has a counterpart");
                }
                else
                {
                    overrides.Add(new(dependency.Name, dependency.Constraint, dependency.Origin, $"from [patch.{Printable.Clip(source, 60)}]", null));
                }
            }
        }

        return overrides.ToImmutable();
    }

    private void ReadTable(string place, CargoTable? table, DependencyGroup group, string? target)
    {
        foreach (var (key, value) in table?.All ?? [])
        {
            if (Read($"{place}.{key}", key, value, group) is { } dependency)
            {
                Take($"{place}.{key}", dependency, target);
            }
        }
    }

    private void Take(string place, Dependency dependency, string? target)
    {
        var index = _dependencies.FindIndex(known => known.Group == dependency.Group && known.LocalName == dependency.LocalName);
        if (index < 0)
        {
            _dependencies.Add(dependency);
            if (target is not null)
            {
                remarks.Changed(place, "needed on one platform there, on every one here");
            }

            return;
        }

        // The same dependency for several platforms, or with more features on one of them.
        var known = _dependencies[index];
        var isSame = known.Name == dependency.Name && known.Constraint.Equals(dependency.Constraint) && known.Origin == dependency.Origin;
        remarks.Changed(place, isSame ? "joined with the other entry of that name" : "another entry of that name came first; its version counts");
        _dependencies[index] = known with
        {
            IsOptional = known.IsOptional && dependency.IsOptional,
            UsesDefaultFeatures = known.UsesDefaultFeatures || dependency.UsesDefaultFeatures,
            Features = [.. known.Features.Union(dependency.Features, StringComparer.Ordinal)],
        };
    }

    private Dependency? Read(string place, string key, TomlValue value, DependencyGroup group)
    {
        if (value is TomlString text)
        {
            return Plain(place, key, text.Value, group);
        }

        if (value is not TomlTable table)
        {
            remarks.LeftOut(place, "it is neither a version nor a table");
            return null;
        }

        var own = new CargoTable(table);
        return own.Flag("workspace") == true ? Inherited(place, key, own, group) : Full(place, key, own, group, ".");
    }

    private Dependency? Plain(string place, string key, string version, DependencyGroup group)
    {
        if (!PackageName.TryParse(key, out var name) || !Constraint.TryParse(version, out var constraint))
        {
            remarks.LeftOut(place, PackageName.TryParse(key, out _) ? $"`{Printable.Clip(version, 60)}` is no version range" : "its name is no package name here");
            return null;
        }

        return new(name, constraint, group, DependencyOrigin.Feed.Routed);
    }

    /// <summary>The workspace's entry, with the features of both.</summary>
    private Dependency? Inherited(string place, string key, CargoTable own, DependencyGroup group)
    {
        var above = shared.Dependencies?.Find(key) switch
        {
            TomlString text => Plain(place, key, text.Value, group),
            TomlTable table => Full(place, key, new(table), group, shared.Folder),
            _ => null,
        };
        if (above is null)
        {
            remarks.LeftOut(place, "it is inherited, and the workspace's Cargo.toml is not at hand or does not have it");
            return null;
        }

        return above with
        {
            IsOptional = own.Flag("optional") ?? false,
            UsesDefaultFeatures = above.UsesDefaultFeatures || own.Flag("default-features") == true,
            Features = [.. above.Features.Union(own.Texts("features"), StringComparer.Ordinal)],
        };
    }

    private Dependency? Full(string place, string key, CargoTable table, DependencyGroup group, string folder)
    {
        var text = table.Text("package") ?? key;
        var version = table.Text("version");
        Constraint? constraint = null;
        if (!PackageName.TryParse(text, out var name) || (version is not null && !Constraint.TryParse(version, out constraint)))
        {
            remarks.LeftOut(place, PackageName.TryParse(text, out _) ? $"`{Printable.Clip(version!, 60)}` is no version range" : "its name is no package name here");
            return null;
        }

        foreach (var (field, _) in table.All)
        {
            if (field.Replace('_', '-') is "public" or "artifact" or "lib" or "target" or "registry-index" or "base")
            {
                remarks.LeftOut($"{place}.{field}", "it has no counterpart");
            }
        }

        return new(
            name, constraint ?? Constraint.Any, group, Origin(place, table, folder), name.Value == key ? null : key,
            table.Flag("optional") ?? false, table.Flag("default-features") ?? true, table.Texts("features"));
    }

    private DependencyOrigin Origin(string place, CargoTable table, string folder)
    {
        if (table.Text("path") is { } path)
        {
            path = path.Replace('\\', '/');
            return new DependencyOrigin.Path(RelativeFolder.IsAllowed(path) ? RelativeFolder.Join(folder, path) : path);
        }

        if (table.Text("git") is { } git)
        {
            var reference = table.Text("tag") is { } tag ? new GitReference(GitReferenceKind.Tag, tag)
                : table.Text("branch") is { } branch ? new(GitReferenceKind.Branch, branch)
                : table.Text("rev") is { } revision ? new(GitReferenceKind.Revision, revision)
                : GitReference.Default;
            return new DependencyOrigin.Git(git, reference);
        }

        if (table.Text("registry") is { } registry)
        {
            remarks.Changed($"{place}.registry", $"the registry `{Printable.Clip(registry, 60)}` needs an address: `cairn registry add {Printable.Clip(registry, 60)} URL`");
            return new DependencyOrigin.Feed(registry);
        }

        return DependencyOrigin.Feed.Routed;
    }
}
