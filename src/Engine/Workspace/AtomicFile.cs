namespace Registry.Engine.Workspace;

/// <summary>Replaces a small file so that a reader sees the old bytes or the new ones, never a part.</summary>
public static class AtomicFile
{
    public static void Write(string file, ReadOnlySpan<byte> content)
    {
        var temporary = $"{file}.{Environment.ProcessId}.new";
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
