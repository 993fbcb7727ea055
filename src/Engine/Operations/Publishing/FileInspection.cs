using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>What was found in one file of an archive.</summary>
internal sealed record InspectedFile(ContentHash Hash, uint Checksum, long Size, ImmutableArray<FileFlag> Flags);

/// <summary>
/// Looks at every file of an archive as it will be published: it reads the archive, not the folder, so that what was
/// looked at and what goes out cannot differ.
/// </summary>
internal sealed class FileInspection : ArchiveSink, IDisposable
{
    /// <summary>Bytes of one file that are searched; longer files are shown as big all the same.</summary>
    public const int SearchedMax = 4 << 20;

    /// <summary>Bytes of all files together that are searched.</summary>
    public const long SearchedTotalMax = 64L << 20;

    /// <summary>From here on a file is big.</summary>
    public const long BigFrom = 1 << 20;

    private readonly Dictionary<string, InspectedFile> _files = new(StringComparer.Ordinal);
    private readonly MemoryStream _start = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _searched;
    private uint _checksum;
    private string _path = "";
    private long _size;

    public IReadOnlyDictionary<string, InspectedFile> Files => _files;

    public override void BeginFile(string path, long size, FileKind kind)
    {
        (_path, _size, _checksum) = (path, size, 0);
        _start.SetLength(0);
    }

    public override void Content(ReadOnlySpan<byte> piece)
    {
        _hash.AppendData(piece);
        _checksum = Crc32.Append(_checksum, piece);
        var room = (int)Math.Min(SearchedMax - _start.Length, SearchedTotalMax - _searched - _start.Length);
        if (room > 0)
        {
            _start.Write(piece[..Math.Min(room, piece.Length)]);
        }
    }

    public override void EndFile()
    {
        _searched += _start.Length;
        var content = _start.GetBuffer().AsSpan(0, (int)_start.Length);
        _files[_path] = new(ContentHash.FromDigest(_hash.GetHashAndReset()), _checksum, _size, Flags(_path, _size, content));
    }

    public void Dispose()
    {
        _start.Dispose();
        _hash.Dispose();
    }

    internal static ImmutableArray<FileFlag> Flags(string path, long size, ReadOnlySpan<byte> content)
    {
        var flags = new List<FileFlag>();
        var isBinary = content[..Math.Min(content.Length, 8 << 10)].Contains((byte)0);
        if (!isBinary)
        {
            flags.AddRange(SecretScan.Find(content).Where(flag => !flag.IsExample));
        }

        if (FileNames.MeansSecret(path))
        {
            flags.Add(new(FileFlagKind.SecretName, "files of this name usually hold secrets"));
            flags.AddRange(isBinary || flags.Exists(flag => flag.Kind == FileFlagKind.Secret) ? [] : SecretScan.Settings(content));
        }

        if (size >= BigFrom)
        {
            flags.Add(new(FileFlagKind.Big, size > SearchedMax ? "big, and only its start was searched" : "big"));
        }

        if (isBinary && !FileNames.IsMedia(path))
        {
            flags.Add(new(FileFlagKind.Binary, "binary"));
        }

        if (FileNames.MeansGenerated(path) || SaysGenerated(content))
        {
            flags.Add(new(FileFlagKind.Generated, "made by a tool"));
        }

        return [.. flags.OrderBy(flag => flag.Kind)];
    }

    /// <summary>Marks that generators put into their first lines.</summary>
    private static bool SaysGenerated(ReadOnlySpan<byte> content)
    {
        var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, 512)]);
        return head.Contains("@generated", StringComparison.Ordinal) || head.Contains("DO NOT EDIT", StringComparison.Ordinal);
    }
}
