using System.Runtime.InteropServices;
using System.Text;

namespace Registry.Tui.Headless.Output;

/// <summary>
/// Standard input, output and error by the system's own calls. System.Console costs 5 ms at start and keeps its own idea
/// of the terminal; a FileStream over descriptor 1 writes at its own offset and so over what a child process wrote.
/// </summary>
internal sealed partial class FileDescriptor(int number) : IOutput, IInput
{
    private const int LineBytesMax = 4096;
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    private bool _isClosed;

    /// <summary>Something could not be written though there is a reader: the disk is full, the device has gone.</summary>
    public bool HasFailed { get; private set; }

    public static FileDescriptor In { get; } = new(0);

    public static FileDescriptor Out { get; } = new(1);

    public static FileDescriptor Error { get; } = new(2);

    public bool IsTerminal => OperatingSystem.IsWindows() ? GetConsoleMode(Handle, out _) : IsATty(number) == 1;

    public int? Columns => OperatingSystem.IsLinux() && IsTerminal ? LinuxColumns() : null;

    private nint Handle => GetStdHandle(-10 - number);

    /// <summary>Writes everything. A reader that has gone away (`cairn tree | head`) ends the output, not the program.</summary>
    public void Write(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty && !_isClosed)
        {
            var written = OperatingSystem.IsWindows() ? WriteWindows(utf8) : (int)WriteUnix(number, utf8, utf8.Length);
            if (written > 0)
            {
                utf8 = utf8[written..];
            }
            else if (OperatingSystem.IsWindows() || Marshal.GetLastPInvokeError() != Interrupted)
            {
                _isClosed = true;
                HasFailed = !OperatingSystem.IsWindows() && Marshal.GetLastPInvokeError() != BrokenPipe;
            }
        }
    }

    public string? ReadLine()
    {
        var line = new List<byte>();
        Span<byte> one = stackalloc byte[1];
        while (line.Count < LineBytesMax)
        {
            var read = OperatingSystem.IsWindows() ? ReadWindows(one) : (int)ReadUnix(number, one, 1);
            if (read <= 0)
            {
                return line.Count > 0 ? Decode(line) : null;
            }

            if (one[0] == '\n')
            {
                return Decode(line);
            }

            line.Add(one[0]);
        }

        return Decode(line);
    }

    private static string Decode(List<byte> line) => Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r');

    private int? LinuxColumns()
    {
        const nuint WindowSizeRequest = 0x5413;
        Span<ushort> size = stackalloc ushort[4];
        return WindowSize(number, WindowSizeRequest, size) == 0 && size[1] > 0 ? size[1] : null;
    }

    private int WriteWindows(ReadOnlySpan<byte> bytes) => WriteFile(Handle, bytes, bytes.Length, out var written, 0) ? written : -1;

    private int ReadWindows(Span<byte> bytes) => ReadFile(Handle, bytes, bytes.Length, out var read, 0) ? read : -1;

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteUnix(int descriptor, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadUnix(int descriptor, Span<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsATty(int descriptor);

    // Only on Linux: the call is variadic, and macOS on arm64 passes variadic arguments another way.
    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int WindowSize(int descriptor, nuint request, Span<ushort> size);

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "WriteFile")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool WriteFile(nint handle, ReadOnlySpan<byte> bytes, int count, out int written, nint overlapped);

    [LibraryImport("kernel32", EntryPoint = "ReadFile")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReadFile(nint handle, Span<byte> bytes, int count, out int read, nint overlapped);
}
