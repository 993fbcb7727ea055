using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Dialogs;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Publish;

/// <summary>What is out, and the only thing that can still be done about it.</summary>
internal static class AfterPublishing
{
    public static Dialog Of(PublishReport report)
    {
        var last = report.Packages.LastOrDefault(package => package.IsNew);
        return new(
            report.Stopped is null ? "Published" : "Published in part", Lines(report, last),
            last is null ? [new DialogButton("Done", new Nothing())] : [new DialogButton("Done", new Nothing()), new DialogButton($"Yank {last.Package.Name}", new AskYank(last, report.Registry))])
        {
            Closing = "Close",
        };
    }

    private static ImmutableArray<string> Lines(PublishReport report, PublishedPackage? last) =>
    [
        .. report.Packages.Select(package => $"✓ {package.Package} is in {report.Registry}{(package.IsNew ? "" : ", as it was before")}  {PublishWords.Short(package.Archive)}"),
        .. report.Stopped is { } problem
            ? (string[])[$"! {problem.Message}. {problem.Hint}", $"not published: {string.Join(", ", report.NotPublished)}"]
            : [],
        .. last is null
            ? (string[])[]
            : [.. report.Packages.Length == 1 ? (string[])[$"Tag it:  git tag v{last.Package.Version}"] : [], $"Use it:  cairn add {last.Package.Name}@^{last.Package.Version}", "There is no undo. A yank hides it from new projects; who has it locked keeps it."],
    ];

    private sealed record Nothing : DialogAnswer
    {
        public override Step Reach(AppState state, ImmutableArray<string> values) => state;
    }

    private sealed record AskYank(PublishedPackage Package, string Registry) : DialogAnswer
    {
        public override Step Reach(AppState state, ImmutableArray<string> values) => new Dialog(
            $"Yank {Package.Package}", ["New projects will not get it any more. Who has it locked keeps it, and is told the reason."],
            [new DialogButton("Yank it", new Yank(Package, Registry))])
        {
            Fields = [new DialogField("Reason") { Example = "why, for those who use it" }],
        }.Open(state);
    }

    private sealed record Yank(PublishedPackage Package, string Registry) : DialogAnswer
    {
        public override Step Reach(AppState state, ImmutableArray<string> values) =>
            state.Start($"yank {Package.Package}", new YankPackage(Package.Package, Registry, values[0]));
    }
}
