using System.Runtime.CompilerServices;

namespace Registry.Testing;

/// <summary>Where the checkout and the data beside it are.</summary>
public static class Repository
{
    /// <summary>The folder with Registry.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// A file or folder of the shared data (`resolver/README.md`), or null when it is not beside the checkout. A test
    /// that needs it says so and stops: <c>Assert.SkipWhen(path is null, …)</c>.
    /// </summary>
    public static string? SharedData(string relativePath)
    {
        var path = Path.Combine(Root, "..", "shared", "data", relativePath);
        return Path.Exists(path) ? Path.GetFullPath(path) : null;
    }

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
