using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>
/// The Windows console in its sequence mode: same decoder, same presenter. It tells nobody about a resize that no key goes
/// with, so the size is looked at a few times a second; its input cannot be waited for together with other things, so a
/// thread of its own reads it.
/// </summary>
internal sealed unsafe class WindowsTerminal : ITerminal
{
    private static readonly TimeSpan SizeInterval = TimeSpan.FromMilliseconds(250);

    private readonly nint input;
    private readonly nint output;
    private readonly uint foundInput;
    private readonly uint foundOutput;
    private readonly uint foundCodePage;
    private readonly Lock screen = new();
    private readonly Queue<byte> waiting = new();
    private readonly SemaphoreSlim bell = new(0);

    private TerminalNews news;
    private TerminalSize lastSize;
    private Thread? reader;
    private bool taken;
    private bool isClosed;
    private bool usesKeyboardProtocol;
    private volatile bool awaitsReplies;

    private WindowsTerminal(nint input, nint output, uint inputMode, uint outputMode)
    {
        (this.input, this.output, foundInput, foundOutput) = (input, output, inputMode, outputMode);
        foundCodePage = Windows.GetOutputCodePage();
        lastSize = Size;
        AppDomain.CurrentDomain.UnhandledException += LeaveOnCrash;
        AppDomain.CurrentDomain.ProcessExit += LeaveOnExit;
    }

    public TerminalSize Size => Windows.SizeOf(output) ?? TerminalSize.Usual;

    public static bool IsThere =>
        Windows.GetMode(Windows.StandardHandle(Windows.InputHandle), out _) && Windows.GetMode(Windows.StandardHandle(Windows.OutputHandle), out _);

    /// <summary>Null when input or output is not a console.</summary>
    public static WindowsTerminal? TryOpen()
    {
        nint input = Windows.StandardHandle(Windows.InputHandle), output = Windows.StandardHandle(Windows.OutputHandle);
        return Windows.GetMode(input, out var inputMode) && Windows.GetMode(output, out var outputMode)
            ? new WindowsTerminal(input, output, inputMode, outputMode)
            : null;
    }

    public void Enter()
    {
        lock (screen)
        {
            if (taken)
            {
                return;
            }

            taken = true;
            Windows.SetOutputCodePage(Windows.Utf8);
            Windows.SetMode(input, Windows.RawInput);
            Windows.SetMode(output, Windows.SequenceOutput);
            Write(ScreenModes.Enter);
            Write(usesKeyboardProtocol ? ScreenModes.KeyboardOn : []);
        }

        StartReader();
    }

    public bool AwaitsReplies
    {
        set => awaitsReplies = value;
    }

    public void UseKeyboardProtocol()
    {
        lock (screen)
        {
            if (!usesKeyboardProtocol && taken)
            {
                Write(ScreenModes.KeyboardOn);
            }

            usesKeyboardProtocol = true;
        }
    }

    public void Leave()
    {
        lock (screen)
        {
            if (!taken)
            {
                return;
            }

            Write(usesKeyboardProtocol ? ScreenModes.KeyboardOff : []);
            Write(ScreenModes.Leave);
            if (awaitsReplies)
            {
                Windows.DiscardInput(input);
            }

            Windows.SetMode(output, foundOutput);
            Windows.SetMode(input, foundInput);
            Windows.SetOutputCodePage(foundCodePage);
            taken = false;
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (uint done = 0; done < bytes.Length;)
            {
                if (!Windows.Write(output, start + done, (uint)bytes.Length - done, out var written, 0))
                {
                    return;
                }

                done += written;
            }
        }
    }

    public TerminalNews Wait(Span<byte> input, TimeSpan? limit, out int read)
    {
        bell.Wait(limit < SizeInterval ? limit.Value : SizeInterval);
        lock (waiting)
        {
            var result = news;
            news = TerminalNews.None;
            for (read = 0; read < input.Length && waiting.TryDequeue(out var b); read++)
            {
                input[read] = b;
            }

            return result | (read > 0 ? TerminalNews.Input : TerminalNews.None) | LookAtSize();
        }
    }

    public void Wake() => Tell(TerminalNews.Woken, []);

    /// <summary>There is no job control here.</summary>
    public void Suspend()
    {
    }

    public void Dispose()
    {
        Leave();
        AppDomain.CurrentDomain.UnhandledException -= LeaveOnCrash;
        AppDomain.CurrentDomain.ProcessExit -= LeaveOnExit;
        lock (waiting)
        {
            isClosed = true;
            bell.Dispose();
        }
    }

    private void LeaveOnCrash(object sender, UnhandledExceptionEventArgs e) => Leave();

    private void LeaveOnExit(object? sender, EventArgs e) => Leave();

    private TerminalNews LookAtSize()
    {
        var size = Size;
        var changed = size != lastSize;
        lastSize = size;
        return changed ? TerminalNews.Resized : TerminalNews.None;
    }

    private void StartReader()
    {
        if (reader is null)
        {
            reader = new Thread(ReadAll) { IsBackground = true, Name = "console input" };
            reader.Start();
        }
    }

    private void ReadAll()
    {
        Span<char> characters = stackalloc char[256];
        Span<byte> bytes = stackalloc byte[256 * 3];
        var encoder = Encoding.UTF8.GetEncoder();
        fixed (char* start = characters)
        {
            while (Windows.Read(input, start, (uint)characters.Length, out var count, 0) && count > 0)
            {
                Tell(TerminalNews.None, bytes[..encoder.GetBytes(characters[..(int)count], bytes, flush: false)]);
            }
        }

        Tell(TerminalNews.Closed, []);
    }

    // The thread that reads, and work that still ends, go on after the terminal was closed.
    private void Tell(TerminalNews what, ReadOnlySpan<byte> bytes)
    {
        lock (waiting)
        {
            if (isClosed)
            {
                return;
            }

            news |= what;
            foreach (var b in bytes)
            {
                waiting.Enqueue(b);
            }

            if (bell.CurrentCount == 0)
            {
                bell.Release();
            }
        }
    }
}
