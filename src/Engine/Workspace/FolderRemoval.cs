namespace Registry.Engine.Workspace;

/// <summary>Deletes whole folders that may hold read-only content, and that another process may be deleting too.</summary>
internal static class FolderRemoval
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static void Delete(string folder)
    {
        if (new DirectoryInfo(folder) is not { Exists: true } info)
        {
            return;
        }

        if (info.LinkTarget is not null)
        {
            info.Delete();
            return;
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone meanwhile.
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            Unprotect(info);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Content from the store is read-only: on Windows its files, elsewhere folders too, cannot be deleted then.</summary>
    private static void Unprotect(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        foreach (var entry in folder.EnumerateFileSystemInfos("*", Everything))
        {
            if (entry.LinkTarget is not null)
            {
                continue;
            }

            if (entry is DirectoryInfo inner)
            {
                Unprotect(inner);
            }
            else if (OperatingSystem.IsWindows() && entry.Attributes.HasFlag(FileAttributes.ReadOnly))
            {
                entry.Attributes &= ~FileAttributes.ReadOnly;
            }
        }
    }
}
