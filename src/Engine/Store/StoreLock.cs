using Microsoft.Win32.SafeHandles;
using Registry.Engine.Problems;

namespace Registry.Engine.Store;

/// <summary>
/// Who uses a store holds its lock together with all other users; who throws things out of it holds it alone. The
/// operating system lets go when a process dies.
/// </summary>
internal static class StoreLock
{
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for a collection to end. Null where the store may only be read: nobody collects there.</summary>
    /// <exception cref="ProblemException">FileUnavailable after 10 seconds.</exception>
    public static SafeFileHandle? Share(string path)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return Open(path, FileAccess.Read, FileShare.Read);
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException) when (!File.Exists(path))
            {
                return null;
            }
            catch (IOException)
            {
                Thread.Sleep(Pause);
            }
        }

        throw Busy("is being cleaned by another process");
    }

    /// <exception cref="ProblemException">FileUnavailable when another process uses the store.</exception>
    public static SafeFileHandle Own(string path)
    {
        try
        {
            return Open(path, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw Busy("is in use by another process");
        }
    }

    private static SafeFileHandle Open(string path, FileAccess access, FileShare share) =>
        File.OpenHandle(path, FileMode.OpenOrCreate, access, share);

    private static ProblemException Busy(string why) => new Problem(
        ProblemCode.FileUnavailable, $"the store {why}", "wait until that has ended, then run the command again").Raise();
}
