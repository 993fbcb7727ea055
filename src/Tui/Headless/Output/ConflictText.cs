using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Tui.Headless.Output;

/// <summary>Why there is no resolution, and what would make one, for people.</summary>
internal static class ConflictText
{
    private const int RepairsMax = 5;
    private const int ChangesMax = 4;

    /// <param name="command">The command that met the conflict, to be repeated with a repair: `cairn install`.</param>
    /// <returns>How many repairs were listed with a letter, or would be; they come before those that are forced.</returns>
    public static int Print(Printer printer, NoResolutionDetail detail, string command, RepairMarks marks = RepairMarks.Dashes)
    {
        var paint = printer.Paint;
        printer.Line($"{paint.Red(paint.Bold("error:"))} {Printable.Of(detail.Explanation.Headline)}");
        printer.Line();
        PrintFacts(printer, detail.Explanation);
        foreach (var hint in detail.Explanation.Hints)
        {
            printer.Paragraph(Printable.Of(hint), "note: ", "      ");
        }

        if (detail.Repairs.IsEmpty)
        {
            printer.Line($"{paint.Cyan("hint:")} no single change was found that makes it resolve; relax one of the numbered lines");
            return 0;
        }

        printer.Line();
        printer.Line(paint.Bold(detail.Repairs.Length == 1 ? "one change makes it resolve (proven):" : "each of these makes it resolve (proven), least change first:"));
        var shown = Math.Min(RepairsMax, detail.Repairs.Length);
        for (var i = 0; i < shown; i++)
        {
            // What may not work is not a matter of one letter: it needs a reason.
            var mark = marks == RepairMarks.Letters && !detail.Repairs[i].IsForced ? $"  {(char)('A' + i)} " : "  - ";
            PrintRepair(printer, detail.Repairs[i], command, mark, isFirst: i == 0 && !detail.Repairs[i].IsForced);
        }

        if (detail.Repairs.Length > RepairsMax)
        {
            printer.Line($"  and {detail.Repairs.Length - RepairsMax} more; `{command} --output json` lists all");
        }

        return detail.Repairs.Take(shown).TakeWhile(repair => !repair.IsForced).Count();
    }

    public static void PrintFacts(Printer printer, Explanation explanation)
    {
        foreach (var fact in explanation.Facts.Take(Explanation.FullFactsMax))
        {
            var number = $"{fact.Number,3}  ";
            printer.Paragraph(Printable.Of(fact.Text) + (fact.Place is { } place ? $"  ({Printable.Of(place.ToString())})" : ""), number, "     ");
            if (fact.Detail is { } more)
            {
                printer.Paragraph(printer.Paint.Dim(Printable.Of(more)), "     ", "     ");
            }
        }

        if (explanation.Facts.Length > Explanation.FullFactsMax)
        {
            printer.Line($"     and {explanation.Facts.Length - Explanation.FullFactsMax} more");
        }

        if (explanation.Conclusion.Length > 0)
        {
            printer.Paragraph(Printable.Of(explanation.Conclusion));
        }
    }

    private static void PrintRepair(Printer printer, Repair repair, string command, string mark, bool isFirst)
    {
        printer.Paragraph(Printable.Of(repair.Title) + (isFirst ? " (least change)" : repair.IsForced ? " (forced: may not work)" : ""), mark, "    ");
        if (repair.Reason.Length > 0)
        {
            printer.Paragraph(Printable.Of(repair.Reason), "    ", "    ");
        }

        if (!repair.Difference.IsEmpty)
        {
            var shown = repair.Difference.Changes.Take(ChangesMax).Select(ChangeText.Of);
            var more = repair.Difference.Changes.Length - ChangesMax;
            printer.Paragraph($"lockfile: {string.Join(", ", shown)}{(more > 0 ? $" and {more} more" : "")}", "    ", "    ");
        }

        printer.Line($"    {printer.Paint.Cyan($"{command} --repair {repair.Id}{(repair.IsForced ? $" {ProjectChanges.Reason.Name} TEXT" : "")}")}");
    }
}

/// <summary>What stands before each repair.</summary>
internal enum RepairMarks
{
    Dashes,

    /// <summary>To be chosen by.</summary>
    Letters,
}
