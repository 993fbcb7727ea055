using System.Collections.Concurrent;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Transport;

namespace Registry.Engine.Sources;

/// <summary>One reader for each registry, made when it is first needed.</summary>
internal sealed class FeedReaders(SourceSettings settings) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<(FeedReader Reader, IDisposable? Files)>> _readers = new(StringComparer.Ordinal);
    private readonly FeedCache _cache = new(Path.Combine(settings.CacheFolder, "feeds"));
    private readonly IndexVocabulary _vocabulary = new();
    private readonly HttpMessageInvoker? _http = settings.Http is null ? null : new(settings.Http, disposeHandler: false);

    public FeedReader Of(RegistryEntry registry) => _readers.GetOrAdd(registry.Name, _ => new(() => Make(registry))).Value.Reader;

    public void Dispose()
    {
        foreach (var made in _readers.Values.Where(made => made.IsValueCreated))
        {
            made.Value.Files?.Dispose();
        }

        _http?.Dispose();
    }

    private (FeedReader Reader, IDisposable? Files) Make(RegistryEntry registry)
    {
        var files = settings.Answers is { } hears ? new HeardFeedFiles(registry.Name, Files(registry), hears, settings.Clock) : Files(registry);
        var requiresSignature = registry.Extra.GetValueOrDefault("verify_signatures") == "true";
        return (
            new(registry.Name, files, _cache, settings.Reading, requiresSignature ? FeedTrust.RequireSigned : FeedTrust.AllowUnsigned, _vocabulary),
            files as IDisposable);
    }

    private FeedFiles Files(RegistryEntry registry)
    {
        var address = registry.Address ?? throw new Problem(
            ProblemCode.RegistryNotFound, $"registry `{registry.Name}` has no address", $"give it one: `cairn registry add {registry.Name} URL-OR-FOLDER`").Raise();
        if (!address.Contains("://", StringComparison.Ordinal))
        {
            return new FolderFeedFiles(address);
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "file") || uri.UserInfo.Length > 0)
        {
            throw new Problem(
                ProblemCode.UrlInvalid, $"`{Printable.Clip(address, 200)}` is not the address of a registry", "write a folder, https://… or http://…, without a user name or password").Raise();
        }

        return uri.IsFile ? new FolderFeedFiles(uri.LocalPath) : Web(registry, uri);
    }

    // Without signatures, https is all that stands between a package and whoever is on the path.
    private HttpFeedFiles Web(RegistryEntry registry, Uri uri)
    {
        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback && !registry.AllowInsecure)
        {
            throw new Problem(
                ProblemCode.FeedUnsigned, $"registry `{registry.Name}` is at a plain http address and unsigned: anyone on the way could change its packages",
                $"use https, or allow it with `allow_insecure = true` for `{registry.Name}`").Raise();
        }

        var policy = settings.HttpPolicy with { ResponseTimeout = TimeSpan.FromSeconds(registry.TimeoutSeconds), RetriesMax = registry.RetriesMax };
        return new(
            _http ?? throw new InvalidOperationException("web registries need an HttpMessageHandler"), uri,
            settings.HttpPolicy == HttpPolicy.Default ? policy : settings.HttpPolicy, settings.Clock);
    }
}
