using System.Runtime.Versioning;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Terminal;

[UnsupportedOSPlatform("windows")]
public sealed class WakePipeTests
{
    [Fact]
    public void A_ring_is_readable_until_it_is_drained()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no descriptors");
        using var pipe = WakePipe.TryOpen()!;
        Assert.False(pipe.Wait(0));
        pipe.Ring();
        Assert.True(pipe.Wait(0));
        pipe.Drain();
        Assert.False(pipe.Wait(0));
    }

    [Fact]
    public void A_ring_after_closing_reaches_no_file_that_has_its_number_now()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no descriptors");
        var closed = WakePipe.TryOpen()!;
        closed.Dispose();
        using var other = WakePipe.TryOpen()!;
        closed.Ring();
        closed.Dispose();
        Assert.False(other.Wait(0));
        other.Ring();
        Assert.True(other.Wait(0));
    }
}
