using System.Collections.Concurrent;
using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Tui.App;

internal sealed partial class EngineWorkbench
{
    private readonly ConcurrentStack<ConflictTalk> talks = new();

    public Task<Outcome<ConflictReport>> TalkOverAsync(ImmutableArray<ProjectEdit> edits, ImmutableArray<Wish> wishes, CancellationToken cancellation) =>
        TalkAbout(edits).NextAsync(wishes, Silence.Instance, cancellation);

    public Task<Derivation> DeriveAsync(ImmutableArray<ProjectEdit> edits, Explanation explanation, CancellationToken cancellation) =>
        TalkAbout(edits).DeriveAsync(explanation, cancellation);

    // Older ones may still be at work for a question that nobody waits for, so they live until the end.
    private ConflictTalk TalkAbout(ImmutableArray<ProjectEdit> edits)
    {
        if (talks.TryPeek(out var talk) && talk.Edits.SequenceEqual(edits))
        {
            return talk;
        }

        var fresh = client.TalkOver(request, edits);
        talks.Push(fresh);
        return fresh;
    }
}
