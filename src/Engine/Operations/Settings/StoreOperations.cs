using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Progress;
using Registry.Engine.Store;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>What is in the store and what it was good for.</summary>
public sealed record StoreStatsReport(
    string Folder, int Packages, long Files, long Bytes, long Hits, long Misses, long FetchedBytes, ImmutableArray<string> Projects) : IReport
{
    public string Kind => "store-stats";

    /// <summary>Hits among all questions, 0 to 1; null before the first.</summary>
    public double? HitRate => Hits + Misses == 0 ? null : (double)Hits / (Hits + Misses);

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("folder"u8, Folder);
        json.WriteNumber("packages"u8, Packages);
        json.WriteNumber("files"u8, Files);
        json.WriteNumber("bytes"u8, Bytes);
        json.WriteNumber("hits"u8, Hits);
        json.WriteNumber("misses"u8, Misses);
        json.WriteNumber("fetched_bytes"u8, FetchedBytes);
        json.WriteStrings("projects", Projects);
    }
}

/// <summary>`cairn store stats`.</summary>
internal sealed class StoreStats(RegistryClient client) : Query<StoreStatsReport>
{
    protected override async Task<StoreStatsReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var stats = await client.Store.StatsAsync(cancellation).ConfigureAwait(false);
        return new(client.Store.Folder, stats.Packages, stats.Files, stats.Bytes, stats.Hits, stats.Misses, stats.FetchedBytes, stats.Projects);
    }
}

/// <summary>A package in the store that is not what was put there.</summary>
public sealed record DamagedPackage(string Key, ImmutableArray<string> Paths);

/// <param name="WereDiscarded">Whether the damaged ones were thrown away, to be fetched again.</param>
public sealed record StoreVerifyReport(int Packages, long Files, long Bytes, ImmutableArray<DamagedPackage> Damaged, bool WereDiscarded) : IReport
{
    public string Kind => "store-verify";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("packages"u8, Packages);
        json.WriteNumber("files"u8, Files);
        json.WriteNumber("bytes"u8, Bytes);
        json.WriteBoolean("discarded"u8, WereDiscarded);
        json.WriteStartArray("damaged"u8);
        foreach (var damaged in Damaged)
        {
            json.WriteStartObject();
            json.WriteString("key"u8, damaged.Key);
            json.WriteStrings("paths", damaged.Paths);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>What becomes of packages of the store that are damaged.</summary>
public enum DamagedPackages
{
    AreReported,

    /// <summary>They are fetched again when they are needed.</summary>
    AreDiscarded,
}

/// <summary>`cairn store verify`: reads every file. Damaged packages are thrown away unless only a report is wanted.</summary>
internal sealed class StoreVerify(RegistryClient client, DamagedPackages damagedPackages) : Query<StoreVerifyReport>
{
    protected override async Task<StoreVerifyReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var rule = damagedPackages == DamagedPackages.AreDiscarded ? DamageRule.Discard : DamageRule.Report;
        var found = await client.Store.VerifyAsync(rule, cancellation).ConfigureAwait(false);
        return new(
            found.Packages, found.Files, found.Bytes,
            [.. found.Damaged.Select(damaged => new DamagedPackage(damaged.Key.ToString(), damaged.Paths))],
            rule == DamageRule.Discard && !found.Damaged.IsEmpty);
    }
}

/// <summary>What will be, or was, taken away to make room.</summary>
/// <param name="Packages">Keys of packages of the store.</param>
/// <param name="Folders">Whole folders, absolute, with their size in bytes.</param>
/// <param name="IsEverything">Also what projects still use: they fetch it again.</param>
public sealed record CleanReport(
    ImmutableArray<string> Packages, long PackageBytes, int Kept, ImmutableArray<(string Folder, long Bytes)> Folders, bool IsEverything) : IReport
{
    public string Kind => "clean";

    public long Bytes => PackageBytes + Folders.Sum(folder => folder.Bytes);

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStrings("packages", Packages);
        json.WriteNumber("package_bytes"u8, PackageBytes);
        json.WriteNumber("kept"u8, Kept);
        json.WriteStartArray("folders"u8);
        foreach (var (folder, bytes) in Folders)
        {
            json.WriteStartObject();
            json.WriteString("folder"u8, folder);
            json.WriteNumber("bytes"u8, bytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("everything"u8, IsEverything);
    }
}

/// <summary>What to take away.</summary>
public enum CleanScope
{
    /// <summary>Packages of the store that no project has used for a while.</summary>
    UnusedPackages,

    /// <summary>Index documents and clones; read again when needed.</summary>
    Cache,

    /// <summary>The cache, all packages of the store, and the project's installed packages.</summary>
    All,
}

/// <param name="Folder">Absolute; the project in it or above it.</param>
/// <param name="UnusedFor">Packages used since then stay; only for <see cref="CleanScope.UnusedPackages"/>.</param>
public sealed record CleanRequest(string Folder, CleanScope Scope, TimeSpan UnusedFor);

/// <summary>`cairn clean` and `cairn store gc`. Whatever goes can be fetched or resolved again; manifests and lockfiles stay.</summary>
internal sealed class Clean(RegistryClient client, CleanRequest request) : Change<CleanReport, CleanReport>
{
    public override async Task<CleanReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var folders = Folders().Where(Directory.Exists).Select(folder => (folder, Size(folder))).ToImmutableArray();
        return request.Scope switch
        {
            CleanScope.UnusedPackages => await CollectAsync(CollectionMode.Preview, cancellation).ConfigureAwait(false),
            CleanScope.Cache => new([], 0, 0, folders, false),
            _ => new([], 0, 0, folders, true),
        };
    }

    public override async Task<CleanReport> ApplyAsync(CleanReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        if (request.Scope == CleanScope.UnusedPackages)
        {
            return await CollectAsync(CollectionMode.Delete, cancellation).ConfigureAwait(false);
        }

        var done = 0;
        foreach (var (folder, _) in plan.Folders)
        {
            progress.Report(new ProgressEvent.StepAdvanced("cleaning", done++, plan.Folders.Length));
            await Task.Run(() => FolderRemoval.Delete(folder), cancellation).ConfigureAwait(false);
        }

        return plan;
    }

    private IEnumerable<string> Folders()
    {
        if (request.Scope == CleanScope.UnusedPackages)
        {
            yield break;
        }

        yield return client.Settings.Folders.Cache;
        if (request.Scope == CleanScope.All)
        {
            yield return client.Store.Folder;
            if (Project.TryFind(request.Folder) is { } project)
            {
                yield return project.InstallFolder;
                yield return project.State.Path;
            }
        }
    }

    private async Task<CleanReport> CollectAsync(CollectionMode mode, CancellationToken cancellation)
    {
        var collected = await client.Store.CollectAsync(request.UnusedFor, mode, cancellation).ConfigureAwait(false);
        return new([.. collected.Removed.Select(key => key.ToString())], collected.RemovedBytes, collected.Kept, [], false);
    }

    private static long Size(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
            .Sum(file => file.Length);
}
