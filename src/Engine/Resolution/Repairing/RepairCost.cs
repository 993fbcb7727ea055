namespace Registry.Engine.Resolution.Repairing;

/// <summary>
/// How much a repair changes, compared part by part: dependencies done without, what else is given up, overrides that go
/// far from what is asked for, manifest lines, risk, the largest step of a direct dependency, packages changed, packages
/// that go down.
/// </summary>
internal readonly record struct RepairCost(
    int Dropped, int GivenUp, int FarOverrides, int Edits, RepairRisk Risk, VersionStep Step, int Changes, int Downgrades)
    : IComparable<RepairCost>
{
    /// <summary>The least that a set of levers can cost.</summary>
    public static RepairCost AtLeast(IReadOnlyCollection<Lever> levers) => new(
        levers.Count(lever => lever.Risk == RepairRisk.GiveUp),
        levers.Count(lever => lever.Risk == RepairRisk.GiveUpFeature),
        0,
        levers.Count,
        levers.Count == 0 ? RepairRisk.Compatible : levers.Max(lever => lever.Risk),
        VersionStep.None,
        0,
        0);

    public int CompareTo(RepairCost other)
    {
        var given = (Dropped, GivenUp, FarOverrides).CompareTo((other.Dropped, other.GivenUp, other.FarOverrides));
        return given != 0 ? given
            : (Edits, Risk, Step, Changes, Downgrades).CompareTo((other.Edits, other.Risk, other.Step, other.Changes, other.Downgrades));
    }
}
