using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Archives;

/// <summary>Why a file is part of a package, or is not.</summary>
public enum FileVerdict
{
    /// <summary>In: nothing keeps it out.</summary>
    Ordinary,

    /// <summary>In: a package has its manifest, licence and readme, whatever the patterns say.</summary>
    AlwaysIn,

    /// <summary>In: matched by `include`.</summary>
    Included,

    /// <summary>Out: version control, our own state, the installed packages.</summary>
    AlwaysOut,

    /// <summary>Out: a rule of an ignore file.</summary>
    Ignored,

    /// <summary>Out: `include` is given and does not match it.</summary>
    NotIncluded,

    /// <summary>Out: matched by `exclude`.</summary>
    Excluded,

    /// <summary>Out: a symbolic link or something else that is neither file nor folder.</summary>
    NotAFile,

    /// <summary>Selected, but it seems to hold a private key or a token: packing refuses until it is out or allowed.</summary>
    Secret,

    /// <summary>Selected, but its name cannot be in a package: packing refuses until it is out or renamed.</summary>
    Forbidden,
}

/// <summary>A file, or a whole folder that is out, with the reason.</summary>
/// <param name="Path">Below the package's folder, with `/`; ends in `/` for a folder.</param>
/// <param name="Because">What decided: a rule with its place, a pattern, or what was found; null when the verdict says all.</param>
public sealed record PackageFile(string Path, long Size, FileKind Kind, FileVerdict Verdict, string? Because)
{
    public bool IsIn => Verdict <= FileVerdict.Included;

    public bool Blocks => Verdict >= FileVerdict.Secret;
}

/// <summary>What to select by. Patterns are those of `.gitignore`.</summary>
/// <param name="Include">When not empty: only what matches, and ignore files do not count.</param>
/// <param name="Exclude">Never these.</param>
/// <param name="Outside">Folders below the package that are not its own: the install directory, other workspace members. With `/`, no `/` at the end.</param>
public sealed record FileSelection(ImmutableArray<string> Include, ImmutableArray<string> Exclude, ImmutableArray<string> Outside)
{
    public static FileSelection Everything { get; } = new([], [], []);

    /// <summary>Whether keys and tokens stop a file.</summary>
    public SecretRule Secrets { get; init; } = SecretRule.Refused;
}

/// <summary>Decides which files of a folder go into its archive, each with the reason.</summary>
public sealed class PackageFiles
{
    private static readonly string[] AlwaysOut = [".git", ".hg", ".svn", ".cairn", ".DS_Store", "Thumbs.db"];
    private static readonly string[] Manifests = ["cairn.toml", "gal.toml"];
    private static readonly string[] AlwaysInStems = ["readme", "license", "licence", "copying", "notice"];

    private readonly FileSelection _selection;
    private readonly ImmutableArray<FilePattern> _include;
    private readonly ImmutableArray<FilePattern> _exclude;
    private readonly List<PackageFile> _files = [];
    private readonly CancellationToken _cancel;

    private PackageFiles(FileSelection selection, CancellationToken cancel)
    {
        (_selection, _cancel) = (selection, cancel);
        _include = Patterns(selection.Include);
        _exclude = Patterns(selection.Exclude);
    }

