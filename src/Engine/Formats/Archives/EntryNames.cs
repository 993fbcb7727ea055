namespace Registry.Engine.Formats.Archives;

/// <summary>
/// The paths seen so far in one archive, compared as a system without letter case would. Finds what would overwrite
/// something, and reports each folder once, before what is in it.
/// </summary>
internal sealed class EntryNames(ArchiveRules rules, ArchiveSink sink)
{
    private readonly Dictionary<string, bool> _isFolder = new(StringComparer.OrdinalIgnoreCase);
    private string _lastFolder = "";
    private int _folders;

    /// <returns>Null when the path is new, otherwise why it is refused.</returns>
    public ArchiveReason? AddFile(string path)
    {
        if (AddParents(path) is { } fault)
        {
            return fault;
        }

        return _isFolder.TryAdd(path, false) ? null : Clash(path);
    }

    /// <summary>A folder may be named again: it stays the same folder.</summary>
    public ArchiveReason? AddFolder(string path) => AddParents(path) ?? AddOneFolder(path);

    private ArchiveReason? AddParents(string path)
    {
        var end = path.LastIndexOf('/');
        if (end < 0 || path.AsSpan(0, end).SequenceEqual(_lastFolder))
        {
            return null;
        }

        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (AddOneFolder(path.AsSpan(0, slash)) is { } fault)
            {
                return fault;
            }
        }

        _lastFolder = path[..end];
        return null;
    }

    private ArchiveReason? AddOneFolder(ReadOnlySpan<char> path)
    {
        if (_isFolder.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path, out var known, out var isFolder))
        {
            return !path.SequenceEqual(known) ? ArchiveReason.CaseCollision : isFolder ? null : ArchiveReason.Duplicate;
        }

        if (++_folders > rules.EntriesMax)
        {
            return ArchiveReason.TooManyEntries;
        }

        var name = path.ToString();
        _isFolder.Add(name, true);
        sink.Folder(name);
        return null;
    }

    private ArchiveReason Clash(string path)
    {
        _isFolder.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path, out var known, out _);
        return known == path ? ArchiveReason.Duplicate
            : rules.Manifests.Contains(path, StringComparer.OrdinalIgnoreCase) ? ArchiveReason.ManifestDuplicate
            : ArchiveReason.CaseCollision;
    }

    public bool HasFile(string path) =>
        _isFolder.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path, out var known, out var isFolder) && !isFolder && known == path;
}
