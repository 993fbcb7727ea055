namespace Registry.Tui.Terminal;

/// <summary>
/// A small shell that outlives us for a moment: when the pipe to it closes while the screen is ours (killed by SIGKILL, stack
/// overflow, out of memory), it gives the terminal back. It runs in its own process group, so what stops or kills ours
/// spares it, and sets the modes back only if they are still ours: the user's shell may have been quicker.
/// </summary>
internal sealed unsafe class Guardian : IDisposable
{
    private const int ReadyMilliseconds = 250;

    internal const string Script = """
        trap '' HUP INT QUIT TERM TSTP TTIN TTOU
        exec 2>/dev/null
        found=$(stty -g </dev/tty)
        echo
        exec >/dev/null
        taken=
        keys=
        while read -r word; do
            case $word in
                enter) taken=$(stty -g </dev/tty) ;;
                keys) keys='\033[<u' ;;
                leave) taken= keys= ;;
            esac
        done
        [ -n "$taken" ] || exit 0
        printf "$keys"'\033[?2026l\033[0m\033[?25h\033[?2031l\033[?1004l\033[?1006l\033[?1002l\033[?2004l\033[?7h\033[?1049l' >/dev/tty
        [ "$(stty -g </dev/tty)" != "$taken" ] || stty "$found" </dev/tty
        """;

    private int ready;
    private int control;

    private Guardian(int ready, int control)
    {
        this.ready = ready;
        this.control = control;
    }

    /// <summary>Starts it, without waiting. Null where there is no shell: the screen then works without a guardian.</summary>
    public static Guardian? Start()
    {
        if (!Unix.TryPipe(out var controlRead, out var controlWrite))
        {
            return null;
        }

        if (!Unix.TryPipe(out var readyRead, out var readyWrite))
        {
            CloseAll(controlRead, controlWrite);
            return null;
        }

        var started = UnixSpawn.TryShell(Script, controlRead, readyWrite);
        CloseAll(controlRead, readyWrite);
        if (started)
        {
            return new Guardian(readyRead, controlWrite);
        }

        CloseAll(controlWrite, readyRead);
        return null;
    }

    /// <summary>Waits until it knows the modes to go back to; usually long since.</summary>
    public void AwaitReady()
    {
        if (ready < 0)
        {
            return;
        }

        var entry = new Unix.PollEntry { Descriptor = ready, Wanted = Unix.PollIn };
        _ = Unix.Poll(&entry, 1, ReadyMilliseconds);
        _ = Unix.Close(ready);
        ready = -1;
    }

    /// <summary>The screen is ours, in raw mode, from here on.</summary>
    public void Entered() => Send("enter\n"u8);

    /// <summary>The keyboard is in the kitty protocol, until the screen is left.</summary>
    public void TookKeyboard() => Send("keys\n"u8);

    public void Left() => Send("leave\n"u8);

    public void Dispose()
    {
        AwaitReady();
        CloseAll(control);
        control = -1;
    }

    private void Send(ReadOnlySpan<byte> word)
    {
        fixed (byte* bytes = word)
        {
            _ = control < 0 ? 0 : Unix.Write(control, bytes, (nuint)word.Length);
        }
    }

    private static void CloseAll(params ReadOnlySpan<int> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            _ = Unix.Close(descriptor);
        }
    }
}
