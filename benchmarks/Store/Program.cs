// Seconds per stage of an install, without network and resolution.
//   bench-store [ARCHIVES] [WORK] [WORKERS] [REPEATS]
// ARCHIVES is a folder with .tgz or .tar.gz files (searched deeply; those that the reader refuses are left out), or
// `generate` for 900 packages of 29 files. WORK is a folder on the disk to measure; a fresh folder in it is used and
// removed. Prints: stage, workers, seconds on the clock and of the processor, MB/s of unpacked content, files/s.
using System.Diagnostics;
using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Store;

var source = args.Length > 0 ? args[0] : "generate";
var work = Path.GetFullPath(args.Length > 1 ? args[1] : ".");
var workers = args.Length > 2 ? int.Parse(args[2]) : 2;
var repeats = args.Length > 3 ? int.Parse(args[3]) : 3;

var archives = (source == "generate" ? Generate() : Read(source)).ToList();
var hashes = archives.Select(archive => ContentHash.Of(archive)).ToArray();
var totals = archives.Select(archive => ArchiveReader.Read(archive, ArchiveRules.Install, new Ignore())).ToArray();
var (files, bytes) = (totals.Sum(total => (long)total.Files), totals.Sum(total => total.Unpacked));
Console.WriteLine($"{archives.Count} archives, {files} files, {archives.Sum(archive => archive.LongLength) / 1e6:F1} MB packed, {bytes / 1e6:F1} MB unpacked");

for (var repeat = 0; repeat < repeats; repeat++)
{
    var folder = Path.Combine(work, $"bench-{Environment.ProcessId}-{repeat}");
    await Run(folder);
    Directory.Delete(folder, recursive: true);
}

async Task Run(string folder)
{
    Measure("hash archives", () => Parallel.ForEach(archives, Options(), archive => ContentHash.Of(archive)));
    Measure("read archives", () => Parallel.ForEach(archives, Options(), archive => ArchiveReader.Read(archive, ArchiveRules.Install, new Ignore())));
    Measure("tree hashes", () => Parallel.ForEach(archives, Options(), archive => ArchiveReader.List(archive, ArchiveRules.Install)));
    using (var store = Open(folder))
    {
        await MeasureAsync("add to store", () => Task.WhenAll(archives.Select((archive, i) => store.AddArchiveAsync(archive, hashes[i]))));
        await Link(store, folder, "files", LinkMode.Files);
    }

    using (var store = Open(folder))
    {
        var trees = Array.Empty<StoredTree>();
        Measure("find in store", () => trees = [.. hashes.AsParallel().WithDegreeOfParallelism(workers).Select(hash => store.Find(hash)!)]);
        await Link(store, folder, "packages", LinkMode.Packages);
        await Link(store, folder, "copy", LinkMode.Copy);
        await MeasureAsync("verify store", () => store.VerifyAsync(DamageRule.Report));
    }
}

Task Link(ContentStore store, string folder, string name, LinkMode mode)
{
    var targets = hashes.Distinct().Select((hash, i) => new LinkTarget(store.Find(hash)!, Path.Combine(folder, name, i.ToString()))).ToArray();
    return MeasureAsync($"link {name}", () => store.LinkAsync(targets, mode));
}

ContentStore Open(string folder) => new(new StoreOptions(Path.Combine(folder, "store")) { Workers = workers }, TimeProvider.System);

ParallelOptions Options() => new() { MaxDegreeOfParallelism = workers };

void Measure(string stage, Action action) => MeasureAsync(stage, () =>
{
    action();
    return Task.CompletedTask;
}).GetAwaiter().GetResult();

async Task MeasureAsync(string stage, Func<Task> action)
{
    var cpu = Environment.CpuUsage;
    var start = Stopwatch.GetTimestamp();
    await action();
    var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    var used = Environment.CpuUsage;
    Console.WriteLine($"{stage,-14} {workers} {seconds,8:F3} s {(used.UserTime - cpu.UserTime).TotalSeconds,7:F3} user {(used.PrivilegedTime - cpu.PrivilegedTime).TotalSeconds,7:F3} kernel {bytes / 1e6 / seconds,8:F0} MB/s {files / seconds,10:F0} files/s");
}

static IEnumerable<byte[]> Read(string folder)
{
    var paths = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => path.EndsWith(".tgz", StringComparison.Ordinal) || path.EndsWith(".tar.gz", StringComparison.Ordinal));
    foreach (var path in paths.Order(StringComparer.Ordinal))
    {
        var archive = File.ReadAllBytes(path);
        string? refusal = null;
        try
        {
            ArchiveReader.Read(archive, ArchiveRules.Install, new Ignore());
        }
        catch (ProblemException refused)
        {
            refusal = refused.Message;
        }

        if (refusal is null)
        {
            yield return archive;
        }
        else
        {
            Console.WriteLine($"left out {Path.GetFileName(path)}: {refusal}");
        }
    }
}

static IEnumerable<byte[]> Generate()
{
    const int PackageCount = 900;
    const int FileCount = 29;
    for (var package = 0; package < PackageCount; package++)
    {
        var random = new Random(package);
        var inputs = Enumerable.Range(0, FileCount).Select(i => ArchiveInput.FromBytes($"src/part{i % 5}/file{i}.gal", Text(random)));
        var output = new MemoryStream();
        ArchiveWriter.Write(output, $"package-{package}-1.0.0", inputs, ArchiveRules.Install);
        yield return output.ToArray();
    }
}

static byte[] Text(Random random)
{
    var text = new StringBuilder();
    for (var length = random.Next(500, 16_000); text.Length < length;)
    {
        text.Append("let value").Append(random.Next(1000)).Append(" = make_something(argument").Append(random.Next(100)).Append(")\n");
    }

    return Encoding.UTF8.GetBytes(text.ToString());
}

internal sealed class Ignore : ArchiveSink
{
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
