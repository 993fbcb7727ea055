using Registry.Engine.Problems;

namespace Registry.Engine.Sources.Transport;

/// <summary>A feed in a folder on this computer or a mounted disk.</summary>
internal sealed class FolderFeedFiles(string folder) : FeedFiles
{
    public override string Address => folder;

    public override bool IsRemote => false;

    public override async Task<FetchedFile> ReadAsync(string path, int bytesMax, FileValidator? known, CancellationToken cancellation)
    {
        try
        {
            using var file = File.OpenHandle(Full(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            if (length > bytesMax)
            {
                throw TooLarge($"`{path}` of {Address}", bytesMax);
            }

            var bytes = new byte[length];
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is var count and > 0)
            {
                read += count;
            }

            cancellation.ThrowIfCancellationRequested();
            return await Task.FromResult(new FetchedFile.Found(bytes.AsMemory(0, read), null)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FetchedFile.Missing();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    public override Task<Stream?> OpenAsync(string path, long size, long bytesMax, CancellationToken cancellation)
    {
        try
        {
            var file = new FileStream(Full(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            var isWrong = size >= 0 ? file.Length != size : file.Length > bytesMax;
            if (isWrong)
            {
                file.Dispose();
                throw new Problem(
                    ProblemCode.SizeMismatch, $"`{path}` of {Address} has another size than the registry says", "run `cairn feed check` on the folder").Raise();
            }

            return Task.FromResult<Stream?>(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    private string Full(string path) =>
        path.Contains("..", StringComparison.Ordinal) || Path.IsPathRooted(path) || path.Contains("://", StringComparison.Ordinal)
            ? throw new Problem(ProblemCode.FeedMalformed, $"{Address} refers to `{path}` outside of itself", "tell whoever runs the registry").Raise()
            : Path.Combine(folder, path);

    private ProblemException Unreadable(string path, Exception cause) => new Problem(
        ProblemCode.FileUnavailable, $"`{path}` of {Address} cannot be read: {cause.Message}", "check that the disk is there and that you may read the folder").Raise(cause);
}
