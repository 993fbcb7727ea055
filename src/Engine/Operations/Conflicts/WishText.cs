using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>Wishes as flags of `cairn resolve`, and back.</summary>
public static class WishText
{
    public const string Keep = "--keep";
    public const string KeepLine = "--keep-line";
    public const string KeepAsOf = "--keep-as-of";
    public const string Never = "--never";

    private const string Prerelease = "prerelease";
    private const string Copies = "copies";
    private const string Override = "override";

    public static string Flag(Wish wish) => wish switch
    {
        Wish.Keep => Keep,
        Wish.KeepLine => KeepLine,
        Wish.KeepAsOf => KeepAsOf,
        _ => Never,
    };

    /// <summary>What stands after the flag, not quoted; null for a flag without a value.</summary>
    public static string? Value(Wish wish) => wish switch
    {
        Wish.Keep keep => $"{keep.Name}@{keep.Version}",
        Wish.KeepLine { Group: DependencyGroup.Normal, File: Workspace.Project.ManifestName } line => line.LocalName,
        Wish.KeepLine line => $"{line.LocalName}:{line.Group.ToString().ToLowerInvariant()}{(line.File == Workspace.Project.ManifestName ? "" : $":{line.File}")}",
        Wish.Never { Versions.IsAll: true } never => never.Name.Value,
        Wish.Never never => $"{never.Name}@{never.Versions}",
        Wish.NeverPrereleases never => $"{never.Name}@{Prerelease}",
        Wish.NeverCopies never => $"{never.Name}@{Copies}",
        Wish.NeverOverride never => $"{never.Name}@{Override}",
        _ => null,
    };

    /// <summary>The value of `--never`: `NAME`, `NAME@RANGE`, `NAME@prerelease`, `NAME@copies`, `NAME@override`.</summary>
    /// <exception cref="ProblemException">PackageNameInvalid, ConstraintInvalid.</exception>
    public static Wish ParseNever(string text)
    {
        var (name, range) = Split(text);
        return range switch
        {
            null => new Wish.Never(name, VersionSet.All),
            Prerelease => new Wish.NeverPrereleases(name),
            Copies => new Wish.NeverCopies(name),
            Override => new Wish.NeverOverride(name),
            _ => new Wish.Never(name, Constraint.Parse(range).Versions),
        };
    }

    /// <summary>The value of `--keep`: `NAME@VERSION`; without a version the one that is locked.</summary>
    public static Wish ParseKeep(string text, Lockfile? locked)
    {
        var (name, range) = Split(text);
        var version = range is not null ? SemanticVersion.Parse(range) : locked?.Packages.Where(package => package.Id.Name == name).Max(package => package.Id.Version);
        return version is not null ? new Wish.Keep(name, version) : throw new Problem(
            ProblemCode.UsageInvalid, $"`{name}` is not locked, so there is no version to keep", $"say which: {Keep} {name}@VERSION").Raise();
    }

    /// <summary>The value of `--keep-line`: `NAME`, `NAME:dev`, `NAME:build`, with `:FILE` for the manifest of a member.</summary>
    public static Wish ParseKeepLine(string text)
    {
        var parts = text.Split(':', 3);
        return parts[0].Length > 0 && Enum.TryParse<DependencyGroup>(parts.Length > 1 ? parts[1] : nameof(DependencyGroup.Normal), true, out var group) && Enum.IsDefined(group)
            ? new Wish.KeepLine(parts.Length > 2 ? parts[2] : Workspace.Project.ManifestName, group, parts[0])
            : throw new Problem(ProblemCode.UsageInvalid, $"`{Printable.Clip(text, 80)}` names no line", $"write {KeepLine} NAME, NAME:dev or NAME:build").Raise();
    }

    // The first character may be the @ of a scope in the npm style; then the next one divides.
    private static (PackageName Name, string? Range) Split(string text)
    {
        var at = text.IndexOf('@', Math.Min(1, text.Length));
        return at < 0 ? (PackageName.Parse(text), null) : (PackageName.Parse(text[..at]), text[(at + 1)..]);
    }
}
