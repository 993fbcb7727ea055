using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>Folders relative to the project root, with `/`, without `.` parts; `..` only at the start. `.` is the root.</summary>
internal static class ProjectPath
{
    /// <summary>An absolute folder stays as it is.</summary>
    public static string Combine(string folder, string relative) =>
        IsAbsolute(relative)
            ? relative
            : RelativeFolder.Join(folder, relative.Replace('\\', '/'));

    /// <summary>A folder as seen from another; both relative to the project root, and an absolute one stays as it is.</summary>
    public static string Relative(string from, string folder)
    {
        var to = Combine(".", folder);
        if (IsAbsolute(to))
        {
            return to;
        }

        string[] start = from == "." ? [] : from.Split('/');
        string[] end = to == "." ? [] : to.Split('/');
        var common = 0;
        while (common < start.Length && common < end.Length && start[common] == end[common])
        {
            common++;
        }

        var parts = Enumerable.Repeat("..", start.Length - common).Concat(end.Skip(common)).ToList();
        return parts.Count == 0 ? "." : string.Join('/', parts);
    }

    private static bool IsAbsolute(string folder) => folder.StartsWith('/') || (folder.Length > 1 && folder[1] == ':');
}
