using System.Runtime.InteropServices;

namespace Registry.Tui.Terminal;

/// <summary>The calls to the Windows console. Results are as there: false is a failure.</summary>
internal static unsafe partial class Windows
{
    public const int InputHandle = -10;
    public const int OutputHandle = -11;

    /// <summary>ENABLE_VIRTUAL_TERMINAL_INPUT and ENABLE_EXTENDED_FLAGS: no lines, no echo, no quick edit, keys as sequences.</summary>
    public const uint RawInput = 0x0200 | 0x0080;

    /// <summary>ENABLE_PROCESSED_OUTPUT, ENABLE_VIRTUAL_TERMINAL_PROCESSING and DISABLE_NEWLINE_AUTO_RETURN.</summary>
    public const uint SequenceOutput = 0x0001 | 0x0004 | 0x0008;

    public const uint Utf8 = 65001;

    [StructLayout(LayoutKind.Sequential)]
    private struct BufferInfo
    {
        public short SizeX;
        public short SizeY;
        public short CursorX;
        public short CursorY;
        public ushort Attributes;
        public short Left;
        public short Top;
        public short Right;
        public short Bottom;
        public short MaximumX;
        public short MaximumY;
    }

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    public static partial nint StandardHandle(int which);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetMode(nint handle, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleMode")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetMode(nint handle, uint mode);

    [LibraryImport("kernel32", EntryPoint = "GetConsoleOutputCP")]
    public static partial uint GetOutputCodePage();

    [LibraryImport("kernel32", EntryPoint = "SetConsoleOutputCP")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetOutputCodePage(uint codePage);

    [LibraryImport("kernel32", EntryPoint = "ReadConsoleW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Read(nint handle, char* buffer, uint length, out uint read, nint control);

    [LibraryImport("kernel32", EntryPoint = "WriteFile")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Write(nint handle, byte* buffer, uint length, out uint written, nint overlapped);

    [LibraryImport("kernel32", EntryPoint = "FlushConsoleInputBuffer")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool DiscardInput(nint handle);

    /// <summary>The visible part of the console, in columns and rows.</summary>
    public static TerminalSize? SizeOf(nint handle) =>
        GetBufferInfo(handle, out var info) ? new TerminalSize(info.Right - info.Left + 1, info.Bottom - info.Top + 1) : null;

    [LibraryImport("kernel32", EntryPoint = "GetConsoleScreenBufferInfo")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetBufferInfo(nint handle, out BufferInfo info);
}
