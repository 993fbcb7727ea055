using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>Where a registry is.</summary>
internal static class WebRegistry
{
    public static bool IsWeb(RegistryEntry entry) => entry.Address is { } address && address.Contains("://", StringComparison.Ordinal) && FolderOf(entry) is null;

    /// <summary>The folder it is in; null for one on the web, and for one without an address.</summary>
    public static string? FolderOf(RegistryEntry entry) =>
        entry.Address is not { } address ? null
        : !address.Contains("://", StringComparison.Ordinal) ? address
        : Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : null;
}
