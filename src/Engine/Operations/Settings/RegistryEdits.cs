using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>What is to be different about one of the user's registries; null leaves a part as it is.</summary>
public sealed record RegistryEdit(string Name)
{
    public string? Address { get; init; }

    /// <summary>The names it is the only source of; empty for none.</summary>
    public ImmutableArray<string>? Packages { get; init; }

    public bool? AllowInsecure { get; init; }

    /// <summary>Make it the source of all names without a route.</summary>
    public bool BecomesDefault { get; init; }
}

public enum MoveDirection
{
    Up,
    Down,
}

/// <summary>Changes of the user's `registries.toml`.</summary>
internal static class RegistryEdits
{
    /// <param name="folder">What a relative address is relative to.</param>
    public static UserFileReport Add(UserFolders folders, RegistryEntry entry, string folder)
    {
        var document = UserRegistries.Read(folders);
        if (document.Registries.Any(known => known.Name == entry.Name))
        {
            throw new Problem(
                ProblemCode.RegistryExists, $"there is a registry `{entry.Name}` already", $"remove it first: `cairn registry remove {entry.Name}`").Raise();
        }

        if (entry.Ecosystem is { } ecosystem && !EcosystemName.IsValid(ecosystem))
        {
            throw FeedInit.EcosystemInvalid(ecosystem);
        }

        CheckName(entry.Name);
        CheckPatterns(entry.Packages);
        var address = Address(entry.Address!, folder);
        var isFirst = document.Registries.IsEmpty && entry.Packages.IsEmpty;
        return Report(folders, document, document.With(entry with { Address = address, IsDefault = entry.IsDefault || isFirst }));
    }

    public static UserFileReport Remove(UserFolders folders, string name)
    {
        var document = UserRegistries.Read(folders);
        Require(document, name);
        return Report(folders, document, document.Without(name));
    }

    /// <param name="folder">What a relative address is relative to.</param>
    public static UserFileReport Edit(UserFolders folders, RegistryEdit edit, string folder)
    {
        var document = UserRegistries.Read(folders);
        var known = Require(document, edit.Name);
        var packages = edit.Packages ?? known.Packages;
        CheckPatterns(packages);
        return Report(folders, document, document.Changed(known with
        {
            Address = edit.Address is { } address ? Address(address, folder) : known.Address,
            Packages = packages,
            AllowInsecure = edit.AllowInsecure ?? known.AllowInsecure,
            IsDefault = edit.BecomesDefault,
        }));
    }

    public static UserFileReport Move(UserFolders folders, string name, MoveDirection direction)
    {
        var document = UserRegistries.Read(folders);
        var from = document.Registries.IndexOf(Require(document, name));
        var to = direction == MoveDirection.Up ? from - 1 : from + 1;
        return to >= 0 && to < document.Registries.Length
            ? Report(folders, document, document.Swapped(name, document.Registries[to].Name))
            : throw new Problem(
                ProblemCode.UsageInvalid, $"`{name}` is the {(direction == MoveDirection.Up ? "first" : "last")} of your registries already", "`cairn registry list` shows their order").Raise();
    }

    private static RegistryEntry Require(RegistriesDocument document, string name) =>
        document.Registries.FirstOrDefault(known => known.Name == name) ?? throw new Problem(
            ProblemCode.RegistryNotFound, $"there is no registry `{Printable.Clip(name, 80)}` of yours",
            NearestName.Of(name, document.Registries.Select(known => known.Name)) is { } near
                ? $"did you mean `{near}`?"
                : "`cairn registry list` shows those there are; those of a project are changed in its manifest").Raise();

    private static UserFileReport Report(UserFolders folders, RegistriesDocument before, RegistriesDocument after) => new(
        folders.RegistriesFile,
        TextDifference.Between(folders.RegistriesFile, before.Text.Length == 0 ? null : before.Text, after.Text))
    {
        Save = () => UserRegistries.Save(folders, after),
    };

    private static string Address(string address, string folder)
    {
        if (!address.Contains("://", StringComparison.Ordinal))
        {
            return Path.GetFullPath(address, folder);
        }

        return WebAddress.IsAllowed(address) || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsFile)
            ? address
            : throw new Problem(
                ProblemCode.UrlInvalid, $"`{Printable.Clip(address, 200)}` is not the address of a registry",
                "give a folder, or https://… without a user name or password").Raise();
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > PackageName.SegmentLengthMax || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new Problem(ProblemCode.NameInvalid, $"`{Printable.Clip(name, 80)}` is not a name for a registry", "use letters, digits, `-` and `_`").Raise();
        }
    }

    private static void CheckPatterns(ImmutableArray<string> patterns)
    {
        foreach (var pattern in patterns)
        {
            PackageName.Parse(pattern.EndsWith("/*", StringComparison.Ordinal) ? pattern[..^2] : pattern);
        }
    }
}
