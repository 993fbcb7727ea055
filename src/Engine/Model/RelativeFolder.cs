namespace Registry.Engine.Model;

/// <summary>Folders as files name them: relative, with `/`, the same on every system.</summary>
public static class RelativeFolder
{
    public static bool IsAllowed(string folder) =>
        folder.Length is > 0 and <= 1024 && folder[0] is not ('/' or '~')
        && folder.All(c => c >= ' ' && c is not ('\u007F' or '\\' or ':' or '"' or '<' or '>' or '|' or '?' or '*'));

    /// <summary>Relative, and not above or the same as the folder it is relative to.</summary>
    public static bool IsBelow(string folder) =>
        IsAllowed(folder) && folder.Split('/').All(part => part is not (".." or "." or ""));

    /// <summary>A folder seen from another one, with `.` and `..` worked out: (`crates/a`, `../b`) is `crates/b`. `.` when nothing is left.</summary>
    public static string Join(string from, string folder)
    {
        var parts = new List<string>();
        foreach (var part in from.Split('/').Concat(folder.Split('/')))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? "." : string.Join('/', parts);
    }
}
