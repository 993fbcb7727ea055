using Registry.Engine.Problems;

namespace Registry.Engine.Sources.Transport;

/// <summary>What a server said about a file, to ask later whether it changed.</summary>
internal sealed record FileValidator(string? ETag, string? LastModified);

/// <summary>The answer to a request for a small file.</summary>
internal abstract record FetchedFile
{
    private FetchedFile()
    {
    }

    public sealed record Found(ReadOnlyMemory<byte> Bytes, FileValidator? Validator) : FetchedFile;

    /// <summary>The same as the one the validator was given with.</summary>
    public sealed record Unchanged : FetchedFile;

    public sealed record Missing : FetchedFile;
}

/// <summary>
/// The files of one feed, wherever they are: the only thing that differs between a folder and a web server. Paths are
/// relative with `/`, or whole URLs where a feed keeps its objects elsewhere.
/// </summary>
internal abstract class FeedFiles
{
    /// <summary>For messages: the folder or URL, without credentials.</summary>
    public abstract string Address { get; }

    /// <summary>Whether reading may need a network, so that keeping copies pays.</summary>
    public abstract bool IsRemote { get; }

    /// <summary>A small file, whole. Larger than <paramref name="bytesMax"/> is a problem, whatever the server said before.</summary>
    public abstract Task<FetchedFile> ReadAsync(string path, int bytesMax, FileValidator? known, CancellationToken cancellation);

    /// <summary>A large file as a stream that resumes where the connection broke; null when it is not there.</summary>
    /// <param name="size">Bytes it must have; negative when that is not known.</param>
    public abstract Task<Stream?> OpenAsync(string path, long size, long bytesMax, CancellationToken cancellation);

    protected static ProblemException TooLarge(string what, long bytesMax) => new Problem(
        ProblemCode.SizeMismatch, $"{what} is larger than the {bytesMax} bytes it may have", "run the command again; if it stays, tell whoever runs the registry").Raise();
}
