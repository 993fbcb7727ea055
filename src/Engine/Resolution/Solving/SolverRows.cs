namespace Registry.Engine.Resolution.Solving;

/// <summary>A package inside one solve, numbered in the order of discovery.</summary>
internal struct Slot
{
    /// <summary>What may still be chosen: the intersection of everything on the trail about the package.</summary>
    public ulong Current;
    public ulong Any;

    /// <summary>The priority it is queued with; 0 for none.</summary>
    public ulong Key;
    public int Package;
    public int Versions;

    /// <summary>Its newest trail entry; -1 for none.</summary>
    public int Last;

    /// <summary>The chosen ordinal; -1 for none.</summary>
    public int Decision;

    /// <summary>The slot that counts the conflicts of its group, and the next member of the group.</summary>
    public int Group;
    public int NextInGroup;
    public int Conflicts;

    /// <summary>How many times a choice of it was taken back.</summary>
    public int TakenBack;
    public bool IsChanged;
    public bool IsDirty;
}

/// <summary>
/// Terms that cannot all hold. The first two are watched: while neither is satisfied nothing can follow.
/// <see cref="Rest"/> points at the others.
/// </summary>
internal struct Incompatibility
{
    public ulong FirstSet;
    public ulong SecondSet;
    public int First;

    /// <summary>-1 when there is only one term.</summary>
    public int Second;
    public int Rest;
    public int RestCount;

    /// <summary>The level at which it was seen contradicted, and which opening of that level: still so while that is open.</summary>
    public int QuietLevel;
    public int QuietEpoch;

    /// <summary>
    /// A fact's number when <see cref="Steps"/> is <see cref="OfFact"/>, where a list of facts starts when it is
    /// <see cref="OfFacts"/>; else where its derivation of so many steps starts.
    /// </summary>
    public int Cause;
    public int Steps;

    public const int OfFact = -1;
    public const int OfFacts = -2;
}

/// <summary>One narrowing of a package's set.</summary>
internal struct TrailEntry
{
    /// <summary>A choice that opened a level.</summary>
    public const int Decided = int.MinValue;

    /// <summary>The taking of the only version that was left.</summary>
    public const int Confirmed = int.MinValue + 1;

    public ulong Set;
    public int Slot;
    public int Previous;

    /// <summary>An incompatibility, a fact as `~fact`, or one of the constants.</summary>
    public int Cause;
    public int Level;
}

internal struct SlotTerm
{
    public ulong Set;
    public int Slot;
}
