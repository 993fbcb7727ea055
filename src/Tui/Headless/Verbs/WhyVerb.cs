using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless.Verbs;

internal static class WhyVerb
{
    public static Verb Row() => new("why", VerbGroup.Look, "show how the project came to need a package", RunAsync)
    {
        Description = ["For every package that needs it directly the shortest path from the project is shown, with what each asks for and the manifest line it starts from."],
        Arguments = [new("PACKAGE", ArgumentCount.One, "a package of the project", Offer.Packages)],
        Examples = [new("cairn why cstr", "shows the paths from the manifest to cstr")],
        Schema = "why",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation) => call.Session.AnswerAsync(
        call.Session.Client.Why(new(call.Session.Globals.Folder, PackageName.Parse(call.Argument("PACKAGE")))), Print, cancellation);

    private static void Print(Printer printer, WhyReport report)
    {
        var isFirst = true;
        foreach (var package in report.Packages)
        {
            if (!isFirst)
            {
                printer.Line();
            }

            isFirst = false;
            printer.Line(printer.Paint.Bold(package.Package.ToString()));
            if (package.Paths.IsEmpty)
            {
                printer.Line("  is the project itself or one of its members");
            }

            foreach (var path in package.Paths)
            {
                PrintPath(printer, path);
            }

            if (package.PathsLeftOut > 0)
            {
                printer.Line($"  and {package.PathsLeftOut} more paths; `cairn tree {package.Package.Name} --invert` shows all");
            }
        }
    }

    private static void PrintPath(Printer printer, ImmutableArray<WhyStep> path)
    {
        var text = $"  {path[0].From.Name}";
        foreach (var step in path)
        {
            var asked = step.Constraint is { } constraint ? $" {constraint}" : "";
            var group = step.Group == DependencyGroup.Normal ? "" : $" ({step.Group.ToString().ToLowerInvariant()})";
            text += $" > {step.To.Name}{printer.Paint.Dim($"{asked}{group}")} {printer.Paint.Cyan(step.To.Version.ToString())}";
        }

        printer.Line(text);
        if (path[0].Place is { } place)
        {
            printer.Line(printer.Paint.Dim($"    {Printable.Of(place.ToString())}"));
        }
    }
}
