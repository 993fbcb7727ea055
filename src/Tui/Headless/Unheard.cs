using Registry.Engine.Progress;

namespace Registry.Tui.Headless;

/// <summary>Progress that nobody watches: of work within other work.</summary>
internal sealed class Unheard : IProgress<ProgressEvent>
{
    public static Unheard Instance { get; } = new();

    public void Report(ProgressEvent value)
    {
    }
}
