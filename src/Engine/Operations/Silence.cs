using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>Progress that nobody wants to see.</summary>
internal sealed class Silence : IProgress<ProgressEvent>
{
    public static Silence Instance { get; } = new();

    public void Report(ProgressEvent value)
    {
    }
}
