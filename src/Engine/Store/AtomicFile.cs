namespace Registry.Engine.Store;

/// <summary>Small files that are whole or not there.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside and renames over. Two writers at once: the last one wins, both are whole.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.tmp";
        using (var file = File.OpenHandle(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(file, content, 0);
        }

        File.Move(beside, path, overwrite: true);
    }
}
