using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class TreeVerb
{
    public static Verb Row() => new("tree", VerbGroup.Look, "show what the project depends on, as a tree", RunAsync)
    {
        Description =
        [
            "Reads the lockfile alone. A branch that was shown further up is marked (*) and not shown again.",
        ],
        Arguments = [new("PACKAGE", ArgumentCount.Optional, "start at this package instead of the project", Offer.Packages)],
        Flags =
        [
            new("--depth", "show so many levels below the start", "N"),
            new("--duplicates", "only packages with several versions, and what needs them") { Short = "-d" },
            new("--invert", "show what needs PACKAGE instead of what it needs") { Short = "-i" },
            new("--no-dev", "leave out development dependencies"),
            new(GlobalFlags.Output, "what to print", "FORM") { Choices = ["text", "json", "dot", "mermaid"] },
        ],
        Examples =
        [
            new("cairn tree", "shows the whole tree"),
            new("cairn tree --depth 1", "shows the direct dependencies"),
            new("cairn tree log --invert", "shows what needs log"),
            new("cairn tree --duplicates", "shows packages of which there are several versions"),
            new("cairn tree --output dot | dot -Tsvg > tree.svg", "draws it with Graphviz"),
        ],
        Schema = "tree",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var package = call.OptionalArgument("PACKAGE") is { } name ? PackageName.Parse(name) : null;
        var request = new TreeRequest(call.Session.Globals.Folder)
        {
            Depth = call.Number("--depth"),
            OnlyDuplicates = call.Has("--duplicates"),
            Package = package,
            IsInverted = call.Has("--invert"),
            WithoutDev = call.Has("--no-dev"),
        };
        return call.Session.AnswerAsync(
            call.Session.Client.Tree(request),
            (printer, report) =>
            {
                switch (call.Text(GlobalFlags.Output))
                {
                    case "dot":
                        PrintDot(printer, report);
                        break;
                    case "mermaid":
                        PrintMermaid(printer, report);
                        break;
                    default:
                        PrintText(printer, report);
                        break;
                }
            },
            cancellation);
    }

    public static void PrintText(Printer printer, TreeReport report)
    {
        var isLast = new List<bool>();
        foreach (var line in report.Lines())
        {
            if (line.Depth == 0 && isLast.Count > 0)
            {
                printer.Line();
            }

            isLast.RemoveRange(Math.Min(isLast.Count, line.Depth), Math.Max(0, isLast.Count - line.Depth));
            isLast.Add(line.IsLast);
            var text = new StringBuilder();
            for (var depth = 1; depth <= line.Depth; depth++)
            {
                text.Append(depth == line.Depth ? isLast[depth] ? "└── " : "├── " : isLast[depth] ? "    " : "│   ");
            }

            printer.Line(printer.Paint.Dim(text.ToString()) + Label(printer.Paint, report, line));
        }
    }

    private static string Label(Paint paint, TreeReport report, TreeLine line)
    {
        var package = report.Graph.Packages[line.Package];
        var name = package.Id.Name.Value;
        var text = new StringBuilder(line.Depth == 0 ? paint.Bold(name) : name).Append(' ').Append(paint.Cyan(package.Id.Version.ToString()));
        if (line.Edge is { Group: not DependencyGroup.Normal and var group })
        {
            text.Append(paint.Dim(group == DependencyGroup.Dev ? " (dev)" : " (build)"));
        }

        if (line.Edge is { } edge && report.Direction == TreeDirection.Needs && edge.LocalName != name)
        {
            text.Append(paint.Dim($" as {Printable.Of(edge.LocalName)}"));
        }

        if (package.Features.Any(feature => feature != "default"))
        {
            text.Append(paint.Dim($" [{string.Join(", ", package.Features.Where(feature => feature != "default"))}]"));
        }

        if (package.Source is PackageSource.Path or PackageSource.Git)
        {
            text.Append(paint.Dim($" <{Printable.Of(package.Source.ToString())}>"));
        }

        return text.Append(line.IsRepeated ? paint.Dim(" (*)") : "").ToString();
    }

    private static void PrintDot(Printer printer, TreeReport report)
    {
        printer.Line("digraph dependencies {");
        printer.Line("  node [shape=box];");
        foreach (var index in report.Reached())
        {
            printer.Line($"  \"{report.Graph.Packages[index].Id}\";");
        }

        foreach (var edge in Edges(report))
        {
            var style = edge.Group switch { DependencyGroup.Dev => " [style=dashed]", DependencyGroup.Build => " [style=dotted]", _ => "" };
            printer.Line($"  \"{report.Graph.Packages[edge.From].Id}\" -> \"{report.Graph.Packages[edge.To].Id}\"{style};");
        }

        printer.Line("}");
    }

    private static void PrintMermaid(Printer printer, TreeReport report)
    {
        printer.Line("graph TD");
        foreach (var index in report.Reached())
        {
            printer.Line($"  n{index}[\"{report.Graph.Packages[index].Id}\"]");
        }

        foreach (var edge in Edges(report))
        {
            printer.Line($"  n{edge.From} {(edge.Group == DependencyGroup.Normal ? "-->" : "-.->")} n{edge.To}");
        }
    }

    private static IEnumerable<LockEdge> Edges(TreeReport report)
    {
        var reached = report.Reached();
        var inside = reached.ToHashSet();
        return reached.SelectMany(report.EdgesOf).Where(edge => inside.Contains(edge.From) && inside.Contains(edge.To));
    }
}
