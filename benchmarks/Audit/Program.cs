// How long advisories take: reading bundles, building the index, loading it, matching packages.
//   bench-audit build BUNDLES INDEX      reads every *.jsonl.gz of a folder, writes the index
//   bench-audit match INDEX [REPEATS]    loads it and matches 1,000 packages, the first pass as a new process has it
// The packages: 1,000 that all have advisories, spread over the index; and 1,000 of which one in ten has any.
using System.Diagnostics;
using System.Globalization;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Security;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["build", var bundles, var index] => Build(bundles, index),
    ["match", var index] => Match(index, 21),
    ["match", var index, var repeats] => Match(index, int.Parse(repeats)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: bench-audit build BUNDLES INDEX | bench-audit match INDEX [REPEATS]");
    return 2;
}

static int Build(string folder, string indexFile)
{
    var clock = Stopwatch.StartNew();
    var (builder, tally, bytes, packages) = (new AdvisoryIndexBuilder(), new OsvTally(), 0L, new SortedSet<string>(StringComparer.Ordinal));
    foreach (var path in Directory.GetFiles(folder, "*.jsonl.gz").Order(StringComparer.Ordinal))
    {
        using var file = File.OpenRead(path);
        foreach (var record in OsvBundle.Read(file, OsvBundleForm.GzipLines, Path.GetFileName(path)))
        {
            tally.Add(record);
            if (record.Advisory is { } advisory)
            {
                builder.Add(advisory, new(bytes, record.Json.Length));
                packages.UnionWith(advisory.Affected.Select(entry => $"{entry.Ecosystem}\t{entry.Name}"));
            }

            bytes += record.Json.Length + 1;
        }
    }

    var read = clock.Elapsed;
    var index = builder.ToBytes();
    var built = clock.Elapsed - read;
    File.WriteAllBytes(indexFile, index);
    File.WriteAllLines(indexFile + ".packages", packages);
    Console.WriteLine($"read {tally.Read} records ({bytes / 1e6:F1} MB unpacked, {tally.Skipped} left out) in {read.TotalSeconds:F2} s; built {index.Length / 1e6:F1} MB in {built.TotalSeconds:F2} s");
    return 0;
}

static int Match(string indexFile, int repeats)
{
    var known = File.ReadAllLines(indexFile + ".packages").Select(line => line.Split('\t')).Where(parts => parts.Length == 2).ToArray();
    var all = Enumerable.Range(0, 1000).Select(i => known[(long)i * known.Length / 1000]).ToArray();
    var few = all.Select((parts, i) => i % 10 == 0 ? parts : [parts[0], "unheard-of-" + i.ToString()]).ToArray();
    var version = new SemanticVersion(1, 0, 0);
    Console.WriteLine("| | load | match, all with advisories | match, one in ten | flaws |");
    Console.WriteLine("|---|---|---|---|---|");
    var passes = new List<(double Load, double All, double Few, int Flaws)>();
    for (var i = 0; i <= repeats; i++)
    {
        var clock = Stopwatch.StartNew();
        var index = AdvisoryIndex.Read(File.ReadAllBytes(indexFile), indexFile);
        var loaded = clock.Elapsed.TotalMilliseconds;
        var flaws = all.Sum(parts => AdvisoryMatcher.Match(index, parts[0], parts[1], version).Length);
        var matched = clock.Elapsed.TotalMilliseconds;
        _ = few.Sum(parts => AdvisoryMatcher.Match(index, parts[0], parts[1], version).Length);
        passes.Add((loaded, matched - loaded, clock.Elapsed.TotalMilliseconds - matched, flaws));
    }

    Print("first pass of a process", passes[0]);
    Print($"median of {repeats}", (Median(pass => pass.Load), Median(pass => pass.All), Median(pass => pass.Few), passes[0].Flaws));
    return 0;

    double Median(Func<(double Load, double All, double Few, int Flaws), double> select) => passes.Skip(1).Select(select).Order().ElementAt(repeats / 2);

    static void Print(string what, (double Load, double All, double Few, int Flaws) pass) =>
        Console.WriteLine($"| {what} | {pass.Load:F1} ms | {pass.All:F1} ms | {pass.Few:F1} ms | {pass.Flaws} |");
}
