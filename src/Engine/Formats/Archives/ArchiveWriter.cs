using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Archives;

/// <param name="Reference">Hash and size of the compressed file, and the hash of the tree in it.</param>
/// <param name="Unpacked">Sum of the sizes of the files.</param>
public sealed record WrittenArchive(ArchiveReference Reference, int Files, long Unpacked);

/// <summary>
/// Writes packages: the same files give the same bytes, whoever packs them, where and when (docs/formats/archive.md).
/// What it writes our reader accepts; input that it would refuse is refused here.
/// </summary>
public static class ArchiveWriter
{
    /// <summary>`name-version`, with the `/` of a namespaced name as `-`.</summary>
    public static string TopFolder(PackageId package) => $"{package.Name.Value.Replace('/', '-')}-{package.Version}";

    /// <summary>Writes all files in the order of their UTF-8 bytes. The stream stays open.</summary>
    /// <param name="topFolder">See <see cref="TopFolder"/>.</param>
    /// <exception cref="ProblemException">Archive… for names, sizes and numbers the reader would refuse; FileUnavailable.</exception>
    public static WrittenArchive Write(
        Stream output, string topFolder, IEnumerable<ArchiveInput> files, ArchiveRules rules, CancellationToken cancel = default)
    {
        if (!EntryPath.IsTopFolder(Encoding.UTF8.GetBytes(topFolder)))
        {
            throw new ArgumentException("not a name for a folder", nameof(topFolder));
        }

        using var hashing = new HashingStream(output);
        var tree = new TreeHashBuilder();
        var sorted = Checked(files, rules);
        var unpacked = 0L;
        using (var gzip = new GzipWriter(hashing))
        {
            var tar = new TarBlocks(gzip);
            foreach (var file in sorted)
            {
                cancel.ThrowIfCancellationRequested();
                unpacked += WriteFile(tar, topFolder, file, rules, tree);
            }

            tar.End();
            if (tar.Length > rules.UnpackedMax)
            {
                throw ArchiveReason.TooLarge.Raise($"would unpack to {tar.Length} bytes, more than {rules.UnpackedMax}");
            }
        }

        return hashing.Written <= rules.CompressedMax
            ? new(new(hashing.Hash(), hashing.Written, tree.Build()), sorted.Length, unpacked)
            : throw ArchiveReason.TooLarge.Raise($"would have {hashing.Written} bytes, more than {rules.CompressedMax}");
    }

    private static ArchiveInput[] Checked(IEnumerable<ArchiveInput> files, ArchiveRules rules)
    {
        var sorted = files.ToArray();
        Array.Sort(sorted, static (a, b) => Encoding.UTF8.GetBytes(a.Path).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b.Path)));
        var names = new EntryNames(rules, NoSink.Instance);
        foreach (var file in sorted)
        {
            var path = Encoding.UTF8.GetBytes(file.Path);
            if ((EntryPath.Fault(path, rules) ?? (ForbiddenFiles.IsForbidden(path) ? ArchiveReason.ForbiddenFile : (ArchiveReason?)null)
                ?? names.AddFile(file.Path)) is { } fault)
            {
                throw fault.Raise("would have a file that is not allowed", file.Path);
            }
        }

        if (sorted.Length > rules.EntriesMax)
        {
            throw ArchiveReason.TooManyEntries.Raise($"would have more than {rules.EntriesMax} entries");
        }

        return rules.Manifests.Length == 0 || rules.Manifests.Any(names.HasFile)
            ? sorted
            : throw ArchiveReason.ManifestMissing.Raise($"would have no `{rules.Manifests[0]}` in its top folder");
    }

    private static long WriteFile(TarBlocks tar, string top, ArchiveInput file, ArchiveRules rules, TreeHashBuilder tree)
    {
        try
        {
            using var content = file.Open();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var size = content.Length;
            if (size > rules.UnpackedMax)
            {
                throw ArchiveReason.TooLarge.Raise($"would unpack to more than {rules.UnpackedMax} bytes", file.Path);
            }

            tar.Header($"{top}/{file.Path}", size, file.Kind);
            Copy(content, size, tar, hash, file, rules);
            tree.Add(file.Path, file.Kind, hash.GetHashAndReset());
            return size;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Problem(
                ProblemCode.FileUnavailable, $"`{file.Path}` cannot be packed: {failure.Message}", "check the file and its permissions").Raise(failure);
        }
    }

    private static void Copy(Stream content, long size, TarBlocks tar, IncrementalHash hash, ArchiveInput file, ArchiveRules rules)
    {
        var buffer = new byte[(int)Math.Min(Math.Max(size, 1), 128 << 10)];
        var left = size;
        for (int read; (read = content.Read(buffer)) > 0; left -= read)
        {
            var piece = buffer.AsSpan(0, read);
            if (read > left)
            {
                break;
            }

            if (left == size && rules.Secrets == SecretRule.Refused && ForbiddenFiles.Secret(file.Path, piece) is { } secret)
            {
                throw ArchiveReason.SecretDetected.Raise($"would hold {secret}", file.Path);
            }

            hash.AppendData(piece);
            tar.Content(piece);
        }

        if (left != 0)
        {
            throw new IOException("it changed while it was read");
        }

        tar.Pad();
    }

    private sealed class NoSink : ArchiveSink
    {
        public static NoSink Instance { get; } = new();

        public override void BeginFile(string path, long size, FileKind kind)
        {
        }

        public override void Content(ReadOnlySpan<byte> piece)
        {
        }

        public override void EndFile()
        {
        }
    }
}
