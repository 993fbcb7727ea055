using System.Collections.Immutable;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>How a registry answered once.</summary>
/// <param name="What">The file, shortened.</param>
/// <param name="Answer">`200`, `304`, `404`; `read`, `none` for folders; else the slug of the problem.</param>
public sealed record RegistryAnswer(DateTimeOffset At, string Registry, string What, string Answer, TimeSpan Elapsed);

/// <summary>The last answers of all registries, whoever asked. Safe for several threads.</summary>
internal sealed class AnswerLog(TimeProvider clock) : IProgress<ProgressEvent>
{
    private const int KeptMax = 100;

    private readonly System.Threading.Lock _gate = new();
    private readonly Queue<RegistryAnswer> _answers = new();

    /// <summary>The latest first.</summary>
    public ImmutableArray<RegistryAnswer> Latest
    {
        get
        {
            lock (_gate)
            {
                return [.. Enumerable.Reverse(_answers)];
            }
        }
    }

    public void Report(ProgressEvent value)
    {
        if (value is not ProgressEvent.RegistryAnswered(var registry, var what, var answer, var elapsed))
        {
            return;
        }

        lock (_gate)
        {
            _answers.Enqueue(new(clock.GetUtcNow(), registry, what, answer, elapsed));
            if (_answers.Count > KeptMax)
            {
                _answers.Dequeue();
            }
        }
    }
}
