using System.ComponentModel;
using System.Runtime.InteropServices;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Store;

/// <summary>Turns what the operating system says into something a user can act on.</summary>
internal static class DiskProblem
{
    private const int LinuxNoSpace = 28;
    private const int LinuxQuota = 122;
    private const int LinuxNotPermitted = 1;
    private const int LinuxAccess = 13;
    private const int LinuxReadOnly = 30;
    private const int WindowsDiskFull = 112;
    private const int WindowsHandleDiskFull = 39;

    public static ProblemException OfLastCall(string path) => OfError(Marshal.GetLastPInvokeError(), path);

    public static ProblemException OfError(int error, string path)
    {
        var cause = new Win32Exception(error);
        return error switch
        {
            LinuxNoSpace or LinuxQuota => Full(path, cause),
            LinuxNotPermitted or LinuxAccess or LinuxReadOnly => Denied(path, cause),
            _ => Unavailable(path, cause),
        };
    }

    public static ProblemException Of(Exception failure, string path) => failure switch
    {
        ProblemException known => known,
        UnauthorizedAccessException => Denied(path, failure),
        IOException io when IsFull(io) => Full(path, failure),
        IOException io when !OperatingSystem.IsWindows() && (io.HResult & 0xFFFF) == LinuxReadOnly => Denied(path, failure),
        _ => Unavailable(path, failure),
    };

    /// <summary>When all that is known is what the system said.</summary>
    public static ProblemException Of(Exception failure) => failure switch
    {
        ProblemException known => known,
        UnauthorizedAccessException => new Problem(
            ProblemCode.AccessDenied, Said(failure), "give yourself the right to it, or choose another folder").Raise(failure),
        IOException io when IsFull(io) => new Problem(
            ProblemCode.DiskFull, $"there is no space left: {Said(failure)}", "make room on that disk and run the command again").Raise(failure),
        _ => new Problem(ProblemCode.FileUnavailable, Said(failure), "look at what is said about the file or folder, then try again").Raise(failure),
    };

    /// <summary>What <see cref="Of(Exception, string)"/> is for.</summary>
    public static bool IsDisk(Exception failure) => failure is IOException or UnauthorizedAccessException;

    private static bool IsFull(IOException failure) => OperatingSystem.IsWindows()
        ? (failure.HResult & 0xFFFF) is WindowsDiskFull or WindowsHandleDiskFull
        : (failure.HResult & 0xFFFF) is LinuxNoSpace or LinuxQuota;

    private static string Said(Exception failure)
    {
        var said = Printable.Of(failure.Message).TrimEnd('.');
        return said.Length > 1 && char.IsAsciiLetterUpper(said[0]) && char.IsAsciiLetterLower(said[1]) ? char.ToLowerInvariant(said[0]) + said[1..] : said;
    }

    private static ProblemException Full(string path, Exception cause) => new Problem(
        ProblemCode.DiskFull, $"there is no space left to write `{path}`", "make room on that disk and run the command again").Raise(cause);

    private static ProblemException Denied(string path, Exception cause) => new Problem(
        ProblemCode.AccessDenied, $"`{path}` may not be changed", "give yourself the right to write there, or choose another folder").Raise(cause);

    private static ProblemException Unavailable(string path, Exception cause) => new Problem(
        ProblemCode.FileUnavailable, $"`{path}` cannot be used: {cause.Message}", "close what uses it, then try again").Raise(cause);
}
