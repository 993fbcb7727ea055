using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Store;
using Registry.Testing;

namespace Registry.Engine.Tests.Sources;

/// <summary>A folder, a store and a cache of one user, and sources over them.</summary>
public abstract class SourcesTests : IDisposable
{
    private protected Sandbox Sandbox { get; } = new();

    private protected FixedClock Clock { get; } = new();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Sandbox.Dispose();

    private protected SourceSettings Settings(params RegistryEntry[] registries) => new()
    {
        CacheFolder = Sandbox.At("cache"),
        Registries = [.. registries],
        ProjectRoot = Sandbox.At("project"),
        Clock = Clock,
    };

    private protected static RegistryEntry Registry(string address) => new("main", address, []) { IsDefault = true };

    private protected static PackageKey Key(string name) => new(PackageName.Parse(name), DependencyOrigin.Feed.Routed);

    private protected async Task<T> WithAsync<T>(SourceSettings settings, Func<PackageSources, Task<T>> use)
    {
        using var store = new ContentStore(new(Sandbox.At("store")), settings.Clock);
        using var sources = new PackageSources(settings, store);
        return await use(sources);
    }

    private protected Task<SuppliedPackage> ReadAsync(SourceSettings settings, PackageKey key) =>
        WithAsync(settings, sources => sources.ReadAsync(key, TestContext.Current.CancellationToken));

    private protected async Task<Problem> FailAsync(SourceSettings settings, PackageKey key) =>
        (await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(settings, key))).Problem;
}
