using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>Understands the entries of a lockfile: names, versions, hashes, and which package each edge means.</summary>
internal sealed class LockfileBuilder(string text, string file, LockfileEntries entries)
{
    private readonly Dictionary<PackageName, List<int>> _byName = [];
    private readonly Dictionary<string, PackageName> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PackageSource> _sources = new(StringComparer.Ordinal);
    private readonly PackageId[] _ids = new PackageId[entries.Packages.Count];

    public Lockfile Build()
    {
        if (entries.Packages.Count > LockfileText.PackagesMax)
        {
            throw Invalid(entries.Packages[LockfileText.PackagesMax], $"more than {LockfileText.PackagesMax} packages");
        }

        if (entries.Settings.Count > LockfileText.ListMax)
        {
            throw new Problem(ProblemCode.LockfileInvalid, $"the lockfile has more than {LockfileText.ListMax} settings", LockfileText.RepairHint).Raise();
        }

        for (var i = 0; i < _ids.Length; i++)
        {
            Identify(i);
        }

        var packages = ImmutableArray.CreateBuilder<LockedPackage>(_ids.Length);
        for (var i = 0; i < _ids.Length; i++)
        {
            packages.Add(Understand(entries.Packages[i], _ids[i]));
        }

        return LockfileOrder.Sorted(new(entries.Root, packages.MoveToImmutable()) { Settings = [.. entries.Settings] });
    }

    private void Identify(int index)
    {
        var entry = entries.Packages[index];
        var name = NameOf(entry.Name) ?? throw Invalid(entry, $"{Shown(entry.Name)} is not a package name");
        if (!SemanticVersion.TryParse(entry.Version, out var version))
        {
            throw Invalid(entry, $"{Shown(entry.Version)} is not the version of `{name}`");
        }

        if (!_byName.TryGetValue(name, out var versions))
        {
            _byName.Add(name, versions = new(1));
        }

        if (versions.Exists(other => _ids[other].Version == version))
        {
            throw Invalid(entry, $"`{name} {version}` is in the lockfile twice");
        }

        versions.Add(index);
        _ids[index] = new(name, version);
    }

    private LockedPackage Understand(LockfileEntry entry, PackageId id)
    {
        if (entry.Features.Count > LockfileText.ListMax || entry.Edges.Count > LockfileText.ListMax)
        {
            throw Invalid(entry, $"`{id}` has more than {LockfileText.ListMax} features or dependencies");
        }

        return new(
            id, SourceOf(entry, id), ChecksumOf(entry, id), TreeOf(entry, id), [.. entry.Features],
            [.. entry.Edges.Select(edge => Edge(entry, id, edge.Group, edge.Text))]);
    }

    private PackageSource SourceOf(LockfileEntry entry, PackageId id)
    {
        // gal.lock of the founding document does not record sources: everything came from the one registry.
        var text = entry.Source ?? $"feed+{LockfileText.UnrecordedRegistry}";
        if (!_sources.TryGetValue(text, out var source))
        {
            source = PackageSourceText.TryParse(text, out var read) ? read : throw Invalid(entry, $"{Shown(text)} is not a source for `{id}`");
            _sources.Add(text, source);
        }

        return source;
    }

    /// <summary>An elided hash, as in the founding document (`sha256:abc123...`), is one that was not recorded.</summary>
    private ContentHash? ChecksumOf(LockfileEntry entry, PackageId id) =>
        entry.Checksum is null || (entry.Source is null && entry.Checksum.EndsWith("...", StringComparison.Ordinal)) ? null
        : ContentHash.TryParse(entry.Checksum, out var hash) ? hash
        : throw Invalid(entry, $"{Shown(entry.Checksum)} is not the checksum of `{id}`");

    private TreeHash? TreeOf(LockfileEntry entry, PackageId id) =>
        entry.Tree is null ? null
        : TreeHash.TryParse(entry.Tree, out var hash) ? hash
        : throw Invalid(entry, $"{Shown(entry.Tree)} is not the tree hash of `{id}`");

    /// <summary>`name`, `name version`, either with ` as alias`.</summary>
    private LockedDependency Edge(LockfileEntry entry, PackageId id, DependencyGroup group, string edge)
    {
        var (target, alias) = edge.IndexOf(" as ", StringComparison.Ordinal) is > 0 and var at ? (edge[..at], edge[(at + 4)..]) : (edge, null);
        var space = target.IndexOf(' ', StringComparison.Ordinal);
        var name = NameOf(space < 0 ? target : target[..space]);
        if (name is null || !_byName.TryGetValue(name, out var versions) || (alias is not null && NameOf(alias) is null))
        {
            throw Invalid(entry, $"`{id}` depends on {Shown(edge)}, which is not in the lockfile");
        }

        var version = space < 0 ? null : target[(space + 1)..];
        var matching = version is null
            ? versions
            : SemanticVersion.TryParse(version, out var exact) ? versions.FindAll(index => _ids[index].Version == exact) : [];
        if (matching.Count != 1)
        {
            throw Invalid(entry, matching.Count == 0
                ? $"`{id}` depends on {Shown(edge)}, which is not in the lockfile"
                : $"`{id}` depends on {Shown(edge)}, and the lockfile has several versions of it");
        }

        return new(alias ?? _ids[matching[0]].Name.Value, _ids[matching[0]], group);
    }

    private PackageName? NameOf(string? written)
    {
        if (written is null || _names.TryGetValue(written, out var name))
        {
            return written is null ? null : _names[written];
        }

        if (PackageName.TryParse(written, out name))
        {
            _names.Add(written, name);
        }

        return name;
    }

    private static string Shown(string? text) => text is null ? "nothing" : $"`{Printable.Clip(text, 100)}`";

    private ProblemException Invalid(LockfileEntry entry, string message) => new Problem(
        ProblemCode.LockfileInvalid, message, LockfileText.RepairHint, TomlPlaces.At(text, file, entry.Offset)).Raise();
}
