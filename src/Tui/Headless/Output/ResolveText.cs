using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Tui.Headless.Output;

/// <summary>A conflict session for people.</summary>
internal static class ResolveText
{
    private const int ChangesMax = 4;

    public static void Print(Printer printer, ConflictReport report)
    {
        foreach (var idle in report.Idle)
        {
            ProblemText.PrintNotice(printer, idle.Warning);
        }

        if (report.State is not { } state)
        {
            printer.Line("there is no conflict: this resolves as it is");
            return;
        }

        PrintConflicts(printer, state);
        PrintWishes(printer, state);
        if (state.Deadlock is { } deadlock)
        {
            PrintDeadlock(printer, deadlock);
        }

        PrintOffers(printer, report, state);
        PrintRuledOut(printer, state);
    }

    private static void PrintConflicts(Printer printer, ConflictState state)
    {
        for (var i = 0; i < state.Conflicts.Length; i++)
        {
            var number = state.Conflicts.Length > 1 ? $"{i + 1} of {state.Conflicts.Length}: " : "";
            printer.Paragraph(printer.Paint.Bold(number + Printable.Of(state.Conflicts[i].Headline)));
            ConflictText.PrintFacts(printer, state.Conflicts[i]);
            printer.Line();
        }
    }

    private static void PrintWishes(Printer printer, ConflictState state)
    {
        if (state.Wishes.IsEmpty)
        {
            return;
        }

        printer.Line(printer.Paint.Bold("you said that"));
        foreach (var wish in state.Wishes)
        {
            printer.Paragraph(Printable.Of(wish.Words), "  - ", "    ");
        }

        printer.Line();
    }

    private static void PrintDeadlock(Printer printer, Deadlock deadlock)
    {
        printer.Paragraph(printer.Paint.Bold(deadlock.Blocking.Length == 1
            ? "this alone leaves nothing that keeps all you ask for:" : "together these leave nothing that keeps all you ask for:"));
        foreach (var wish in deadlock.Blocking)
        {
            printer.Paragraph(Printable.Of(wish.Words), "  - ", "    ");
        }

        foreach (var way in deadlock.Ways)
        {
            var possible = way.Offer is { } offer ? $"{offer.Letter} {Printable.Of(offer.Repair.Title)} becomes possible" : "it resolves as it is";
            printer.Paragraph($"without \"{string.Join("\" and \"", way.Dropped.Select(wish => Printable.Of(wish.Words)))}\": {possible}", "  ", "    ");
        }

        printer.Line();
    }

    private static void PrintOffers(Printer printer, ConflictReport report, ConflictState state)
    {
        if (!state.All.Any())
        {
            printer.Line(state.Wishes.IsEmpty ? "no single change was found that makes it resolve; relax one of the numbered lines" : "no repair is left");
            return;
        }

        printer.Line(printer.Paint.Bold(state.Repairs.IsEmpty ? "nothing but overrides makes it resolve:" : "each of these makes it resolve (proven), least change first:"));
        foreach (var offer in state.Repairs)
        {
            PrintOffer(printer, report.Of(offer));
        }

        if (!state.Forced.IsEmpty)
        {
            printer.Line(printer.Paint.Bold("overrides, which may not work:"));
        }

        foreach (var offer in state.Forced)
        {
            PrintOffer(printer, report.Of(offer));
        }
    }

    private static void PrintOffer(Printer printer, ConflictOffer offer)
    {
        var repair = offer.Repair;
        var keeps = string.Create(CultureInfo.InvariantCulture, $"keeps {offer.Offer.Keeps} of {offer.Offer.Of}");
        printer.Paragraph($"{Printable.Of(repair.Title)}  ({keeps})", $"  {offer.Letter,-3}", "     ");
        if (repair.Reason.Length > 0)
        {
            printer.Paragraph(Printable.Of(repair.Reason), "     ", "     ");
        }

        if (!repair.Difference.IsEmpty)
        {
            var more = repair.Difference.Changes.Length - ChangesMax;
            printer.Paragraph(
                $"lockfile: {string.Join(", ", repair.Difference.Changes.Take(ChangesMax).Select(ChangeText.Of))}{(more > 0 ? $" and {more} more" : "")}", "     ", "     ");
        }

        printer.Line($"     {printer.Paint.Cyan(offer.Command)}");
    }

    private static void PrintRuledOut(Printer printer, ConflictState state)
    {
        if (state.RuledOut.IsEmpty)
        {
            return;
        }

        printer.Line(printer.Paint.Bold("ruled out:"));
        foreach (var (offer, by) in state.RuledOut)
        {
            printer.Paragraph($"{Printable.Of(offer.Repair.Title)}: {string.Join(" and ", by.Select(wish => Printable.Of(wish.Words)))}", $"  {offer.Letter,-3}", "     ");
        }
    }
}
