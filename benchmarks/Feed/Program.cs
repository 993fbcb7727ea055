using System.Diagnostics;
using Registry.Benchmarks.Feed;

// Makes feeds of real size from public data, and measures how fast they are read.
var options = Options.Parse(args);
var clock = Stopwatch.StartNew();
switch (options.Mode)
{
    case "crates":
        new CratesFeed(options.Require("data"), options.Require("out")).Make();
        break;
    case "npm":
        new NpmFeed(options.Require("corpus"), options.Require("out")).Make();
        break;
    case "names":
        new NamesFeed(options.Require("names"), options.Require("out")).Make();
        break;
    case "read":
        await new ReadFeed(options.Require("feed"), options.Require("cache"), options.Number("repeat", 5), options.Find("names")).MeasureAsync();
        break;
    default:
        Console.Error.WriteLine("""
            Registry.Benchmarks.Feed crates --data FILE.raw.jsonl[.xz] --out FOLDER
            Registry.Benchmarks.Feed npm --corpus FOLDER --out FOLDER
            Registry.Benchmarks.Feed names --names FILE --out FOLDER
            Registry.Benchmarks.Feed read --feed FOLDER-OR-URL --cache FOLDER [--names FILE] [--repeat N]
            """);
        return 2;
}

Console.WriteLine($"{options.Mode}: {clock.Elapsed.TotalSeconds:0.0} s, peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
return 0;
