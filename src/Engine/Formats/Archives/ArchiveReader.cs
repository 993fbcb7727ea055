using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Archives;

/// <summary>What an archive turned out to hold.</summary>
/// <param name="TopFolder">The one folder that everything is in, such as `log-1.2.0`; empty for an empty archive.</param>
/// <param name="Unpacked">Sum of the sizes of the files.</param>
public sealed record ArchiveSummary(string TopFolder, int Files, long Unpacked);

/// <summary>
/// Reads `.tar.gz` packages of anyone: regular files and folders only, every bound counted on decompressed bytes as
/// they come, everything that could hurt refused with an <see cref="ArchiveReason"/> (docs/formats/archive.md).
/// One pass over the compressed file in memory, a fixed window for the rest.
/// </summary>
public sealed class ArchiveReader
{
    private readonly ArchiveRules _rules;
    private readonly ArchiveSink _sink;
    private readonly InflatedBytes _input;
    private readonly EntryNames _names;
    private byte[] _top = [];
    private int _entries;
    private int _files;
    private long _unpacked;

    private ArchiveReader(InflatedBytes input, ArchiveRules rules, ArchiveSink sink)
    {
        (_input, _rules, _sink) = (input, rules, sink);
        _names = new EntryNames(rules, sink);
    }

    /// <summary>Checks the whole archive and hands its content to the sink.</summary>
    /// <exception cref="Problems.ProblemException">With an <see cref="ArchiveDetail"/>; what the sink got must be thrown away.</exception>
    public static ArchiveSummary Read(ReadOnlyMemory<byte> archive, ArchiveRules rules, ArchiveSink sink, CancellationToken cancel = default)
    {
        if (archive.Length > rules.CompressedMax)
        {
            throw ArchiveReason.TooLarge.Raise($"is larger than {rules.CompressedMax} bytes");
        }

        using var input = new InflatedBytes(archive, rules);
        return new ArchiveReader(input, rules, sink).ReadAll(cancel);
    }

    /// <summary>What is in an archive, in its order, with the hash of the tree it unpacks to.</summary>
    public static ArchiveListing List(ReadOnlyMemory<byte> archive, ArchiveRules rules, CancellationToken cancel = default)
    {
        var sink = new ListingSink();
        var summary = Read(archive, rules, sink, cancel);
        return new(summary, sink.Files, sink.Tree());
    }

    /// <summary>One file of an archive; null when it is not in it. Everything else is checked all the same.</summary>
    public static byte[]? ReadFile(ReadOnlyMemory<byte> archive, string path, ArchiveRules rules, CancellationToken cancel = default)
    {
        var sink = new OneFileSink(path);
        Read(archive, rules, sink, cancel);
        return sink.Found;
    }

    private ArchiveSummary ReadAll(CancellationToken cancel)
    {
        while (ReadEntry())
        {
            cancel.ThrowIfCancellationRequested();
        }

        ReadEnd(cancel);
        if (_rules.Manifests.Length > 0 && !_rules.Manifests.Any(_names.HasFile))
        {
            throw Refuse(ArchiveReason.ManifestMissing, $"has no `{_rules.Manifests[0]}` in its top folder");
        }

        return new(Encoding.UTF8.GetString(_top), _files, _unpacked);
    }

    private bool ReadEntry()
    {
        byte[]? pax = null;
        byte[]? longName = null;
        for (var extensions = 0; ; extensions++)
        {
            var header = NextHeader();
            switch (header.Type)
            {
                case 0 when header.IsEnd:
                    return pax is null && longName is null ? false : throw Refuse(ArchiveReason.Truncated, "ends within an entry");
                case TarHeader.Extension when pax is null:
                    pax = ReadExtension(header, extensions);
                    break;
                case TarHeader.LongName when longName is null:
                    longName = ReadExtension(header, extensions);
                    break;
                case TarHeader.GlobalExtension:
                    CheckGlobal(ReadExtension(header, extensions));
                    break;
                case TarHeader.Extension or TarHeader.LongName:
                    throw Refuse(ArchiveReason.HeaderTooLarge, "has several extended headers for one entry");
                default:
                    ReadContent(header, pax, longName);
                    return true;
            }
        }
    }

