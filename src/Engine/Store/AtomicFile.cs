namespace Registry.Engine.Store;

/// <summary>Whether a write survives a power cut, or only a killed process.</summary>
public enum Durability
{
    /// <summary>On the disk before it is named. For what others rely on.</summary>
    Synced,

    /// <summary>For caches and bulk work that can be done again.</summary>
    Fast,
}

/// <summary>Files that appear whole or not at all: written beside their place, then renamed.</summary>
internal static class AtomicFile
{
    private const int NamesTriedMax = 10_000;

    public static void Write(string path, ReadOnlySpan<byte> bytes, Durability durability)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = WriteBeside(path, bytes, durability);
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string WriteBeside(string path, ReadOnlySpan<byte> bytes, Durability durability)
    {
        var (temporary, file) = Create(path);
        try
        {
            using (file)
            {
                file.Write(bytes);
                if (durability == Durability.Synced)
                {
                    file.Flush(flushToDisk: true);
                }
            }

            return temporary;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Process id and a number: no two processes write the same one, and a left-over of a dead process is passed by.
    private static (string Path, FileStream File) Create(string path)
    {
        for (var i = 0; ; i++)
        {
            var temporary = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}-{i}.tmp";
            try
            {
                return (temporary, new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
            }
            catch (IOException) when (i < NamesTriedMax && File.Exists(temporary))
            {
                // Taken: the next number.
            }
        }
    }
}
