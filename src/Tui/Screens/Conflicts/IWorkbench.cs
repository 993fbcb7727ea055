using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Tui.Screens;

internal partial interface IWorkbench
{
    /// <summary>Goes on talking over the conflict that the edits meet, to the next thing worth showing under these wishes.</summary>
    Task<Outcome<ConflictReport>> TalkOverAsync(ImmutableArray<ProjectEdit> edits, ImmutableArray<Wish> wishes, CancellationToken cancellation);

    /// <summary>The whole proof of a conflict that was talked over.</summary>
    Task<Derivation> DeriveAsync(ImmutableArray<ProjectEdit> edits, Explanation explanation, CancellationToken cancellation);
}
