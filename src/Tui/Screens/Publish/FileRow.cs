using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Publish;

/// <summary>A row of the list of files: a file, a folder of files, those left out, or the package they belong to.</summary>
/// <param name="Key">What folds it, or it is marked by.</param>
/// <param name="Package">Of the review it belongs to.</param>
/// <param name="File">Null for all but a file.</param>
internal sealed record FileRow(FileRowKind Kind, string Key, PackageReview Package, ReviewedFile? File)
{
    public string Text { get; init; } = "";

    public string Count { get; init; } = "";

    public string Size { get; init; } = "";

    public string Flag { get; init; } = "";

    public Style FlagStyle { get; init; }

    public int Indent { get; init; }

    /// <summary>The rows of a review, flagged files first.</summary>
    /// <param name="open">Keys of what is unfolded.</param>
    public static ImmutableArray<FileRow> Of(PublishReview review, ImmutableHashSet<string> open)
    {
        var rows = ImmutableArray.CreateBuilder<FileRow>();
        foreach (var package in review.Packages)
        {
            if (review.Packages.Length > 1)
            {
                var failed = package.Checks.Count(check => check.State == CheckState.Failed);
                rows.Add(new(FileRowKind.Package, package.Package.ToString(), package, null)
                {
                    Text = package.Package.ToString(),
                    Count = $"{package.Files.Count(file => file.IsIn)}",
                    Size = PublishWords.Size(package.Archive?.Size ?? 0),
                    Flag = failed > 0 ? $"! {failed} to put right" : package.IsNew ? "" : "there already",
                    FlagStyle = failed > 0 ? new Style(Ink.Problem) : Style.Quiet,
                });
            }

            AddFiles(rows, package, open, review.Packages.Length > 1 ? 2 : 0);
        }

        return rows.ToImmutable();
    }

    private static void AddFiles(ImmutableArray<FileRow>.Builder rows, PackageReview package, ImmutableHashSet<string> open, int indent)
    {
        var flagged = package.Files.Where(file => !file.Flags.IsEmpty).ToArray();
        rows.AddRange(flagged.Select(file => OfFile(package, file, indent)));
        var plain = package.Files.Where(file => file.IsIn && file.Flags.IsEmpty).ToArray();
        foreach (var folder in plain.Where(file => file.Path.Contains('/', StringComparison.Ordinal)).GroupBy(file => file.Path[..(file.Path.IndexOf('/', StringComparison.Ordinal) + 1)]))
        {
            AddGroup(rows, FileRowKind.Folder, folder.Key, folder.Key, package, [.. folder], open, indent);
        }

        rows.AddRange(plain.Where(file => !file.Path.Contains('/', StringComparison.Ordinal)).Select(file => OfFile(package, file, indent)));
        var left = package.Files.Where(file => !file.IsIn && file.Flags.IsEmpty).ToArray();
        if (left.Length > 0)
        {
            AddGroup(rows, FileRowKind.LeftOut, "left out", $"left out: {string.Join(' ', left.Take(6).Select(file => file.Path))}", package, left, open, indent);
        }
    }

    private static void AddGroup(
        ImmutableArray<FileRow>.Builder rows, FileRowKind kind, string name, string text, PackageReview package, ReviewedFile[] files, ImmutableHashSet<string> open, int indent)
    {
        var key = $"{package.Package} {name}";
        var isOpen = open.Contains(key);
        rows.Add(new(kind, key, package, null)
        {
            Text = text,
            Count = kind == FileRowKind.Folder ? $"{files.Length}" : "",
            Size = kind == FileRowKind.Folder ? PublishWords.Size(files.Sum(file => file.Size)) : "",
            Flag = isOpen ? "" : "(Enter)",
            FlagStyle = Style.Quiet,
            Indent = indent,
        });
        if (isOpen)
        {
            rows.AddRange(files.Select(file => OfFile(package, file, indent + 2)));
        }
    }

    private static FileRow OfFile(PackageReview package, ReviewedFile file, int indent) => new(FileRowKind.File, $"{package.Package} {file.Path}", package, file)
    {
        Text = file.Path,
        Count = file.IsIn ? "1" : "",
        Size = file.IsIn ? PublishWords.Size(file.Size) : "out",
        Flag = file.Flags.IsEmpty ? file.IsIn ? "" : file.Because ?? file.Reason : PublishWords.Flag(file),
        FlagStyle = PublishWords.StyleOf(file),
        Indent = indent,
    };
}

internal enum FileRowKind
{
    Package,
    File,
    Folder,
    LeftOut,
}
