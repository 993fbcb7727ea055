namespace Registry.Engine.Store;

internal enum PathState
{
    Absent,
    Folder,
    Link,
    Other,
}

/// <summary>What one look at a path tells, without following a symbolic link.</summary>
internal static class PathLook
{
    private const long NanosecondsPerTick = 100;

    /// <summary>Nanoseconds since 1970, as exact as this system tells.</summary>
    public static unsafe long Modified(string path)
    {
        if (!LinuxCalls.AreUsable)
        {
            return OfUtc(File.GetLastWriteTimeUtc(path));
        }

        fixed (byte* name = Utf8Path.WithNul(path, stackalloc byte[Utf8Path.BufferLength]))
        {
            return LinuxCalls.Stat(LinuxCalls.CurrentFolder, name, LinuxCalls.SymlinkNoFollow, out var stat) == 0
                ? stat.Modified
                : throw DiskProblem.OfLastCall(path);
        }
    }

    public static unsafe PathState Look(string path)
    {
        if (!LinuxCalls.AreUsable)
        {
            var found = new DirectoryInfo(path);
            return found.LinkTarget is not null ? PathState.Link
                : found.Exists ? PathState.Folder
                : File.Exists(path) ? PathState.Other : PathState.Absent;
        }

        fixed (byte* name = Utf8Path.WithNul(path, stackalloc byte[Utf8Path.BufferLength]))
        {
            return LinuxCalls.Stat(LinuxCalls.CurrentFolder, name, LinuxCalls.SymlinkNoFollow, out var stat) != 0 ? PathState.Absent
                : stat.IsFolder ? PathState.Folder
                : stat.IsLink ? PathState.Link : PathState.Other;
        }
    }

    public static long OfUtc(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;
}
