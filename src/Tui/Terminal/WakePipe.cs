using System.Runtime.Versioning;

namespace Registry.Tui.Terminal;

/// <summary>
/// Wakes the one thread that waits on descriptors. Others ring it whenever they like, also once it is closed: then nothing
/// is written, since the number of a closed descriptor may be that of any other file by now.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe class WakePipe : IDisposable
{
    private readonly Lock gate = new();
    private readonly int writeEnd;

    private bool isClosed;

    private WakePipe(int readEnd, int writeEnd) => (Descriptor, this.writeEnd) = (readEnd, writeEnd);

    /// <summary>Becomes readable by <see cref="Ring"/>.</summary>
    public int Descriptor { get; }

    /// <summary>Null where there are no descriptors left.</summary>
    public static WakePipe? TryOpen() => Unix.TryPipe(out var read, out var write) ? new WakePipe(read, write) : null;

    public void Ring()
    {
        lock (gate)
        {
            byte any = 1;
            _ = isClosed ? 0 : Unix.Write(writeEnd, &any, 1);
        }
    }

    /// <summary>Waits for it alone. False when it was not rung in that time.</summary>
    public bool Wait(int milliseconds)
    {
        var entry = new Unix.PollEntry { Descriptor = Descriptor, Wanted = Unix.PollIn };
        return Unix.Poll(&entry, 1, milliseconds) > 0;
    }

    /// <summary>Takes what was rung; only when it is readable.</summary>
    public void Drain()
    {
        var bytes = stackalloc byte[64];
        _ = Unix.Read(Descriptor, bytes, 64);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (!isClosed)
            {
                isClosed = true;
                _ = Unix.Close(Descriptor);
                _ = Unix.Close(writeEnd);
            }
        }
    }
}
