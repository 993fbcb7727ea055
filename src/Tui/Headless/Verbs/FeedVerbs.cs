using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

/// <summary>Feeds as folders: `cairn feed …`.</summary>
internal static class FeedVerbs
{
    private static VerbArgument Feed { get; } = new("FEED", ArgumentCount.One, "the folder of the feed", Offer.Folders);

    public static Verb Init() => new("feed init", VerbGroup.Publish, "make an empty feed in a folder", InitAsync)
    {
        Description = ["A feed is a folder that any static web server can serve: the same files locally and on the web."],
        Arguments = [Feed],
        Flags =
        [
            new("--id", "what it calls itself, as in packages.example.org/main; the folder's name when left out", "ID"),
            new("--name", "its name for people", "TEXT"),
            new("--ecosystem", "what advisories from elsewhere call the family of its packages, as crates.io", "NAME"),
        ],
        Examples = [new("cairn feed init ./feed --id packages.example.org/main", "makes an empty feed")],
        Schema = "feed-init",
    };

    public static Verb Add() => new("feed add", VerbGroup.Publish, "add packages to a feed, all or none", AddAsync)
    {
        Arguments = [Feed, new("PACKAGE", ArgumentCount.AtLeastOne, "an archive made by `cairn pack`, or a folder to pack", Offer.Files)],
        Flags = [new("--published", "when they were published (2026-01-31T12:00:00Z); now when left out", "TIME")],
        Examples =
        [
            new("cairn feed add ./feed ./my-package", "packs the folder and adds it"),
            new("cairn feed add ./feed dist/*.tar.gz", "adds archives"),
        ],
        Schema = "feed-add",
    };

    public static Verb Yank() => new("feed yank", VerbGroup.Publish, "hide a version of a feed from new resolutions", YankAsync)
    {
        Arguments = [Feed, new("PACKAGE", ArgumentCount.One, "NAME@VERSION")],
        Flags = [new("--reason", "why, for those who use it", "TEXT"), new("--at", "when it happened; now when left out", "TIME")],
        Examples = [new("cairn feed yank ./feed csv@1.1.0 --reason \"loses a field\"", "hides csv 1.1.0")],
        Schema = "yank",
    };

    public static Verb Unyank() => new("feed unyank", VerbGroup.Publish, "show a yanked version of a feed again", UnyankAsync)
    {
        Arguments = [Feed, new("PACKAGE", ArgumentCount.One, "NAME@VERSION")],
        Examples = [new("cairn feed unyank ./feed csv@1.1.0", "takes the yank back")],
        Schema = "yank",
    };

    public static Verb Advisories() => new("feed advisories", VerbGroup.Publish, "publish advisories about the packages of a feed", AdvisoriesAsync)
    {
        Description =
        [
            "Advisories are OSV records, as `cairn advisories import` takes them; one that cannot be read stops the command. Those with other ids stay, unless --replace is given. They are about the packages of this feed, by name.",
            "A database that is not registered with OSV begins its ids with `x_`, for example x_example-2026-0001.",
        ],
        Arguments = [Feed, new("PATH", ArgumentCount.Any, "a file or folder of OSV records", Offer.Files)],
        Flags =
        [
            new("--replace", "take out what was published before; without a PATH the feed says that it knows of no flaws"),
            new("--published", "when they were published (2026-01-31T12:00:00Z); now when left out", "TIME"),
        ],
        Examples = [new("cairn feed advisories ./feed advisories/", "publishes the records of a folder")],
        Schema = "feed-advisories",
    };

    public static Verb Check() => new("feed check", VerbGroup.Publish, "read everything a feed names and say what is wrong", CheckAsync)
    {
        Description = ["Exit code 6 when readers would fail on something. Left-overs of a killed writer are harmless and only listed."],
        Arguments = [Feed],
        Examples = [new("cairn feed check ./feed", "checks every document and archive")],
        Schema = "feed-check",
    };

    private static string Folder(Invocation call) => Path.GetFullPath(call.Argument("FEED"), call.Session.Globals.Folder);

    private static Task<int> InitAsync(Invocation call, CancellationToken cancellation) => call.Session.ChangeAsync(
        call.Session.Client.FeedInit(new(Folder(call), call.Text("--id"), call.Text("--name")) { Ecosystem = call.Text("--ecosystem") }),
        new(
            (printer, plan) => printer.Line($"would make the feed {plan.Id} in {plan.Folder}"), _ => false, "",
            (printer, report) => printer.Line($"made the feed {report.Id} in {report.Folder}")),
        cancellation);

    private static Task<int> AddAsync(Invocation call, CancellationToken cancellation)
    {
        var request = new FeedAddRequest(
            Folder(call), [.. call.Arguments("PACKAGE").Select(path => Path.GetFullPath(path, call.Session.Globals.Folder))])
        {
            Published = Words.Time(call.Text("--published")),
        };
        return call.Session.ChangeAsync(
            call.Session.Client.FeedAdd(request),
            new(
                (printer, plan) => Print(printer, plan, "would add"), _ => false, "",
                (printer, report) => Print(printer, report, "added")),
            cancellation);
    }

    private static Task<int> AdvisoriesAsync(Invocation call, CancellationToken cancellation)
    {
        var isReplacing = call.Has("--replace");
        var paths = call.Arguments("PATH");
        if (paths.IsEmpty && !isReplacing)
        {
            throw new Problem(ProblemCode.UsageInvalid, "`cairn feed advisories` needs a PATH", "give a file or folder of OSV records, or --replace to take out what there is").Raise();
        }

        var request = new FeedAdvisoriesRequest(
            Folder(call), [.. paths.Select(path => Path.GetFullPath(path, call.Session.Globals.Folder))],
            isReplacing ? FeedAdvisoriesMode.Replace : FeedAdvisoriesMode.Merge)
        {
            Published = Words.Time(call.Text("--published")),
        };
        return call.Session.ChangeAsync(
            call.Session.Client.FeedAdvisories(request),
            new(
                (printer, plan) => printer.Line($"would publish {plan.Given} of {plan.Records} advisories"), _ => false, "",
                (printer, report) => printer.Line($"published {report.Given} of {report.Records} advisories")),
            cancellation);
    }

    private static void Print(Printer printer, FeedAddReport report, string did)
    {
        foreach (var package in report.Packages)
        {
            printer.Line(package.IsNew ? $"{did} {package.Package} ({ChangeText.Bytes(package.Size)})" : $"{package.Package} is there already");
        }
    }

    private static Task<int> CheckAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        RegistryClient.CheckFeed(Folder(call)),
        (printer, report) =>
        {
            foreach (var fault in report.Faults)
            {
                printer.Line($"{(fault.IsDamage ? printer.Paint.Red("damaged ") : printer.Paint.Dim("left over"))} {Printable.Of(fault.Path)}: {Printable.Of(fault.What)}");
            }

            printer.Line($"{ChangeText.Count(report.Packages, "package")}, {ChangeText.Count(report.Versions, "version")}, {ChangeText.Count(report.Objects, "object")} ({ChangeText.Bytes(report.Bytes)}): {(report.IsSound ? "sound" : "damaged")}");
        },
        report => report.IsSound ? ExitCodes.Done : ProblemKind.Integrity.ExitCode(), cancellation);

    private static Task<int> YankAsync(Invocation call, CancellationToken cancellation) => YankVerb.RunAsync(call, YankAction.Yank, Folder(call), cancellation);

    private static Task<int> UnyankAsync(Invocation call, CancellationToken cancellation) => YankVerb.RunAsync(call, YankAction.Unyank, Folder(call), cancellation);
}
