using System.Collections.Immutable;
using System.Security.Cryptography;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Archives;

/// <summary>Keeps names, sizes and hashes, not content.</summary>
internal sealed class ListingSink : ArchiveSink
{
    private readonly ImmutableArray<ArchivedFile>.Builder _files = ImmutableArray.CreateBuilder<ArchivedFile>();
    private readonly TreeHashBuilder _tree = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public ImmutableArray<ArchivedFile> Files => _files.ToImmutable();

    public TreeHash Tree()
    {
        _hash.Dispose();
        return _tree.Build();
    }

    public override void BeginFile(string path, long size, FileKind kind) => _files.Add(new(path, size, kind));

    public override void Content(ReadOnlySpan<byte> piece) => _hash.AppendData(piece);

    public override void EndFile()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        _tree.Add(_files[^1].Path, _files[^1].Kind, digest);
    }
}

/// <summary>Keeps the content of one file.</summary>
internal sealed class OneFileSink(string wanted) : ArchiveSink
{
    private MemoryStream? _content;
    private bool _isWanted;

    public byte[]? Found => _content?.ToArray();

    public override void BeginFile(string path, long size, FileKind kind)
    {
        _isWanted = path == wanted;
        _content = _isWanted ? new MemoryStream() : _content;
    }

    public override void Content(ReadOnlySpan<byte> piece)
    {
        if (_isWanted)
        {
            _content!.Write(piece);
        }
    }

    public override void EndFile()
    {
    }
}
