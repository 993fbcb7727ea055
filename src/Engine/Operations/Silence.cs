using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>Progress that nobody watches: of work within other work, and of questions that are no job.</summary>
public sealed class Silence : IProgress<ProgressEvent>
{
    public static Silence Instance { get; } = new();

    public void Report(ProgressEvent value)
    {
    }
}
