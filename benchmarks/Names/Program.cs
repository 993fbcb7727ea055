// Search over as many names as the largest feeds have: time of each key, memory of the index, and a feed to open the program on.
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Sources.Writing;

const int NamesWanted = 118_000;
const int HitsMax = 200;
const int RowsShown = 30;
string[] queries = ["serde json", "http client", "tokio", "async-trait", "srdjs", "parser combinator", "zz", "windows sys", "a", "rand core derive", "xqzt"];

string Option(string name) => args.SkipWhile(word => word != name).Skip(1).FirstOrDefault() ?? "";
var data = Option("--data");
if (data.Length == 0)
{
    Console.Error.WriteLine("usage: bench-names --data FOLDER-WITH-PLAIN-LISTS [--feed FOLDER-TO-MAKE] [--rounds N]");
    return 2;
}

var packages = Packages(Directory.GetFiles(data, "*.plain.jsonl.gz").Order(StringComparer.Ordinal));
if (Option("--feed") is { Length: > 0 } folder)
{
    FeedWriter.Create(folder, "example.org/names", "Names", TimeProvider.System);
    using var writer = FeedWriter.Open(folder, TimeProvider.System, new());
    writer.Import(packages.Select(package => (package.Name, ImmutableArray.Create(new Release(
        new(package.Name, package.Latest!), DateTimeOffset.UnixEpoch, ReleaseStatus.Ok,
        new ReleaseDetails { Description = package.Description, Keywords = package.Keywords, License = "MIT" })))));
    Console.WriteLine($"{packages.Count} names in {folder}");
    return 0;
}

var before = GC.GetTotalMemory(forceFullCollection: true);
var started = Stopwatch.GetTimestamp();
var index = new NameIndex(packages);
var built = Stopwatch.GetElapsedTime(started);
var held = GC.GetTotalMemory(forceFullCollection: true) - before;
Console.WriteLine($"{index.Count} names, built in {built.TotalMilliseconds:0} ms, {index.Bytes / 1e6:0.0} MB of blocks, {held / 1e6:0.0} MB held");

var times = new List<double>();
var byKey = new SortedDictionary<string, double>(StringComparer.Ordinal);
var allocated = GC.GetAllocatedBytesForCurrentThread();
var rounds = int.TryParse(Option("--rounds"), out var asked) ? asked : 20;
for (var round = 0; round <= rounds; round++)
{
    foreach (var query in queries)
    {
        SearchHits? hits = null;
        for (var length = 1; length <= query.Length; length++)
        {
            started = Stopwatch.GetTimestamp();
            hits = index.Search(query[..length], HitsMax, hits);
            for (var row = 0; row < Math.Min(RowsShown, hits.Count); row++)
            {
                _ = hits[row];
            }

            if (round > 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                byKey[query[..length]] = Math.Min(byKey.GetValueOrDefault(query[..length], double.MaxValue), times[^1]);
            }
        }
    }
}

Console.WriteLine($"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / 1000.0 / (times.Count * (rounds + 1) / rounds):0} kB allocated a key");
times.Sort();
Console.WriteLine($"{times.Count} keys: p50 {times[times.Count / 2]:0.00} ms, p99 {times[times.Count * 99 / 100]:0.00} ms, max {times[^1]:0.00} ms");
foreach (var (key, least) in byKey.OrderByDescending(pair => pair.Value).Take(5))
{
    Console.WriteLine($"slowest  `{key}`  {least:0.00} ms at best");
}

return 0;

// Names of public packages, then pairs of their parts, until there are enough; every description has eight words of them.
static List<FoundPackage> Packages(IEnumerable<string> files)
{
    var names = new SortedDictionary<string, PackageName>(StringComparer.Ordinal);
    foreach (var name in files.SelectMany(Names))
    {
        if (PackageName.TryParse(name, out var parsed))
        {
            names.TryAdd(parsed.Normal, parsed);
        }
    }

    var real = names.Values.ToList();
    var words = real.SelectMany(name => name.Normal.Split('-', '/')).Where(word => word.Length > 2).Distinct().ToList();
    for (var i = 0; names.Count < NamesWanted; i++)
    {
        if (PackageName.TryParse($"{real[i % real.Count].Value}-{words[i * 31 % words.Count]}", out var made))
        {
            names.TryAdd(made.Normal, made);
        }
    }

    return [.. names.Values.Take(NamesWanted).Select((name, i) => new FoundPackage(
        name, SemanticVersion.Parse($"{i % 5}.{i % 23}.{i % 7}"),
        $"A {string.Join(' ', Enumerable.Range(1, 7).Select(k => words[(int)((i * 7919L * k) % words.Count)]))}",
        i % 3 == 0 ? [words[i * 13 % words.Count]] : [], "main"))];
}

static IEnumerable<string> Names(string file)
{
    using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
    reader.ReadLine();
    while (reader.ReadLine() is { } line)
    {
        using var json = JsonDocument.Parse(line);
        yield return json.RootElement.GetProperty("n").GetString()!;
    }
}
