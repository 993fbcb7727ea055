namespace Registry.Tui.Terminal;

/// <summary>The terminal this program runs on.</summary>
internal static class Terminals
{
    /// <summary>Input and output are a terminal; told without touching it.</summary>
    public static bool ArePossible => OperatingSystem.IsWindows() ? WindowsTerminal.IsThere : UnixTerminal.IsThere;

    /// <summary>Null when input or output is a file or a pipe: then there is no screen to draw on.</summary>
    public static ITerminal? TryOpen() => OperatingSystem.IsWindows() ? WindowsTerminal.TryOpen() : UnixTerminal.TryOpen();

    /// <summary>Writes to another descriptor than the terminal's, on Unix.</summary>
    public static unsafe void WriteLine(int descriptor, ReadOnlySpan<byte> line)
    {
        fixed (byte* start = line)
        {
            _ = Unix.Write(descriptor, start, (nuint)line.Length);
        }
    }
}
