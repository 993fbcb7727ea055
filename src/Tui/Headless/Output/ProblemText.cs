using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Tui.Headless.Output;

/// <summary>A problem for people: what is wrong and where, more of it, what to try.</summary>
internal static class ProblemText
{
    public static void Print(Printer printer, Problem problem)
    {
        var place = problem.Place is { } at ? $"{at}: " : "";
        printer.Line($"{printer.Paint.Red(printer.Paint.Bold("error:"))} {Printable.Of(place + problem.Message)}");
        if (problem.Hint is { } hint)
        {
            printer.Line($"{printer.Paint.Cyan("hint:")} {Printable.Of(hint)}");
        }
    }

    public static void PrintNotice(Printer printer, Problem problem)
    {
        var place = problem.Place is { } at ? $"{at}: " : "";
        printer.Line($"{printer.Paint.Yellow("note:")} {Printable.Of(place + problem.Message)}");
        if (problem.Hint is { } hint)
        {
            printer.Line($"      {Printable.Of(hint)}");
        }
    }
}
