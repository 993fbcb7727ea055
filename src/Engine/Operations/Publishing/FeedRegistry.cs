using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <summary>Which folder a registry is kept in: publishing goes to feeds that are folders.</summary>
internal static class FeedRegistry
{
    /// <param name="registry">Null for the one the name is routed to.</param>
    /// <returns>The registry's name and the absolute folder of its feed.</returns>
    public static (string Name, string Folder) Folder(PackageSources sources, PackageName name, string? registry)
    {
        var entry = registry is null ? sources.Routes.Resolve(name) : sources.Routes.Find(registry);
        var address = entry.Address ?? throw new Problem(
            ProblemCode.RegistryNotFound, $"the registry `{entry.Name}` has no address", $"give it one: `cairn registry add {entry.Name} FOLDER`").Raise();
        if (!address.Contains("://", StringComparison.Ordinal))
        {
            return (entry.Name, address);
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile
            ? (entry.Name, uri.LocalPath)
            : throw new Problem(
                ProblemCode.UsageInvalid, $"the registry `{entry.Name}` is a web address, and only the folder behind it can be changed",
                $"run the command where that folder is, with `cairn registry add NAME FOLDER` and `--registry NAME`").Raise();
    }
}
