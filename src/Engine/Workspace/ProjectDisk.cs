namespace Registry.Engine.Workspace;

/// <summary>
/// Every way in which applying a change touches the project, one step a call, so that a test can stop the world before
/// each of them.
/// </summary>
/// <param name="beforeStep">Told what comes next; null outside tests.</param>
internal sealed class ProjectDisk(Action<string>? beforeStep = null)
{
    public void Step(string what) => beforeStep?.Invoke(what);

    public void MakeFolder(string folder)
    {
        Step($"make {folder}");
        Directory.CreateDirectory(folder);
    }

    public void Write(string file, ReadOnlySpan<byte> content)
    {
        Step($"write {file}");
        File.WriteAllBytes(file, content);
    }

    /// <summary>The bytes are on the disk when this returns; the name is once its folder is flushed.</summary>
    public void WriteDurably(string file, ReadOnlySpan<byte> content)
    {
        Step($"write {file}");
        using var handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(handle, content, 0);
        RandomAccess.FlushToDisk(handle);
    }

    public void FlushFolder(string folder)
    {
        Step($"flush {folder}");
        NativeDisk.FlushFolder(folder);
    }

    /// <summary>Puts a file where another may be, in one step.</summary>
    public void Replace(string from, string to)
    {
        Step($"replace {to}");
        File.Move(from, to, overwrite: true);
    }

    public void MoveFolder(string from, string to)
    {
        Step($"move {from} to {to}");
        Directory.Move(from, to);
    }

    public void Link(string path, string target)
    {
        Step($"link {path}");
        Directory.CreateSymbolicLink(path, target);
    }

    public bool TryExchange(string left, string right)
    {
        Step($"exchange {left} and {right}");
        return NativeDisk.TryExchange(left, right);
    }

    public void DeleteFile(string file)
    {
        Step($"delete {file}");
        File.Delete(file);
    }

    /// <summary>Deletes a folder and what is in it, read-only or not; links go, what they point to stays.</summary>
    public void DeleteFolder(string folder)
    {
        Step($"delete {folder}");
        FolderRemoval.Delete(folder);
    }
}
