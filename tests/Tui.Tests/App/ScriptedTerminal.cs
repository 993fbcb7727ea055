using System.Text;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.App;

/// <summary>A terminal whose news are written down in advance, on a clock of its own; keeps what it was sent.</summary>
internal sealed class ScriptedTerminal : TimeProvider, ITerminal
{
    private readonly Queue<(string Bytes, TimeSpan After)> script = new();

    private TimeSpan now;

    public TerminalSize Size { get; set; } = new(80, 24);

    public StringBuilder Sent { get; } = new();

    public bool UsesKeyboardProtocol { get; private set; }

    public bool AwaitsReplies { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public ScriptedTerminal Says(string bytes, int afterMilliseconds = 1)
    {
        script.Enqueue((bytes, TimeSpan.FromMilliseconds(afterMilliseconds)));
        return this;
    }

    public void Enter()
    {
    }

    public void Leave()
    {
    }

    public void UseKeyboardProtocol() => UsesKeyboardProtocol = true;

    public void Write(ReadOnlySpan<byte> bytes) => Sent.Append(Encoding.UTF8.GetString(bytes));

    public TerminalNews Wait(Span<byte> input, TimeSpan? limit, out int read)
    {
        read = 0;
        if (!script.TryPeek(out var next))
        {
            now += limit ?? TimeSpan.Zero;
            return limit is null ? TerminalNews.Closed : TerminalNews.None;
        }

        if (limit < next.After)
        {
            now += limit.Value;
            return TerminalNews.None;
        }

        now += next.After;
        script.Dequeue();
        read = Encoding.UTF8.GetBytes(next.Bytes, input);
        return TerminalNews.Input;
    }

    public void Wake()
    {
    }

    public void Suspend()
    {
    }

    public void Dispose()
    {
    }
}