    /// <summary>All files below a folder in the order of an archive; folders that are out as a whole are one entry.</summary>
    /// <exception cref="ProblemException">FileUnavailable; ManifestInvalid for a pattern that is none.</exception>
    public static ImmutableArray<PackageFile> Select(string folder, FileSelection selection, CancellationToken cancel = default)
    {
        var files = new PackageFiles(selection, cancel);
        try
        {
            files.Walk(new DirectoryInfo(folder), "", IgnoreRules.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Problem(
                ProblemCode.FileUnavailable, $"`{folder}` cannot be read: {failure.Message}", "check its permissions").Raise(failure);
        }

        files._files.Sort(static (a, b) => Encoding.UTF8.GetBytes(a.Path).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b.Path)));
        return [.. files._files];
    }

    /// <summary>The selected files as input for <see cref="ArchiveWriter"/>.</summary>
    /// <exception cref="ProblemException">ArchiveUnsafe for the first file that blocks.</exception>
    public static IEnumerable<ArchiveInput> Inputs(string folder, IEnumerable<PackageFile> files) =>
        files.Where(file => file.IsIn || file.Blocks).Select(file => file.Verdict switch
        {
            FileVerdict.Secret => throw ArchiveReason.SecretDetected.Raise($"would hold {file.Because}", file.Path),
            FileVerdict.Forbidden => throw ArchiveReason.Path.Raise("would have a path that is not allowed", file.Path),
            _ => ArchiveInput.FromFile(file.Path, Path.Combine(folder, file.Path), file.Kind),
        });

    private static ImmutableArray<FilePattern> Patterns(ImmutableArray<string> texts) =>
        [.. texts.Select(FilePattern.Parse).OfType<FilePattern>()];

    private void Walk(DirectoryInfo folder, string prefix, IgnoreRules outer)
    {
        _cancel.ThrowIfCancellationRequested();
        var rules = outer.Within(folder.FullName, prefix);
        foreach (var entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }))
        {
            var path = prefix + entry.Name;
            if (entry.LinkTarget is not null)
            {
                Add(path, 0, FileKind.Plain, FileVerdict.NotAFile, "a symbolic link");
            }
            else if (entry is DirectoryInfo inner)
            {
                TakeFolder(inner, path, rules);
            }
            else
            {
                TakeFile((FileInfo)entry, path, rules);
            }
        }
    }

    private void TakeFolder(DirectoryInfo folder, string path, IgnoreRules rules)
    {
        if (AlwaysOut.Contains(folder.Name, StringComparer.OrdinalIgnoreCase) || _selection.Outside.Contains(path))
        {
            Add(path + "/", 0, FileKind.Plain, FileVerdict.AlwaysOut, null);
        }
        else if (_exclude.FirstOrDefault(pattern => pattern.Matches(path, PathKind.Folder)) is { } excluded)
        {
            Add(path + "/", 0, FileKind.Plain, FileVerdict.Excluded, $"`{excluded}`");
        }
        else if (_include.IsEmpty && rules.Decide(path, PathKind.Folder) is { } rule)
        {
            Add(path + "/", 0, FileKind.Plain, FileVerdict.Ignored, rule.ToString());
        }
        else
        {
            Walk(folder, path + "/", rules);
        }
    }

    private void TakeFile(FileInfo file, string path, IgnoreRules rules)
    {
        var (verdict, because) = Judge(file, path, rules);
        if (verdict <= FileVerdict.Included)
        {
            (verdict, because) = Inspect(file, path) ?? (verdict, because);
        }

        Add(path, file.Length, FolderReader.KindOf(file), verdict, because);
    }

    private (FileVerdict Verdict, string? Because) Judge(FileInfo file, string path, IgnoreRules rules)
    {
        if (AlwaysOut.Contains(file.Name, StringComparer.OrdinalIgnoreCase))
        {
            return (FileVerdict.AlwaysOut, null);
        }

        if (Manifests.Contains(path))
        {
            return (FileVerdict.AlwaysIn, null);
        }

        if (_exclude.FirstOrDefault(pattern => pattern.Covers(path)) is { } excluded)
        {
            return (FileVerdict.Excluded, $"`{excluded}`");
        }

        if (IsAlwaysIn(path))
        {
            return (FileVerdict.AlwaysIn, null);
        }

        if (!_include.IsEmpty)
        {
            return _include.LastOrDefault(pattern => pattern.Covers(path)) is { IsNegated: false } included
                ? (FileVerdict.Included, $"`{included}`")
                : (FileVerdict.NotIncluded, null);
        }

        return rules.Decide(path, PathKind.File) is { } rule ? (FileVerdict.Ignored, rule.ToString()) : (FileVerdict.Ordinary, null);
    }

    /// <summary>What only shows in the name's bytes or in the file.</summary>
    private (FileVerdict, string?)? Inspect(FileInfo file, string path)
    {
        var name = Encoding.UTF8.GetBytes(path);
        if (EntryPath.Fault(name, ArchiveRules.Publish) is { } fault)
        {
            return (FileVerdict.Forbidden, fault.Word());
        }

        if (_selection.Secrets == SecretRule.Allowed || file.Length == 0)
        {
            return null;
        }

        var start = new byte[(int)Math.Min(file.Length, 64 << 10)];
        using var handle = File.OpenHandle(file.FullName);
        var read = RandomAccess.Read(handle, start, 0);
        return ForbiddenFiles.Secret(path, start.AsSpan(0, read)) is { } secret ? (FileVerdict.Secret, secret) : null;
    }

    private static bool IsAlwaysIn(string path)
    {
        if (path.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var stem = dot < 0 ? path : path[..dot];
        return AlwaysInStems.Contains(stem, StringComparer.OrdinalIgnoreCase);
    }

    private void Add(string path, long size, FileKind kind, FileVerdict verdict, string? because) =>
        _files.Add(new(path, size, kind, verdict, because));
}
