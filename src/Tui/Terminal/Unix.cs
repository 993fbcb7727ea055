using System.Runtime.InteropServices;

namespace Registry.Tui.Terminal;

/// <summary>
/// The calls to the C library. Structures whose layout differs between systems (termios, spawn attributes) are opaque
/// buffers bigger than any of them. Results are as in C: below 0 is a failure.
/// </summary>
internal static unsafe partial class Unix
{
    public const int TermiosSize = 256;
    public const short PollIn = 1;
    public const int Interrupted = 4;

    /// <summary>TCSAFLUSH: modes change after what is written is out, and unread input is thrown away.</summary>
    public const int DiscardInput = 2;

    private const int CloseOnExec = 1;
    private const int SetDescriptorFlags = 2;

    public static int TryAgain => OperatingSystem.IsLinux() ? 11 : 35;

    public static int StopSignal => OperatingSystem.IsLinux() ? 20 : 18;

    private static bool StackVariadics => OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelsX;
        public ushort PixelsY;
    }

    [LibraryImport("libc", EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    public static partial int GetModes(int descriptor, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    public static partial int SetModes(int descriptor, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int process, int signal);

    /// <summary>A pipe that no child inherits: the ends to read and to write.</summary>
    public static bool TryPipe(out int readEnd, out int writeEnd)
    {
        var ends = stackalloc int[2];
        var made = Pipe(ends) == 0;
        (readEnd, writeEnd) = made ? (ends[0], ends[1]) : (-1, -1);
        if (made)
        {
            Control(readEnd, SetDescriptorFlags, CloseOnExec);
            Control(writeEnd, SetDescriptorFlags, CloseOnExec);
        }

        return made;
    }

    /// <summary>The size in columns and rows, or null where the terminal does not know.</summary>
    public static TerminalSize? SizeOf(int descriptor)
    {
        WindowSize size;
        nuint question = OperatingSystem.IsLinux() ? 0x5413u : 0x40087468u;
        var result = StackVariadics
            ? IoControlOnStack(descriptor, question, 0, 0, 0, 0, 0, 0, &size)
            : IoControl(descriptor, question, &size);
        return result == 0 && size.Columns > 0 && size.Rows > 0 ? new TerminalSize(size.Columns, size.Rows) : null;
    }

    private static void Control(int descriptor, int command, nint argument) =>
        _ = StackVariadics
            ? FileControlOnStack(descriptor, command, 0, 0, 0, 0, 0, 0, argument)
            : FileControl(descriptor, command, argument);

    [LibraryImport("libc", EntryPoint = "pipe")]
    private static partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int IoControl(int descriptor, nuint question, void* answer);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControl(int descriptor, int command, nint argument);

    // On Apple's arm64 variadic arguments are on the stack: six unused ones fill the registers before it.
    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int IoControlOnStack(int descriptor, nuint question, nint a, nint b, nint c, nint d, nint e, nint f, void* answer);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControlOnStack(int descriptor, int command, nint a, nint b, nint c, nint d, nint e, nint f, nint argument);
}
