using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Store;

/// <summary>
/// Which project uses which trees: one text file per project, its folder in the first line and a key in each further
/// one. Written at every install, so that a collection knows what is in use without reading anyone's lockfile.
/// </summary>
internal sealed class ProjectRecords(string folder)
{
    /// <returns>Trees that the project used up to now and no longer uses.</returns>
    public IReadOnlyCollection<StoreKey> Replace(string project, IEnumerable<StoreKey> keys)
    {
        var used = keys.ToHashSet();
        var text = new StringBuilder(project).Append('\n');
        foreach (var key in used.OrderBy(key => key.ToString(), StringComparer.Ordinal))
        {
            text.Append(key).Append('\n');
        }

        var path = Path.Combine(folder, ContentHash.Of(Encoding.UTF8.GetBytes(project)).Hex[..32]);
        var before = Read(path);
        Directory.CreateDirectory(folder);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()), Durability.Fast);
        return before is null ? [] : [.. before.Value.Keys.Where(key => !used.Contains(key))];
    }

    /// <summary>All projects whose folder still exists.</summary>
    public IEnumerable<(string Project, IReadOnlyList<StoreKey> Keys)> Living()
    {
        foreach (var path in Paths())
        {
            if (Read(path) is { } record && Directory.Exists(record.Project))
            {
                yield return record;
            }
        }
    }

    /// <summary>Removes the records of projects that are gone.</summary>
    public void Prune()
    {
        foreach (var path in Paths())
        {
            if (Read(path) is not { } record || !Directory.Exists(record.Project))
            {
                File.Delete(path);
            }
        }
    }

    private string[] Paths() => Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)] : [];

    private static (string Project, IReadOnlyList<StoreKey> Keys)? Read(string path)
    {
        if (!File.Exists(path) || File.ReadAllLines(path) is not [var project, .. var lines])
        {
            return null;
        }

        var keys = new List<StoreKey>(lines.Length);
        foreach (var line in lines)
        {
            if (StoreKey.TryParse(line, out var key))
            {
                keys.Add(key);
            }
        }

        return (project, keys);
    }
}
