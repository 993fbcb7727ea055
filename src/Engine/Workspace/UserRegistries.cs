using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Store;

namespace Registry.Engine.Workspace;

/// <summary>The user's `registries.toml`.</summary>
public static class UserRegistries
{
    private const int BytesMax = 1024 * 1024;

    /// <summary>Empty when there is no file.</summary>
    public static RegistriesDocument Read(UserFolders folders) =>
        File.Exists(folders.RegistriesFile)
            ? RegistriesDocument.Parse(Encoding.UTF8.GetString(ProjectReader.ReadBounded(folders.RegistriesFile, BytesMax)), folders.RegistriesFile)
            : RegistriesDocument.Empty(folders.RegistriesFile);

    /// <summary>Saves the file, all at once.</summary>
    public static void Save(UserFolders folders, RegistriesDocument document)
    {
        Directory.CreateDirectory(folders.Configuration);
        AtomicFile.Write(folders.RegistriesFile, Encoding.UTF8.GetBytes(document.Text), Durability.Synced);
    }

    /// <summary>
    /// The registries of a project and of its user as one list: an entry of the project goes before the user's of the same
    /// name and takes the address from it when it has none. Folders become absolute.
    /// </summary>
    /// <param name="projectRoot">What folders of the project's entries are relative to; null outside a project.</param>
    public static ImmutableArray<RegistryEntry> Merge(
        ImmutableArray<RegistryEntry> project, string? projectRoot, ImmutableArray<RegistryEntry> user, string userFolder)
    {
        var merged = project.Select(entry => Complete(entry, projectRoot, user, userFolder)).ToList();
        var hasDefault = merged.Exists(entry => entry.IsDefault);
        merged.AddRange(user.Where(entry => project.All(own => own.Name != entry.Name))
            .Select(entry => Absolute(entry, userFolder) with { IsDefault = entry.IsDefault && !hasDefault }));
        return [.. merged];
    }

    private static RegistryEntry Complete(
        RegistryEntry entry, string? projectRoot, ImmutableArray<RegistryEntry> user, string userFolder)
    {
        if (entry.Address is not null)
        {
            return projectRoot is null ? entry : Absolute(entry, projectRoot);
        }

        return user.FirstOrDefault(candidate => candidate.Name == entry.Name) is { } known
            ? Absolute(known, userFolder) with { Packages = entry.Packages, IsDefault = entry.IsDefault, Ecosystem = entry.Ecosystem ?? known.Ecosystem }
            : entry;
    }

    private static RegistryEntry Absolute(RegistryEntry entry, string folder) =>
        entry.Address is null || WebAddress.IsAllowed(entry.Address) || entry.Address.Contains("://", StringComparison.Ordinal)
            ? entry
            : entry with { Address = Path.GetFullPath(entry.Address, folder) };
}
