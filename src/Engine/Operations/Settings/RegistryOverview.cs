using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>What is known of a registry without asking it.</summary>
public enum RegistryPlace
{
    /// <summary>A folder with a feed.</summary>
    Folder,

    /// <summary>A folder that is not there, or no feed.</summary>
    NoFeed,
    Web,
    NoAddress,
}

/// <summary>A registry as a screen shows it before it was tested.</summary>
/// <param name="Where">`project` or `user`: whose file names it.</param>
/// <param name="Locked">Packages of the lockfile that come from it.</param>
public sealed record RegistryView(RegistryEntry Entry, string Where, RegistryPlace Place, int Locked)
{
    /// <summary>Their names, in the order of the lockfile; at most 200.</summary>
    public ImmutableArray<PackageName> LockedNames { get; init; } = [];

    /// <summary>When its state was last read over the network; null for folders, and when it never was.</summary>
    public DateTimeOffset? Read { get; init; }

    /// <summary>Names it has, by what is on this machine; null when that is not known.</summary>
    public int? Names { get; init; }

    /// <summary>Names it has that a route gives to another registry, so that they never come from here: the first few.</summary>
    public ImmutableArray<(PackageName Name, string Registry)> Blocked { get; init; } = [];

    /// <summary>All of those.</summary>
    public int BlockedCount { get; init; }
}

/// <summary>Which names go where.</summary>
/// <param name="Pattern">`acme/*`, a name; empty for all others.</param>
/// <param name="Registry">Null when those have no source.</param>
public sealed record NameRoute(string Pattern, string? Registry);

/// <summary>What is kept on this machine.</summary>
/// <param name="IndexBytes">Copies of what web registries said.</param>
/// <param name="Locked">Packages of the lockfile with files; 0 without a lockfile.</param>
/// <param name="Missing">Those whose files are not here: offline they cannot be installed.</param>
public sealed record KeptFiles(
    string IndexFolder, long IndexBytes, DateTimeOffset? IndexRead, string StoreFolder, int StorePackages, long StoreBytes, int Locked, ImmutableArray<PackageId> Missing);

/// <summary>Everything about registries that can be said without the network.</summary>
public sealed record RegistryOverview(ImmutableArray<RegistryView> Registries, ImmutableArray<NameRoute> Routes, KeptFiles Kept, bool IsOffline);
