namespace Registry.Testing;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
public sealed class Sandbox : IDisposable
{
    public Sandbox()
    {
        Path = Directory.CreateTempSubdirectory("cairn-test-").FullName;
    }

    public string Path { get; }

    /// <summary>The full path of a file or folder inside, with `/` separators in the argument.</summary>
    public string At(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Writes a text file, making its folders.</summary>
    public string Write(string relativePath, string text)
    {
        var path = At(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        // Store content is read-only; make the folders writable so that they can go.
        if (!OperatingSystem.IsWindows())
        {
            foreach (var folder in Directory.EnumerateDirectories(Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            {
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        Directory.Delete(Path, recursive: true);
    }
}
