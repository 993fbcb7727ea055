using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>Folders relative to the project root, with `/`, without `.` parts; `..` only at the start. `.` is the root.</summary>
internal static class ProjectPath
{
    /// <summary>An absolute folder stays as it is.</summary>
    public static string Combine(string folder, string relative) =>
        relative.StartsWith('/') || (relative.Length > 1 && relative[1] == ':')
            ? relative
            : RelativeFolder.Join(folder, relative.Replace('\\', '/'));
}
