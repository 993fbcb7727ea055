namespace Registry.Engine.Store;

internal static class FileTimes
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

    public static long OfUtc(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks * NanosecondsPerTick;
}
