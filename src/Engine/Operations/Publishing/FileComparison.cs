using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>The files of a package beside those of the release before.</summary>
internal static class FileComparison
{
    /// <summary>Differences named one by one; beyond that only the numbers are.</summary>
    private const int NamedMax = 200;

    private static readonly string[] TextEndings = [".md", ".txt", ".adoc", ".rst"];

    /// <param name="after">Path with size and CRC-32, as the store has them.</param>
    public static IEnumerable<PackageChange> Of(StoredTree before, IReadOnlyDictionary<string, (long Size, uint Checksum)> after, string manifest)
    {
        var old = before.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        var changes = new List<PackageChange>();
        foreach (var (path, now) in after.Where(file => file.Key != manifest))
        {
            if (!old.TryGetValue(path, out var kept))
            {
                changes.Add(new('+', path, IsText(path) ? VersionStep.Patch : VersionStep.Minor));
            }
            else if (kept.Size != now.Size || kept.Checksum != now.Checksum)
            {
                changes.Add(new('~', path, VersionStep.Patch));
            }
        }

        // A file that is gone may be one that others use; only its author knows, so it asks for a minor step and says so.
        changes.AddRange(old.Keys.Where(path => path != manifest && !after.ContainsKey(path))
            .Select(path => new PackageChange('-', path, IsText(path) ? VersionStep.Patch : VersionStep.Minor)));
        return changes.Count <= NamedMax ? changes : Shortened(changes);
    }

    private static IEnumerable<PackageChange> Shortened(List<PackageChange> changes)
    {
        changes.Sort(static (a, b) => b.Step.CompareTo(a.Step));
        return changes.Take(NamedMax).Append(new('~', $"{changes.Count - NamedMax} more files", VersionStep.Patch));
    }

    private static bool IsText(string path) =>
        TextEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) || Path.GetFileName(path).StartsWith("LICEN", StringComparison.OrdinalIgnoreCase);
}
