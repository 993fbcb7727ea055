using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Tui.App;

internal sealed partial class EngineWorkbench
{
    private readonly Lent<ConflictTalk> talks = new();

    public Task<Outcome<ConflictReport>> TalkOverAsync(ImmutableArray<ProjectEdit> edits, ImmutableArray<Wish> wishes, CancellationToken cancellation) =>
        TalkAboutAsync(edits, talk => talk.NextAsync(wishes, Silence.Instance, cancellation));

    public Task<Derivation> DeriveAsync(ImmutableArray<ProjectEdit> edits, Explanation explanation, CancellationToken cancellation) =>
        TalkAboutAsync(edits, talk => talk.DeriveAsync(explanation, cancellation));

    private Task<T> TalkAboutAsync<T>(ImmutableArray<ProjectEdit> edits, Func<ConflictTalk, Task<T>> use) =>
        talks.UseAsync(talk => talk.Edits.SequenceEqual(edits), () => client.TalkOver(request, edits), use);
}
