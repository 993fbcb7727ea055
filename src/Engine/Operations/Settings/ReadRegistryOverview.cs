using System.Collections.Immutable;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Transport;
using Registry.Engine.Sources.Writing;
using Registry.Engine.Store;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Looks at files of this machine only; measures cache and store, so it is for the background.</summary>
/// <param name="folder">Absolute; the project in it or above it adds its own registries and its lockfile.</param>
internal sealed class ReadRegistryOverview(RegistryClient client, string folder) : Query<RegistryOverview>
{
    private const int BlockedShown = 3;
    private const int LockedShown = 200;
    private const int CacheFilesMax = 500_000;

    protected override Task<RegistryOverview> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => LookAsync(cancellation), cancellation);

    private async Task<RegistryOverview> LookAsync(CancellationToken cancellation)
    {
        var project = Project.TryFind(folder);
        var lockfile = Lockfile(project);
        var entries = client.RegistriesOf(project);
        var own = project?.RootManifest.Manifest.Registries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        using var sources = client.OfflineSources(project);
        var views = ImmutableArray.CreateBuilder<RegistryView>();
        foreach (var entry in entries)
        {
            var locked = lockfile?.Packages.Where(package => package.Source is PackageSource.Feed feed && feed.Registry == entry.Name).Select(package => package.Id.Name).ToArray() ?? [];
            var view = new RegistryView(entry, own.Contains(entry.Name) ? "project" : "user", PlaceOf(entry), locked.Length)
            {
                LockedNames = [.. locked.Take(LockedShown)],
            };
            views.Add(await WithNamesAsync(view with { Read = ReadAt(entry) }, sources, cancellation).ConfigureAwait(false));
        }

        return new(views.ToImmutable(), RoutesOf(entries), await KeptAsync(lockfile, cancellation).ConfigureAwait(false), client.IsOffline);
    }

    private static ImmutableArray<NameRoute> RoutesOf(ImmutableArray<RegistryEntry> entries) =>
    [
        .. entries.SelectMany(entry => entry.Packages.Select(pattern => new NameRoute(pattern, entry.Name))),
        new("", entries.FirstOrDefault(entry => entry.IsDefault)?.Name),
    ];

    private static Lockfile? Lockfile(Project? project)
    {
        try
        {
            return project is null ? null : LockedProject.ReadLockfile(project);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    internal static RegistryPlace PlaceOf(RegistryEntry entry) =>
        entry.Address is null ? RegistryPlace.NoAddress
        : WebRegistry.FolderOf(entry) is not { } path ? RegistryPlace.Web
        : FeedFolder.IsFeed(path) ? RegistryPlace.Folder : RegistryPlace.NoFeed;

    /// <summary>When the copy of its state was written.</summary>
    private DateTimeOffset? ReadAt(RegistryEntry entry)
    {
        if (!WebRegistry.IsWeb(entry) || !Uri.TryCreate(entry.Address, UriKind.Absolute, out var address))
        {
            return null;
        }

        var file = new FileInfo(Path.Combine(
            client.Settings.Folders.Cache, "feeds", "feeds", FeedCache.KeyOf(HttpFeedFiles.AddressOf(address)), FeedLayout.Timestamp));
        return file.Exists ? file.LastWriteTimeUtc : null;
    }

    private static async Task<RegistryView> WithNamesAsync(RegistryView view, PackageSources sources, CancellationToken cancellation)
    {
        if (view.Place is RegistryPlace.NoAddress or RegistryPlace.NoFeed)
        {
            return view;
        }

        try
        {
            var (count, blocked, first) = (0, 0, ImmutableArray.CreateBuilder<(PackageName, string)>());
            var routes = sources.Routes;
            foreach (var entry in await sources.ReadNamesAsync(view.Entry.Name, cancellation).ConfigureAwait(false))
            {
                cancellation.ThrowIfCancellationRequested();
                count++;
                if (routes.Claiming(entry.Name) is { } claims && claims.Name != view.Entry.Name)
                {
                    blocked++;
                    if (first.Count < BlockedShown)
                    {
                        first.Add((entry.Name, claims.Name));
                    }
                }
            }

            return view with { Names = count, BlockedCount = blocked, Blocked = first.ToImmutable() };
        }
        catch (ProblemException)
        {
            return view;
        }
    }

    private async Task<KeptFiles> KeptAsync(Lockfile? lockfile, CancellationToken cancellation)
    {
        var index = Path.Combine(client.Settings.Folders.Cache, "feeds");
        var (bytes, newest) = Measure(index, cancellation);
        var stats = await client.Store.StatsAsync(cancellation).ConfigureAwait(false);
        var needed = lockfile?.Packages.Where(package => package.Source is PackageSource.Feed or PackageSource.Git).ToArray() ?? [];
        return new(
            index, bytes, newest, client.Store.Folder, stats.Packages, stats.Bytes, needed.Length,
            [.. needed.Where(package => !IsHere(package)).Select(package => package.Id)]);
    }

    private bool IsHere(LockedPackage package) =>
        (package.Checksum is { } checksum && client.Store.Has(checksum)) || (package.Tree is { } tree && client.Store.Has(tree));

    private static (long Bytes, DateTimeOffset? Newest) Measure(string folder, CancellationToken cancellation)
    {
        var (bytes, newest) = (0L, default(DateTime));
        if (!Directory.Exists(folder))
        {
            return (0, null);
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", options).Take(CacheFilesMax))
        {
            cancellation.ThrowIfCancellationRequested();
            bytes += file.Length;
            newest = file.LastWriteTimeUtc > newest ? file.LastWriteTimeUtc : newest;
        }

        return (bytes, newest == default ? null : newest);
    }
}
