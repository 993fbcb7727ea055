using System.Collections.Immutable;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>A repair as a session offers it.</summary>
/// <param name="Letter">`A` for the first found without wishes, `O1` for the first forced one. Those found without wishes keep theirs.</param>
/// <param name="Keeps">How many of the dependencies that clash stay as they were asked for.</param>
/// <param name="Of">How many dependencies clash.</param>
public sealed record OfferedRepair(string Letter, Repair Repair, int Keeps, int Of);

/// <summary>A repair that the wishes do not allow.</summary>
/// <param name="By">Wishes that together rule it out; without one of them they do not. Never empty.</param>
public sealed record RuledOutRepair(OfferedRepair Offer, ImmutableArray<Wish> By);

/// <summary>Wishes to let go of, and what that makes possible.</summary>
/// <param name="Offer">Null when nothing else has to change then.</param>
public sealed record WayOut(ImmutableArray<Wish> Dropped, OfferedRepair? Offer);

/// <summary>Wishes that leave no repair which gives nothing up.</summary>
/// <param name="Blocking">As few as say it: without any one of them there would be a repair.</param>
public sealed record Deadlock(ImmutableArray<Wish> Blocking, ImmutableArray<WayOut> Ways);

/// <summary>Where a session stands. A value: it stays as it is while the session goes on.</summary>
/// <param name="Conflicts">Reasons that have no manifest line in common, the first found first. Each repair solves all of them.</param>
public sealed record ConflictState(ImmutableArray<Explanation> Conflicts)
{
    public ImmutableArray<Wish> Wishes { get; init; } = [];

    /// <summary>Proven with the wishes, least change first.</summary>
    public ImmutableArray<OfferedRepair> Repairs { get; init; } = [];

    /// <summary>Repairs that force a version on packages that do not ask for it: they resolve, and may not work.</summary>
    public ImmutableArray<OfferedRepair> Forced { get; init; } = [];

    public ImmutableArray<RuledOutRepair> RuledOut { get; init; } = [];

    /// <summary>Null while something can be done that gives nothing up, and until it is known.</summary>
    public Deadlock? Deadlock { get; init; }

    /// <summary>Whether the search has come to its end; until then more may come.</summary>
    public bool IsComplete { get; init; }

    /// <summary>All there are, the forced last.</summary>
    public IEnumerable<OfferedRepair> All => Repairs.Concat(Forced);

    public OfferedRepair? Find(string id) => All.FirstOrDefault(offer => offer.Repair.Id == id);
}

/// <summary>What <see cref="ConflictSession.Step"/> came to.</summary>
public abstract record SessionStep
{
    private SessionStep()
    {
    }

    /// <summary>As <see cref="ResolverStep.NeedsPackages"/>.</summary>
    public sealed record NeedsPackages(ImmutableArray<Model.PackageKey> Keys) : SessionStep;

    /// <summary>There is more to show than before.</summary>
    public sealed record Changed(ConflictState State) : SessionStep;

    /// <summary>Nothing more to do until the wishes change.</summary>
    public sealed record Done(ConflictState State) : SessionStep;
}
