using System.Collections.Immutable;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>
/// Compares the files of two stored trees. Packages come from anybody: how much is compared line by line is bounded, and
/// equal checksums do not count as equal content, because a CRC can be forged.
/// </summary>
internal sealed class TreeComparison(StoredTree from, StoredTree to)
{
    /// <summary>A longer text is only said to have changed.</summary>
    public const int TextBytesMax = 256 << 10;

    /// <summary>Lines of difference in all; what comes after is only said to have changed.</summary>
    public const int LinesMax = 20_000;

    /// <summary>Bytes of all texts that are compared line by line.</summary>
    public const long ComparedBytesMax = 16 << 20;

    private const int PieceBytes = 64 << 10;

    private int _lines;
    private long _bytes;

    public int FilesSame { get; private set; }

    public bool IsWhole { get; private set; } = true;

    /// <returns>What differs, by path.</returns>
    public ImmutableArray<FileChange> Run(CancellationToken cancellation)
    {
        var before = ByPath(from);
        var after = ByPath(to);
        var changes = ImmutableArray.CreateBuilder<FileChange>();
        foreach (var path in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Compare(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path)) is { } change)
            {
                changes.Add(change);
            }
            else
            {
                FilesSame++;
            }
        }

        return changes.ToImmutable();
    }

    private FileChange? Compare(string path, StoredFile? old, StoredFile? now)
    {
        if (old is not null && now is not null && IsSame(old, now))
        {
            return old.Kind == now.Kind ? null : new(FileChangeKind.ModeChanged, path, Of(old), Of(now), null);
        }

        var kind = old is null ? FileChangeKind.Added : now is null ? FileChangeKind.Removed : FileChangeKind.Changed;
        return new(kind, path, Of(old), Of(now), Lines(path, old, now));
    }

    /// <summary>Null where it is no text or too much.</summary>
    private TextDifference? Lines(string path, StoredFile? old, StoredFile? now)
    {
        _bytes += (old?.Size ?? 0) + (now?.Size ?? 0);
        if (_lines > LinesMax || _bytes > ComparedBytesMax || old?.Size > TextBytesMax || now?.Size > TextBytesMax)
        {
            IsWhole = false;
            return null;
        }

        var before = old is null ? null : PackageText.Read(from, old);
        var after = now is null ? null : PackageText.Read(to, now);
        if (before?.Form == PackageTextForm.Binary || after?.Form == PackageTextForm.Binary)
        {
            return null;
        }

        var difference = TextDifference.Between(path, before?.Text, after?.Text ?? "");
        _lines += difference.Hunks.Sum(hunk => hunk.Lines.Length);
        return difference;
    }

    private bool IsSame(StoredFile old, StoredFile now)
    {
        if (old.Size != now.Size || old.Checksum != now.Checksum)
        {
            return false;
        }

        using var a = File.OpenHandle(Path.Combine(from.Folder, old.Path));
        using var b = File.OpenHandle(Path.Combine(to.Folder, now.Path));
        var (left, right) = (new byte[PieceBytes], new byte[PieceBytes]);
        for (var at = 0L; at < old.Size;)
        {
            var wanted = (int)Math.Min(PieceBytes, old.Size - at);
            var (read, other) = (RandomAccess.Read(a, left.AsSpan(0, wanted), at), RandomAccess.Read(b, right.AsSpan(0, wanted), at));
            if (read == 0 || read != other || !left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, read)))
            {
                return false;
            }

            at += read;
        }

        return true;
    }

    private static Dictionary<string, StoredFile> ByPath(StoredTree tree) => tree.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);

    private static ReleaseFile? Of(StoredFile? file) => file is null ? null : new(file.Path, file.Size, file.Kind == FileKind.Executable);
}