    private TarHeader NextHeader()
    {
        if (!_input.Fill(TarHeader.Length))
        {
            throw Refuse(ArchiveReason.Truncated, "ends too early");
        }

        var header = new TarHeader(_input.Available[..TarHeader.Length]);
        return header.IsEnd || header.HasChecksum() ? header : throw Refuse(ArchiveReason.Corrupt, "has a damaged header");
    }

    private byte[] ReadExtension(TarHeader header, int before)
    {
        var size = Size(header, null);
        if (size > _rules.ExtensionBytesMax || before >= _rules.ExtensionsMax)
        {
            throw Refuse(ArchiveReason.HeaderTooLarge, "has too large extended headers");
        }

        _input.Advance(TarHeader.Length);
        if (!_input.Fill((int)Padded(size)))
        {
            throw Refuse(ArchiveReason.Truncated, "ends too early");
        }

        var content = _input.Available[..(int)size].ToArray();
        _input.Advance((int)Padded(size));
        return content;
    }

    /// <summary>A header for all entries after it may carry a comment (a commit, say), but not names and sizes.</summary>
    private void CheckGlobal(byte[] content)
    {
        var records = PaxRecords.Read(content, _input.Produced);
        if (records.HasPath || records.Size is not null)
        {
            throw Refuse(ArchiveReason.HeaderConflict, "says path or size for all its entries at once");
        }
    }

    private void ReadContent(TarHeader header, byte[]? paxContent, byte[]? longName)
    {
        var pax = paxContent is null ? default : PaxRecords.Read(paxContent, _input.Produced);
        var size = Size(header, pax.Size);
        var name = pax.HasPath ? pax.Path : longName is not null ? longName.AsSpan().TrimEnd((byte)0) : default;
        Span<byte> whole = stackalloc byte[256];
        var path = pax.HasPath || longName is not null ? name : UstarName(header, whole);

        var type = header.Type;
        if (++_entries > _rules.EntriesMax)
        {
            throw Refuse(ArchiveReason.TooManyEntries, $"has more than {_rules.EntriesMax} entries");
        }

        switch (type)
        {
            case TarHeader.FolderType when size == 0:
                TakeFolder(path);
                _input.Advance(TarHeader.Length);
                break;
            case TarHeader.File or TarHeader.OldFile:
                var file = TakeFile(path);
                var kind = header.IsExecutable ? FileKind.Executable : FileKind.Plain;
                _input.Advance(TarHeader.Length);
                Copy(file, size, kind);
                break;
            default:
                throw type == TarHeader.FolderType
                    ? Refuse(ArchiveReason.Corrupt, "has a folder with content", path)
                    : Refuse(ArchiveReason.EntryType, "has something that is neither file nor folder", path);
        }
    }

    private static ReadOnlySpan<byte> UstarName(TarHeader header, Span<byte> whole)
    {
        var prefix = header.Prefix;
        if (prefix.IsEmpty)
        {
            return header.Name;
        }

        prefix.CopyTo(whole);
        whole[prefix.Length] = (byte)'/';
        header.Name.CopyTo(whole[(prefix.Length + 1)..]);
        return whole[..(prefix.Length + 1 + header.Name.Length)];
    }

    private long Size(TarHeader header, long? extended)
    {
        if (!header.TrySize(out var size))
        {
            throw Refuse(ArchiveReason.Corrupt, "has an entry whose size is not a number");
        }

        return extended is null || extended == size ? size : throw Refuse(ArchiveReason.HeaderConflict, "says two sizes of one entry");
    }

    private void TakeFolder(ReadOnlySpan<byte> path)
    {
        var below = BelowTop(path.EndsWith("/"u8) ? path[..^1] : path, mayBeTop: true);
        if (below.IsEmpty)
        {
            return;
        }

        var name = CheckedPath(below, path);
        if (_names.AddFolder(name) is { } fault)
        {
            throw Refuse(fault, "has two entries with one name", path);
        }
    }

