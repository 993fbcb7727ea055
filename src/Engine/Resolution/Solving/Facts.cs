namespace Registry.Engine.Resolution.Solving;

/// <summary>What a fact of a <see cref="Universe"/> says.</summary>
public enum FactKind : byte
{
    /// <summary>Each of the versions needs the target, in the allowed set.</summary>
    Requires,

    /// <summary>With each of the versions the target may only be in the allowed set, if it is chosen at all.</summary>
    Restricts,

    /// <summary>The versions cannot be chosen.</summary>
    Unavailable,

    /// <summary>Several terms must not hold together.</summary>
    Clause,
}

/// <summary>
/// One thing that is known about a package. <paramref name="Tag"/> is the caller's own number, for its texts.
/// <paramref name="Target"/> is -1 where there is none or it is not known yet.
/// </summary>
public readonly record struct Fact(int Id, FactKind Kind, int Package, OrdinalSet Versions, int Target, OrdinalSet Allowed, int Tag)
{
    /// <summary>The fact id of "the root version is wanted", which every proof starts from.</summary>
    public const int Root = -1;
}

/// <summary>
/// "The chosen version of <paramref name="Package"/> is one of <paramref name="Versions"/>", or, with
/// <paramref name="OrAbsent"/>, "…or the package is not chosen".
/// </summary>
public readonly record struct Term(int Package, OrdinalSet Versions, bool OrAbsent);
