using System.Runtime.InteropServices;

namespace Registry.Engine.Resolution.Solving;

/// <summary>How a solve works with a fact.</summary>
internal enum FactShape : byte
{
    /// <summary>A requirement whose target is not known yet.</summary>
    Pending,

    /// <summary>Not together: the package in the set, the target in the term.</summary>
    Pair,

    /// <summary>Not: the package in the set.</summary>
    Unit,

    /// <summary>Not: the package in the set and in the term; a requirement on itself.</summary>
    Self,

    /// <summary>Not together: the package in the set and all terms of a clause.</summary>
    Clause,

    /// <summary>Says nothing that could be violated.</summary>
    Void,
}

/// <summary>A fact as the solver reads it: 40 bytes, in one array.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FactRow
{
    public ulong Set;
    public ulong Term;
    public int Package;
    public int Target;
    public int Tag;

    /// <summary>The next fact of the package on the same target, in a ring; itself when it is alone.</summary>
    public int Sibling;
    public FactKind Kind;
    public FactShape Shape;
}

/// <summary>A package as the solver reads it.</summary>
internal struct PackageRow
{
    public ulong Any;
    public int Versions;
    public int Group;

    /// <summary>Where the package's part of the per-version fact lists starts; -1 while it is open.</summary>
    public int FirstVersion;
    public int FirstFact;
    public int LastFact;

    /// <summary>Whether any of its facts was ever of another shape than <see cref="FactShape.Pair"/>.</summary>
    public bool HasSpecialFacts;
}

internal readonly record struct PackedTerm(int Package, ulong Set);
