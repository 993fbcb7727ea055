using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Reads the tables of a manifest into values.</summary>
internal sealed class ManifestReader(TomlDocument document)
{
    public const int DependenciesMax = 500;

    private static readonly string[] DataTables = ["scripts", "capabilities", "build", "chaos", "access", "metadata"];

    private readonly ManifestNotes _notes = new(document);

    public ImmutableArray<Problem> Warnings => _notes.Warnings;

    public Manifest Read()
    {
        var root = new TableReader(document.Root, "the manifest", _notes);
        var package = root.Below("package") is { } table ? new PackageTableReader(_notes).Read(table) : null;
        var workspace = root.Below("workspace") is { } members ? new WorkspaceTableReader(_notes).Read(members) : null;
        if (package is null && workspace is null)
        {
            throw _notes.Error(
                new(0, 0), "the manifest has neither [package] nor [workspace]", "add [package] with name and version, or run `cairn init`");
        }

        var dependencies = ReadDependencies(root, package);
        var manifest = new Manifest
        {
            Package = package,
            Workspace = workspace,
            Dependencies = [.. dependencies.Select(d => d.Dependency)],
            Places = dependencies.ToImmutableDictionary(d => new DependencyKey(d.Dependency.Group, d.Dependency.LocalName), d => _notes.PlaceOf(d.Place)),
            Features = root.Below("features") is { } features
                ? new FeatureTableReader(_notes, [.. dependencies.Select(d => d.Dependency)]).Read(features)
                : Release.NoFeatures,
            Resolution = root.Below("resolution") is { } resolution ? new ResolutionTableReader(_notes).Read(resolution) : ResolutionTable.Default,
            Registries = ReadRegistries(root),
            Install = root.Below("install") is { } install ? ReadInstall(install) : InstallTable.Default,
            Profiles = ReadTools(root),
        };
        foreach (var key in DataTables)
        {
            root.Find(key);
        }

        root.WarnOfUnknown();
        return manifest;
    }

    private List<PlacedDependency> ReadDependencies(TableReader root, PackageMetadata? package)
    {
        var all = new List<PlacedDependency>();
        foreach (var group in (ReadOnlySpan<DependencyGroup>)[DependencyGroup.Normal, DependencyGroup.Build, DependencyGroup.Dev])
        {
            if (root.Below(ManifestTables.Of(group)) is { } table)
            {
                all.AddRange(new DependencyReader(_notes).Read(table, group));
            }
        }

        if (all.Count > DependenciesMax)
        {
            throw _notes.Error(all[DependenciesMax].Place, $"more than {DependenciesMax} dependencies", "split the package");
        }

        foreach (var (dependency, place) in all)
        {
            if (dependency.Name == package?.Name)
            {
                throw _notes.Error(place, $"`{dependency.LocalName}` is the package itself", "take it out; a package cannot depend on itself");
            }

            if (dependency is { Group: DependencyGroup.Dev, IsOptional: true })
            {
                throw _notes.Error(place, $"the development dependency `{dependency.LocalName}` cannot be optional", "take out optional = true, or move it to [dependencies]");
            }
        }

        return all;
    }

    private ImmutableArray<RegistryEntry> ReadRegistries(TableReader root)
    {
        var defaultName = root.Find("default_registry");
        return root.Below("registries") is { } table ? new RegistryTableReader(_notes).Read(table, defaultName, root) : [];
    }

    private InstallTable ReadInstall(TableReader table)
    {
        var directory = table.Text("directory") ?? InstallTable.Default.Directory;
        if (!RelativeFolder.IsBelow(directory))
        {
            throw _notes.Error(
                table.Find("directory")!.Value.Span, $"`{Printable.Clip(directory, 80)}` is not a folder inside the project", "write a folder below the manifest, for example \"packages\"");
        }

        var link = table.Choice("link", ManifestTables.LinkWords) ?? InstallTable.Default.Link;
        table.WarnOfUnknown();
        return new(directory, link);
    }

    private ImmutableSortedDictionary<string, ProfileTable> ReadTools(TableReader root)
    {
        var tools = new ToolTablesReader(_notes);
        var chaos = root.Below("chaos-profile");
        if (chaos is not null)
        {
            tools.CheckChaos(chaos);
        }

        if (root.Below("security") is { } security)
        {
            tools.CheckSecurity(security);
        }

        return root.Below("profile") is { } profiles ? tools.ReadProfiles(profiles, chaos) : new Manifest().Profiles;
    }
}
