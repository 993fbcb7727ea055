using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Registry.Tui.Terminal;

/// <summary>The terminal of Unix systems, on descriptors 0 and 1.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe class UnixTerminal : ITerminal
{
    private const int Input = 0;
    private const int Output = 1;

    // After a stop signal without a stop (no shell to go back to) nobody continues us.
    private const int StopMilliseconds = 200;

    private readonly byte[] found = new byte[Unix.TermiosSize];
    private readonly Lock screen = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Guardian? guardian;
    private readonly WakePipe wake;

    private PosixSignalRegistration? suspension;
    private int news;
    private bool taken;
    private bool usesKeyboardProtocol;
    private volatile bool awaitsReplies;

    private UnixTerminal(WakePipe wake)
    {
        this.wake = wake;
        guardian = Guardian.Start();
        fixed (byte* modes = found)
        {
            _ = Unix.GetModes(Input, modes);
        }

        Register();
    }

    public TerminalSize Size => Unix.SizeOf(Output) ?? Unix.SizeOf(Input) ?? TerminalSize.Usual;

    public static bool IsThere => Unix.IsTerminal(Input) == 1 && Unix.IsTerminal(Output) == 1;

    /// <summary>Null when input or output is not a terminal.</summary>
    public static UnixTerminal? TryOpen() =>
        IsThere && WakePipe.TryOpen() is { } wake ? new UnixTerminal(wake) : null;

    public void Enter()
    {
        lock (screen)
        {
            if (taken)
            {
                return;
            }

            guardian?.AwaitReady();
            var raw = stackalloc byte[Unix.TermiosSize];
            found.CopyTo(new Span<byte>(raw, Unix.TermiosSize));
            Unix.MakeRaw(raw);
            _ = Unix.SetModes(Input, 0, raw);
            taken = true;
            guardian?.Entered();
            WriteAll(ScreenModes.Enter);
            TakeKeyboard();
        }
    }

    public bool AwaitsReplies
    {
        set => awaitsReplies = value;
    }

    public void UseKeyboardProtocol()
    {
        lock (screen)
        {
            if (!usesKeyboardProtocol)
            {
                usesKeyboardProtocol = true;
                TakeKeyboard();
            }
        }
    }

    private void TakeKeyboard()
    {
        if (taken && usesKeyboardProtocol)
        {
            guardian?.TookKeyboard();
            WriteAll(ScreenModes.KeyboardOn);
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

            WriteAll(usesKeyboardProtocol ? ScreenModes.KeyboardOff : []);
            WriteAll(ScreenModes.Leave);
            fixed (byte* modes = found)
            {
                _ = Unix.SetModes(Input, awaitsReplies ? Unix.DiscardInput : 0, modes);
            }

            taken = false;
            guardian?.Left();
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (screen)
        {
            // A signal may have given the screen back; what was to be drawn on it must not land in the shell.
            if (taken)
            {
                WriteAll(bytes);
            }
        }
    }

    private static void WriteAll(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var written = 0;
            while (written < bytes.Length)
            {
                var count = Unix.Write(Output, start + written, (nuint)(bytes.Length - written));
                if (count < 0 && !CanRetryWrite(Marshal.GetLastPInvokeError()))
                {
                    return;
                }

                written += (int)Math.Max(0, count);
            }
        }
    }

    public TerminalNews Wait(Span<byte> input, TimeSpan? limit, out int read)
    {
        read = 0;
        var entries = stackalloc Unix.PollEntry[2];
        entries[0] = new Unix.PollEntry { Descriptor = Input, Wanted = Unix.PollIn };
        entries[1] = new Unix.PollEntry { Descriptor = wake.Descriptor, Wanted = Unix.PollIn };
        _ = Unix.Poll(entries, 2, limit is { } time ? (int)Math.Ceiling(time.TotalMilliseconds) : -1);
        if ((entries[1].Happened & Unix.PollIn) != 0)
        {
            wake.Drain();
        }

        var result = (TerminalNews)Interlocked.Exchange(ref news, 0);
        if (entries[0].Happened != 0)
        {
            result |= ReadInput(input, out read);
        }

        return result;
    }

    public void Wake() => Tell(TerminalNews.Woken);

    public void Suspend()
    {
        Leave();
        suspension?.Dispose();
        _ = Unix.Kill(0, Unix.StopSignal);
        AwaitContinued();
        suspension = PosixSignalRegistration.Create(PosixSignal.SIGTSTP, AskToSuspend);
        Enter();
    }

    public void Dispose()
    {
        Leave();
        suspension?.Dispose();
        registrations.ForEach(static registration => registration.Dispose());
        AppDomain.CurrentDomain.UnhandledException -= LeaveOnCrash;
        AppDomain.CurrentDomain.ProcessExit -= LeaveOnExit;
        guardian?.Dispose();
        wake.Dispose();
    }

    private void Register()
    {
        // Cancelling SIGCONT keeps the runtime from putting its own idea of the modes over ours.
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, context => Tell(context, TerminalNews.Continued)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, context => Tell(context, TerminalNews.Resized)));
        suspension = PosixSignalRegistration.Create(PosixSignal.SIGTSTP, AskToSuspend);

        // These end the process, as they should, but not before the screen is given back. Where the program wants to clean
        // up first, and so cancels them, the loop ends.
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            registrations.Add(PosixSignalRegistration.Create(signal, LeaveAndClose));
        }

        AppDomain.CurrentDomain.UnhandledException += LeaveOnCrash;
        AppDomain.CurrentDomain.ProcessExit += LeaveOnExit;
    }

    private void LeaveAndClose(PosixSignalContext context)
    {
        Leave();
        Tell(TerminalNews.Closed);
    }

    private void LeaveOnCrash(object sender, UnhandledExceptionEventArgs e) => Leave();

    private void LeaveOnExit(object? sender, EventArgs e) => Leave();

    private void AskToSuspend(PosixSignalContext context) => Tell(context, TerminalNews.SuspendAsked);

    private void Tell(PosixSignalContext context, TerminalNews what)
    {
        context.Cancel = true;
        Tell(what);
    }

    private void Tell(TerminalNews what)
    {
        // One byte is enough while news are waiting to be taken.
        if (Interlocked.Or(ref news, (int)what) == 0)
        {
            wake.Ring();
        }
    }

    private static TerminalNews ReadInput(Span<byte> input, out int read)
    {
        fixed (byte* start = input)
        {
            var count = Unix.Read(Input, start, (nuint)input.Length);
            read = (int)Math.Max(0, count);
            if (count > 0)
            {
                return TerminalNews.Input;
            }

            var again = count < 0 && Marshal.GetLastPInvokeError() is var error && (error == Unix.Interrupted || error == Unix.TryAgain);
            return again ? TerminalNews.None : TerminalNews.Closed;
        }
    }

    // A terminal that a child left non-blocking takes the rest when it can.
    private static bool CanRetryWrite(int error)
    {
        if (error == Unix.TryAgain)
        {
            var entry = new Unix.PollEntry { Descriptor = Output, Wanted = 4 };
            return Unix.Poll(&entry, 1, 1000) > 0;
        }

        return error == Unix.Interrupted;
    }

    private void AwaitContinued()
    {
        while ((Interlocked.Or(ref news, 0) & (int)TerminalNews.Continued) == 0 && wake.Wait(StopMilliseconds))
        {
            wake.Drain();
        }

        Interlocked.And(ref news, ~(int)TerminalNews.Continued);
    }
}
