using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

// Talks conflicts over on a feed of real size: time from a conflict to its first repair, to all repairs, and from a
// wish to the next thing on the screen and to the end.
if (args is not ["--feed", var feed, "--names", var list, "--seeds", var seedText] || !int.TryParse(seedText, out var seeds))
{
    Console.Error.WriteLine("usage: Conflicts --feed FOLDER --names FILE --seeds N      (a feed made by benchmarks/Feed; names one a line)");
    return 2;
}

var home = Directory.CreateTempSubdirectory("conflicts").FullName;
try
{
    var names = File.ReadLines(list).Where(name => PackageName.TryParse(name, out _)).ToArray();
    var figures = new Figures();
    for (var seed = 0; seed < seeds; seed++)
    {
        await TalkAsync(seed, names, figures);
    }

    figures.Print();
    return 0;
}
finally
{
    Directory.Delete(home, recursive: true);
}

async Task TalkAsync(int seed, string[] names, Figures figures)
{
    var random = new Random(seed);
    var folder = Directory.CreateDirectory(Path.Combine(home, $"p{seed}")).FullName;
    var asked = Enumerable.Range(0, 6).Select(_ => names[random.Next(names.Length)]).Distinct().Select(name => $"\"{name}\" = \"*\"\n");
    await File.WriteAllTextAsync(
        Path.Combine(folder, "cairn.toml"),
        $"[package]\nname = \"app\"\nversion = \"1.0.0\"\n\n[dependencies]\n{string.Concat(asked)}\n[registries]\nmain = {{ url = \"{feed}\" }}\n");
    await using var client = new RegistryClient(ClientSettings.For(name => name == "CAIRN_HOME" ? Path.Combine(home, "home") : null));
    using var talk = client.TalkOver(new(folder), []);
    var watch = Stopwatch.StartNew();
    if (await NextAsync(talk, []) is not { State: { } state } report)
    {
        return;
    }

    var first = state.All.Any() ? watch.Elapsed : TimeSpan.Zero;
    while (!report.State!.IsComplete && await NextAsync(talk, []) is { } next)
    {
        report = next;
        first = first == TimeSpan.Zero && report.State!.All.Any() ? watch.Elapsed : first;
    }

    figures.Conflict(first, watch.Elapsed, report.State!);
    foreach (var wishes in Wishes(report.State!).Take(3))
    {
        watch.Restart();
        var shown = TimeSpan.Zero;
        for (ConflictReport? now = null; now?.State?.IsComplete != true;)
        {
            now = await NextAsync(talk, wishes);
            if (now is null)
            {
                return;
            }

            shown = shown == TimeSpan.Zero ? watch.Elapsed : shown;
            report = now;
        }

        figures.Wish(shown, watch.Elapsed, report.State!);
    }
}

static async Task<ConflictReport?> NextAsync(ConflictTalk talk, ImmutableArray<Wish> wishes) =>
    await talk.NextAsync(wishes, new Progress<ProgressEvent>(), CancellationToken.None) switch
    {
        Outcome<ConflictReport>.Done done => done.Report,
        Outcome<ConflictReport>.Failed { Problem: { Code: not ProblemCode.ResolutionUndecided } problem } => throw problem.Raise(),
        _ => null,
    };

// One against each of the first repairs, then against all of them at once.
static IEnumerable<ImmutableArray<Wish>> Wishes(ConflictState state)
{
    var against = state.Repairs.SelectMany(offer => offer.Repair.Edits).Select(edit => edit switch
    {
        ManifestEdit.SetDuplicates => new Wish.NeverCopies(state.Conflicts[0].Packages[0]),
        { Line: { } line } => (Wish)new Wish.KeepLine(edit.File, line.Group, line.LocalName),
        _ => null,
    }).OfType<Wish>().Distinct().ToImmutableArray();
    return against.Take(2).Select(wish => ImmutableArray.Create(wish)).Append(against).Where(wishes => !wishes.IsEmpty);
}

internal sealed class Figures
{
    private readonly List<double> _first = [];
    private readonly List<double> _all = [];
    private readonly List<double> _shown = [];
    private readonly List<double> _settled = [];
    private int _repairs;
    private int _deadlocks;

    public void Conflict(TimeSpan first, TimeSpan all, ConflictState state)
    {
        _first.Add(first.TotalMilliseconds);
        _all.Add(all.TotalMilliseconds);
        _repairs += state.All.Count();
    }

    public void Wish(TimeSpan shown, TimeSpan settled, ConflictState state)
    {
        _shown.Add(shown.TotalMilliseconds);
        _settled.Add(settled.TotalMilliseconds);
        _deadlocks += state.Deadlock is null ? 0 : 1;
    }

    public void Print()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_first.Count} conflicts, {_repairs} repairs; {_shown.Count} changes of wishes, {_deadlocks} deadlocks"));
        Print("first repair (package lists read from the feed)", _first);
        Print("all repairs", _all);
        Print("a wish: on the screen", _shown);
        Print("a wish: to the end", _settled);
    }

    private static void Print(string what, List<double> values)
    {
        values.Sort();
        Console.WriteLine(values.Count == 0 ? $"{what}: none" : string.Create(
            CultureInfo.InvariantCulture, $"{what}: p50 {At(0.5):0.0} ms, p90 {At(0.9):0.0} ms, max {values[^1]:0.0} ms"));

        double At(double share) => values[Math.Min(values.Count - 1, (int)(values.Count * share))];
    }
}
