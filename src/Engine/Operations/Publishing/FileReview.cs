using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Operations.Packing;

namespace Registry.Engine.Operations;

/// <summary>The list of files of a review: what goes in and what stays out, each with the reason and what is odd about it.</summary>
internal static class FileReview
{
    /// <param name="inspected">Of the files in the archive; empty when there is none.</param>
    public static ImmutableArray<ReviewedFile> Of(SelectedFiles selected, IReadOnlyDictionary<string, InspectedFile> inspected, FineFiles fine) =>
    [
        .. selected.Files.Select(file => Review(file, selected.Root, inspected, fine))
            .OrderByDescending(file => file.NeedsLook).ThenByDescending(file => !file.Flags.IsEmpty)
            .ThenBy(file => file.NeedsLook ? file.Flags[0].Kind : FileFlagKind.Link)
            .ThenByDescending(file => file.IsIn).ThenBy(file => file.Path, StringComparer.Ordinal),
    ];

    private static ReviewedFile Review(PackageFile file, string root, IReadOnlyDictionary<string, InspectedFile> inspected, FineFiles fine)
    {
        var found = inspected.GetValueOrDefault(file.Path);
        var flags = Flags(file, found);
        var hash = found?.Hash ?? (flags is [{ Kind: FileFlagKind.Link }] ? LinkHash(root, file.Path) : null);
        return new(
            file.Path, file.Size, file.IsIn, JsonNamingPolicy.KebabCaseLower.ConvertName(file.Verdict.ToString()), file.Because, flags)
        {
            Hash = hash,
            IsFine = hash is not null && !flags.IsEmpty && fine.Has(file.Path, hash),
        };
    }

    private static ImmutableArray<FileFlag> Flags(PackageFile file, InspectedFile? found) => file.Verdict switch
    {
        FileVerdict.Secret => [new(FileFlagKind.Refused, file.Because ?? "a secret")],
        FileVerdict.Forbidden => [new(FileFlagKind.BadName, file.Because is { } because ? $"its name is not allowed: {because}" : "its name is not allowed")],
        FileVerdict.NotAFile => [new(FileFlagKind.Link, "a symbolic link is left out")],
        _ => found?.Flags ?? [],
    };

    private static ContentHash? LinkHash(string root, string path) =>
        new FileInfo(Path.Combine(root, path)).LinkTarget is { } target ? ContentHash.Of(Encoding.UTF8.GetBytes($"link {target}")) : null;
}
