using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>Which packages of the lockfile may move although what is locked would still do.</summary>
public abstract record Unlocking
{
    private Unlocking()
    {
    }

    /// <summary>Keep everything that still fits (`cairn install`, `cairn add`).</summary>
    public sealed record Nothing : Unlocking
    {
        public static Nothing Instance { get; } = new();
    }

    /// <summary>As if there were no lockfile (`cairn update`).</summary>
    public sealed record Everything : Unlocking
    {
        public static Everything Instance { get; } = new();
    }

    /// <summary>
    /// These as new (or as old) as the strategy can have them, and of the others only what must move with them
    /// (`cairn update NAME`).
    /// </summary>
    public sealed record Only(ImmutableArray<PackageName> Names) : Unlocking;
}
