using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Writing;

namespace Registry.Engine.Operations;

/// <summary>Which folder a registry is kept in: publishing goes to feeds that are folders.</summary>
internal static class FeedRegistry
{
    /// <param name="registry">Null for the one the name is routed to.</param>
    /// <returns>The registry's name and the absolute folder of its feed.</returns>
    public static (string Name, string Folder) Folder(PackageSources sources, PackageName name, string? registry)
    {
        var entry = registry is null ? sources.Routes.Resolve(name) : sources.Routes.Find(registry);
        return (entry.Name, FolderOf(entry));
    }

    /// <summary>Where a package would go, and why it cannot; null when it can.</summary>
    /// <exception cref="ProblemException">RegistryNotFound for a registry that was named; RouteMissing.</exception>
    public static (PublishTarget Target, Problem? Problem) Target(PackageSources sources, PackageName name, string? registry)
    {
        var entry = registry is null ? sources.Routes.Resolve(name) : sources.Routes.Find(registry);
        var address = entry.Address ?? "";
        try
        {
            var folder = FolderOf(entry);
            return FeedFolder.IsFeed(folder)
                ? (new(entry.Name, address, folder), null)
                : (new(entry.Name, address, null), new(ProblemCode.FeedNotFound, $"`{folder}` is not a feed", $"make it one: `cairn feed init {folder}`"));
        }
        catch (ProblemException e)
        {
            return (new(entry.Name, address, null), e.Problem);
        }
    }

    private static string FolderOf(RegistryEntry entry)
    {
        var address = entry.Address ?? throw new Problem(
            ProblemCode.RegistryNotFound, $"the registry `{entry.Name}` has no address", $"give it one: `cairn registry add {entry.Name} FOLDER`").Raise();
        if (!address.Contains("://", StringComparison.Ordinal))
        {
            return address;
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile
            ? uri.LocalPath
            : throw new Problem(
                ProblemCode.UsageInvalid,
                $"`{entry.Name}` is a web address, and publishing there needs a registry server to sign in to, which this version cannot do yet",
                "publish into the folder behind it, where you can reach it: `cairn registry add NAME FOLDER`, then `--registry NAME`").Raise();
    }
}
