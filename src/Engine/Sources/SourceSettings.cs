using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Git;
using Registry.Engine.Sources.Transport;

namespace Registry.Engine.Sources;

/// <summary>What the sources of one project or query are made of. Values only: nothing here is read from the environment.</summary>
public sealed record SourceSettings
{
    /// <summary>The user's cache folder; index documents and clones go below it.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Of project and user together, with absolute addresses.</summary>
    public required ImmutableArray<RegistryEntry> Registries { get; init; }

    /// <summary>What folders of path dependencies are relative to; null outside a project.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>Folders of the workspace's members relative to the project root, the root's own included, by name.</summary>
    public ImmutableDictionary<PackageName, string> Members { get; init; } = ImmutableDictionary<PackageName, string>.Empty;

    /// <summary>Git dependencies locked before keep their commit, unless they are unlocked; null for none.</summary>
    public Lockfile? Locked { get; init; }

    /// <summary>Git packages that may move to a newer commit of their branch or tag.</summary>
    public ImmutableHashSet<PackageName> Unlocked { get; init; } = [];

    public FeedReading Reading { get; init; } = FeedReading.Online;

    /// <summary>How requests are sent; see <see cref="HttpHandlers"/>. Not disposed here; null where no registry is on the web.</summary>
    public HttpMessageHandler? Http { get; init; }

    public HttpPolicy HttpPolicy { get; init; } = HttpPolicy.Default;

    public GitOptions Git { get; init; } = new();

    /// <summary>Archives on their way at once.</summary>
    public int DownloadsMax { get; init; } = 16;

    /// <summary>Hears how registries answer; null when nobody listens.</summary>
    public IProgress<ProgressEvent>? Answers { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
