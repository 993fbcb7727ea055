using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Store;

/// <summary>
/// The team's shared folder: archives by hash, `archives/ab/abcdef…`. Nobody trusts it, every read is checked; and
/// nobody waits for it to work, a failure is noticed once and then it is left alone.
/// </summary>
internal sealed class SharedArchives(string folder, IProgress<ProgressEvent>? progress)
{
    private int _failures;

    /// <summary>Null when it is not there, too large or not what it should be.</summary>
    public byte[]? Read(ContentHash hash, long sizeMax)
    {
        var path = PathOf(hash);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > sizeMax)
            {
                return null;
            }

            var content = File.ReadAllBytes(path);
            if (ContentHash.Of(content) == hash)
            {
                return content;
            }

            Notice($"the shared archive `{path}` is damaged");
            File.Delete(path);
            return null;
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            Notice($"the shared folder `{folder}` cannot be read: {failure.Message}");
            return null;
        }
    }

    /// <summary>Leaves an archive for the others, unless it is there.</summary>
    public void Put(ContentHash hash, ReadOnlySpan<byte> content)
    {
        var path = PathOf(hash);
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length == content.Length)
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, content, Durability.Fast);
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            Notice($"the shared folder `{folder}` cannot be written: {failure.Message}");
        }
    }

    private string PathOf(ContentHash hash) => Path.Combine(folder, "archives", hash.Hex[..2], hash.Hex);

    private void Notice(string message)
    {
        if (Interlocked.Increment(ref _failures) == 1)
        {
            progress?.Report(new ProgressEvent.Noticed(new Problem(
                ProblemCode.FileUnavailable, message, "check the folder, or turn it off in the configuration")));
        }
    }
}
