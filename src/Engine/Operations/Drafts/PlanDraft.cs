using System.Collections.Immutable;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>One step of a plan as it was staged.</summary>
public sealed record DraftStep(char Sign, string Words, string? Subject, ImmutableArray<ProjectEdit> Edits);

/// <summary>A staged plan that is not applied, kept beside the project for the next time. It is only ever staged again and solved anew.</summary>
/// <param name="Base">A digest of the manifests and the lockfile it was staged on.</param>
public sealed record PlanDraft(ImmutableArray<DraftStep> Steps, ImmutableArray<Wish> Wishes, string Base)
{
    public const int StepsMax = 200;

    public bool IsEmpty => Steps.IsEmpty && Wishes.IsEmpty;
}

/// <summary>A draft that was found.</summary>
/// <param name="IsStale">The manifests or the lockfile are not what they were when it was staged.</param>
public sealed record FoundDraft(PlanDraft Draft, bool IsStale);
