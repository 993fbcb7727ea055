using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Reads where a dependency comes from: `path`, `git` with `tag`, `branch` or `rev`, `registry`, or none of them.</summary>
internal sealed class OriginReader(ManifestNotes notes)
{
    public DependencyOrigin Read(TableReader table)
    {
        var (path, git, registry) = (table.Find("path"), table.Find("git"), table.Find("registry"));
        if (new[] { path, git, registry }.OfType<TomlEntry>().Skip(1).FirstOrDefault() is { } second)
        {
            throw notes.Error(second.KeySpan, $"{table.Name} names two sources", "keep one of path, git and registry");
        }

        var reference = ReadReference(table, git);
        return path is not null ? new DependencyOrigin.Path(Folder(table, path))
            : git is not null ? new DependencyOrigin.Git(Address(table, git), reference)
            : registry is not null ? new DependencyOrigin.Feed(table.TextOf(registry.Value, "registry", PackageName.SegmentLengthMax))
            : DependencyOrigin.Feed.Routed;
    }

    private GitReference ReadReference(TableReader table, TomlEntry? git)
    {
        TomlEntry? chosen = null;
        foreach (var key in (ReadOnlySpan<string>)["tag", "branch", "rev"])
        {
            if (table.Find(key) is not { } entry)
            {
                continue;
            }

            if (git is null || chosen is not null)
            {
                throw git is null
                    ? notes.Error(entry.KeySpan, $"`{key}` in {table.Name} needs a git address", "add git = \"https://…\"")
                    : notes.Error(entry.KeySpan, $"{table.Name} names two git references", "keep one of tag, branch and rev");
            }

            chosen = entry;
        }

        if (chosen is null)
        {
            return GitReference.Default;
        }

        var name = table.TextOf(chosen.Value, chosen.Key, GitAddress.ReferenceLengthMax);
        return GitAddress.IsReference(name)
            ? new(chosen.Key switch { "tag" => GitReferenceKind.Tag, "branch" => GitReferenceKind.Branch, _ => GitReferenceKind.Revision }, name)
            : throw notes.Error(chosen.Value.Span, $"`{Printable.Clip(name, 80)}` is not a git reference", $"write the {chosen.Key} as git shows it");
    }

    private string Address(TableReader table, TomlEntry git)
    {
        var address = table.TextOf(git.Value, "git", GitAddress.LengthMax);
        return GitAddress.IsAllowed(address)
            ? address
            : throw notes.Error(
                git.Value.Span, $"`{Printable.Clip(address, 80)}` is not a git address that may be used", "write https://…, ssh://…, git://…, file:///… or user@host:path, without a password");
    }

    private string Folder(TableReader table, TomlEntry path)
    {
        var folder = table.TextOf(path.Value, "path", 1024);
        return RelativeFolder.IsAllowed(folder)
            ? folder
            : throw notes.Error(
                path.Value.Span, $"`{Printable.Clip(folder, 80)}` is not a relative folder", "write it relative to this file, with `/`: \"../name\"");
    }
}
