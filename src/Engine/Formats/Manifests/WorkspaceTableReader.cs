using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Reads `[workspace]`.</summary>
internal sealed class WorkspaceTableReader(ManifestNotes notes)
{
    public WorkspaceTable Read(TableReader table)
    {
        var members = table.Texts("members");
        var exclude = table.Texts("exclude");
        foreach (var (glob, key) in members.Select(m => (m, "members")).Concat(exclude.Select(e => (e, "exclude"))))
        {
            if (!RelativeFolder.IsBelow(glob.Replace('*', 'x').Replace('?', 'x')) && glob != ".")
            {
                throw notes.Error(
                    table.Find(key)!.Value.Span, $"`{Printable.Clip(glob, 80)}` in {key} is not a folder below this one", "write folders with `/`, `*` for any name: \"crates/*\"");
            }
        }

        var dependencies = table.Find("dependencies") is { } entry
            ? new DependencyReader(notes).Read(table.Below(entry, "[workspace.dependencies]"), DependencyGroup.Normal).ToList()
            : [];
        if (dependencies.Count > ManifestReader.DependenciesMax)
        {
            throw notes.Error(dependencies[0].Place, $"more than {ManifestReader.DependenciesMax} dependencies of the workspace", "split the workspace");
        }

        foreach (var (dependency, place) in dependencies)
        {
            if (dependency.IsInherited || dependency.IsOptional)
            {
                throw notes.Error(
                    place, $"`{dependency.LocalName}` in [workspace.dependencies] cannot be {(dependency.IsInherited ? "inherited" : "optional")}",
                    dependency.IsInherited ? "give it a version, path or git address" : "say optional = true in the member");
            }
        }

        table.Find("metadata");
        table.WarnOfUnknown();
        return new(members, exclude, [.. dependencies.Select(d => d.Dependency)]);
    }
}
