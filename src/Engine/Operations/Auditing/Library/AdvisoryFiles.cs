using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>Reads advisories from what a user names: a file of lines, packed or not, a zip, one record, or a folder of records.</summary>
internal static class AdvisoryFiles
{
    private const int DepthMax = 32;

    private static readonly EnumerationOptions Listing = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = DepthMax,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <param name="path">Absolute.</param>
    public static AdvisoryLines Read(string path, CancellationToken cancellation)
    {
        try
        {
            return Directory.Exists(path)
                ? AdvisoryLines.Of(OsvBundle.Files(FilesOf(path), Path.GetFileName(path)), path, cancellation)
                : ReadFile(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Problem(
                ProblemCode.FileUnavailable, $"`{path}` cannot be read: {Printable.Of(e.Message)}", "give a .json, .jsonl, .jsonl.gz or .zip file, or a folder of .json files").Raise(e);
        }
    }

    /// <summary>What a source is called: the file's name up to its first ending (`rustsec.osv.jsonl.gz` is `rustsec`).</summary>
    public static string NameOf(string path)
    {
        var file = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var dot = file.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? file[..dot] : file;
    }

    private static AdvisoryLines ReadFile(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("there is no such file or folder");
        }

        using var file = Open(path);
        Span<byte> start = stackalloc byte[4];
        var form = OsvBundle.FormOf(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        file.Position = 0;
        var isRecord = form == OsvBundleForm.Lines && path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        var name = Path.GetFileName(path);
        return AdvisoryLines.Of(
            isRecord ? OsvBundle.Files([new(name, () => Open(path))], name) : OsvBundle.Read(file, form, name),
            name, cancellation);
    }

    /// <summary>Opening a pipe would wait until somebody writes into it.</summary>
    private static FileStream Open(string path) => PlainFile.IsOrdinary(path)
        ? new(path, FileMode.Open, FileAccess.Read, FileShare.Read)
        : throw new IOException("it is no ordinary file");

    private static IEnumerable<OsvFile> FilesOf(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.json", Listing).Order(StringComparer.Ordinal)
        select new OsvFile(Path.GetRelativePath(folder, file), () => Open(file));
}
