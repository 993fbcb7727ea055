using System.Runtime.CompilerServices;

namespace Registry.Testing;

/// <summary>Expected text in a file beside the test. `UPDATE_SNAPSHOTS=1` rewrites the files; the difference is then reviewed in git.</summary>
public static class Snapshot
{
    /// <summary>The stored text, or the actual one after storing it when snapshots are being updated. Compare with it.</summary>
    /// <param name="name">The file's name without its ending, in a folder `Goldens` beside the calling test.</param>
    public static string Expected(string name, string actual, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, "Goldens", name + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        return File.Exists(path) ? File.ReadAllText(path) : $"(no snapshot at {path}: run with UPDATE_SNAPSHOTS=1)";
    }
}