    private string TakeFile(ReadOnlySpan<byte> path)
    {
        var name = CheckedPath(BelowTop(path, mayBeTop: false), path);
        if (_names.AddFile(name) is { } fault)
        {
            throw Refuse(fault, "has two entries with one name", path);
        }

        return name;
    }

    /// <summary>The path without the one folder that everything must be in.</summary>
    private ReadOnlySpan<byte> BelowTop(ReadOnlySpan<byte> path, bool mayBeTop)
    {
        var slash = path.IndexOf((byte)'/');
        var top = slash < 0 ? path : path[..slash];
        if (_top.Length == 0 && EntryPath.IsTopFolder(top))
        {
            _top = top.ToArray();
        }

        return !top.IsEmpty && (slash >= 0 || mayBeTop) && top.SequenceEqual(_top)
            ? slash < 0 ? [] : path[(slash + 1)..]
            : throw Refuse(ArchiveReason.Path, "has an entry outside of its one top folder", path);
    }

    private string CheckedPath(ReadOnlySpan<byte> below, ReadOnlySpan<byte> path)
    {
        if (EntryPath.Fault(below, _rules) is { } fault)
        {
            throw Refuse(fault, fault == ArchiveReason.Path ? "has a path that is not allowed" : "has a path that is too long", path);
        }

        return ForbiddenFiles.IsForbidden(below)
            ? throw Refuse(ArchiveReason.ForbiddenFile, "has a file that is never part of a package", path)
            : Encoding.UTF8.GetString(below);
    }

    private void Copy(string path, long size, FileKind kind)
    {
        if (size > _rules.UnpackedMax)
        {
            throw Refuse(ArchiveReason.TooLarge, $"unpacks to more than {_rules.UnpackedMax} bytes");
        }

        _sink.BeginFile(path, size, kind);
        for (var left = size; left > 0;)
        {
            _input.Fill((int)Math.Min(left, InflatedBytes.PieceMax));
            var piece = _input.Available[..(int)Math.Min(left, _input.Available.Length)];
            if (piece.IsEmpty)
            {
                throw Refuse(ArchiveReason.Truncated, "ends within a file", Encoding.UTF8.GetBytes(path));
            }

            CheckSecrets(path, piece, left == size);
            _sink.Content(piece);
            left -= piece.Length;
            _input.Advance(piece.Length);
        }

        _sink.EndFile();
        _files++;
        _unpacked += size;
        SkipPadding((int)(Padded(size) - size));
    }

    private void CheckSecrets(string path, ReadOnlySpan<byte> piece, bool isFirst)
    {
        if (_rules.Secrets == SecretRule.Refused && isFirst && ForbiddenFiles.Secret(path, piece) is { } secret)
        {
            throw Refuse(ArchiveReason.SecretDetected, $"holds {secret}", Encoding.UTF8.GetBytes(path));
        }
    }

    private void SkipPadding(int count)
    {
        if (!_input.Fill(count))
        {
            throw Refuse(ArchiveReason.Truncated, "ends too early");
        }

        _input.Advance(count);
    }

    /// <summary>After the last entry two blocks of zeros, then nothing but zeros: tar files are padded to records.</summary>
    private void ReadEnd(CancellationToken cancel)
    {
        _input.Advance(TarHeader.Length);
        if (!_input.Fill(TarHeader.Length))
        {
            throw Refuse(ArchiveReason.Truncated, "ends without its end mark");
        }

        while (_input.Fill(1))
        {
            cancel.ThrowIfCancellationRequested();
            if (_input.Available.ContainsAnyExcept((byte)0))
            {
                throw Refuse(ArchiveReason.TrailingData, "goes on after its end mark");
            }

            _input.Advance(_input.Available.Length);
        }
    }

    private static long Padded(long size) => (size + TarHeader.Length - 1) / TarHeader.Length * TarHeader.Length;

    private Exception Refuse(ArchiveReason reason, string what) => reason.Raise(what, null, _input.Produced);

    private Exception Refuse(ArchiveReason reason, string what, ReadOnlySpan<byte> entry) =>
        reason.Raise(what, Encoding.UTF8.GetString(entry[..Math.Min(entry.Length, 1024)]), _input.Produced);
}
