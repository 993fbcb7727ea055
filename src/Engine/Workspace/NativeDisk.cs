using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Registry.Engine.Workspace;

/// <summary>What the framework has no call for: swapping two folders in one step, and making a folder's entries durable.</summary>
internal static partial class NativeDisk
{
    private const int AtCurrentFolder = -100;
    private const uint RenameExchange = 2;
    private const int NoSuchCall = 38;
    private const int InvalidArgument = 22;
    private const int NotSupported = 95;
    private const int NotSupportedMac = 45;

    /// <summary>Two paths change places atomically.</summary>
    /// <returns>False when this system or file system cannot do it; then nothing happened.</returns>
    /// <exception cref="IOException">It can, and failed.</exception>
    public static bool TryExchange(string left, string right)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return Check(renameat2(AtCurrentFolder, left, AtCurrentFolder, right, RenameExchange), left, right);
            }

            return OperatingSystem.IsMacOS() && Check(renamex_np(left, right, RenameExchange), left, right);
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>
    /// Makes the names in a folder survive a power cut. A file system that cannot is no reason to stop: the order of
    /// steps still holds against a killed process.
    /// </summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = open(folder, 0);
        if (descriptor >= 0)
        {
            _ = fsync(descriptor);
            _ = close(descriptor);
        }
    }

    private static bool Check(int result, string left, string right)
    {
        if (result == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is NoSuchCall or InvalidArgument or NotSupported or NotSupportedMac
            ? false
            : throw new IOException($"cannot exchange `{left}` and `{right}`: {new Win32Exception(error).Message}", error);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int leftFolder, string left, int rightFolder, string right, uint flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renamex_np(string left, string right, uint flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc")]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
