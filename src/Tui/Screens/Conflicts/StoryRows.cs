using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Screens.Package;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>The left side: what is true, what would fix it, and what the wishes rule out.</summary>
internal static class StoryRows
{
    // In a small window the fixes must stay in view.
    private const int CompactFactsMax = 3;
    private const int HeadMax = 2;
    private const string Stuck = "Nothing fits all your wishes.";

    /// <summary>In a very small window what it is about stays in view above the rows; elsewhere it is one of them.</summary>
    public static ImmutableArray<ConflictRow> Head(AppState state, ConflictsScreen screen, int width) =>
        !state.Layout.IsReduced || ConflictOf(state, screen) is not { } conflict || !screen.IsAbout(state) ? []
        : [.. new ConflictRows(width).Text(IsStuck(screen) ? Stuck : $"{conflict.Headline.Split(". ")[0].TrimEnd('.')}.", Style.Strong).Done().Take(HeadMax)];

    public static ImmutableArray<ConflictRow> Of(AppState state, ConflictsScreen screen, int width, bool isWide)
    {
        var rows = new ConflictRows(width);
        var conflict = ConflictOf(state, screen);
        if (conflict is null || !screen.IsAbout(state))
        {
            return NoConflict(rows, state).Done();
        }

        if (screen.Report?.State is { Deadlock: { } deadlock } stuck && !screen.Wishes.Wishes.IsEmpty)
        {
            AddDeadlock(rows, screen.Report, stuck, deadlock, state.Layout.IsReduced);
            return rows.Done();
        }

        AddStory(rows, state, screen, conflict, isWide);
        if (screen.Report is { State: { } talk } report)
        {
            AddFixes(rows, report, talk, screen, isWide, state.Plan.Edits);
            _ = screen.IsFixed(state) ? rows.Gap().Line("A fix is staged: p reviews the plan, u takes it back.", style: new Style(Ink.Added)) : rows;
        }
        else
        {
            rows.Gap().Line(screen.Trouble is { } trouble ? $"! {trouble.Message}" : "looking for fixes that work", style: Style.Quiet);
        }

        return rows.Done();
    }

    private static Explanation? ConflictOf(AppState state, ConflictsScreen screen) =>
        screen.Report?.State is { Conflicts: var conflicts } ? conflicts[Math.Min(screen.Part, conflicts.Length - 1)] : state.Plan.Conflict?.Explanation;

    private static bool IsStuck(ConflictsScreen screen) => screen.Report?.State is { Deadlock: not null } && !screen.Wishes.Wishes.IsEmpty;

    private static ConflictRows NoConflict(ConflictRows rows, AppState state) => rows
        .Text(state.Plan.Problem is { } problem ? $"! {problem.Message}"
            : state.Plan.Steps.IsEmpty ? "Nothing is staged, so nothing conflicts."
            : state.Plan.IsSolving ? "solving" : "The plan has a solution: p reviews it.")
        .Text(state.Plan.Problem?.Place?.ToString() ?? "", Style.Strong)
        .Text(state.Plan.Problem?.Hint ?? "");

    private static void AddStory(ConflictRows rows, AppState state, ConflictsScreen screen, Explanation conflict, bool isWide)
    {
        var parts = screen.Report?.State?.Conflicts.Length ?? 1;
        _ = state.Layout.IsReduced ? rows : rows.Text(conflict.Headline, Style.Strong, right: parts > 1 ? $"{screen.Part + 1} of {parts}" : isWide ? "" : "x show all facts");
        var facts = isWide ? conflict.Facts.Take(Explanation.CardFactsMax).ToList() : Compact(conflict);
        if (isWide)
        {
            rows.Gap().Line("What is true", style: Style.Strong);
        }

        foreach (var fact in facts)
        {
            rows.Text($"{fact.Number}  {fact.Text}", indent: 1, target: new RowTarget.Fact(fact), right: PlaceOf(state, fact), hanging: 3);
            _ = isWide && fact.Detail is { } detail ? rows.Text(detail, Style.Quiet, 6) : rows;
        }

        if (conflict.Facts.Length > facts.Count && isWide)
        {
            rows.Line($"    and {conflict.Facts.Length - facts.Count} more", "x shows them", Style.Quiet);
        }

        _ = isWide ? rows.Text(conflict.Conclusion, indent: 1) : rows;
        for (var part = 0; part < parts && parts > 1; part++)
        {
            _ = part == screen.Part ? rows : rows.Text($"{part + 1} of {parts}: {screen.Report!.State!.Conflicts[part].Headline}", Style.Quiet, 1, new RowTarget.Part(part));
        }
    }

    private static List<ExplainedFact> Compact(Explanation conflict)
    {
        var asked = conflict.Facts.Where(fact => fact.Place is null).Take(CompactFactsMax).ToList();
        return asked.Count > 0 ? asked : [.. conflict.Facts.Take(CompactFactsMax)];
    }

    /// <summary>What was only just staged stands in no file yet.</summary>
    private static string PlaceOf(AppState state, ExplainedFact fact) =>
        fact.Place is not { } place ? ""
        : fact.Line is { } line && !state.Plan.Steps.IsEmpty
            && state.Facts?.Manifest.Dependencies.Any(old => old.LocalName == line.LocalName && old.Group == line.Group && old.Constraint.Text == line.Constraint.Text) == false
            ? "staged"
        : string.Create(CultureInfo.InvariantCulture, $"{place.File}:{place.Line}");

    private static void AddFixes(ConflictRows rows, ConflictReport report, ConflictState talk, ConflictsScreen screen, bool isWide, ImmutableArray<ProjectEdit> staged)
    {
        var total = talk.Repairs.Length + talk.RuledOut.Count(ruledOut => !ruledOut.Offer.Repair.IsForced);
        var found = screen.IsAsking ? "looking for more" : $"{talk.Repairs.Length} of {total}";
        rows.Gap().Line(
            talk.Repairs.IsEmpty ? screen.IsAsking ? "Looking for fixes that work" : "No fix was found"
            : talk.Wishes.IsEmpty ? isWide ? "Fixes that work (each one fully solved)" : "Fixes that work" : "Fixes that work with your wishes",
            found, Style.Strong);
        foreach (var offer in talk.Repairs)
        {
            AddFix(rows, report.Of(offer), isWide, staged);
        }

        foreach (var ruledOut in talk.RuledOut.Where(ruledOut => !ruledOut.Offer.Repair.IsForced))
        {
            rows.Text(
                $"{ruledOut.Offer.Letter}  ruled out: {string.Join(" and ", ruledOut.By.Select(wish => wish.Words))}", Style.Quiet, 1, new RowTarget.RuledOut(ruledOut), hanging: 3);
        }

        AddForced(rows, report, talk, screen, isWide, staged);
    }

    private static void AddFix(ConflictRows rows, ConflictOffer offer, bool isWide, ImmutableArray<ProjectEdit> staged)
    {
        var (repair, keeps) = (offer.Repair, string.Create(CultureInfo.InvariantCulture, $"keeps {offer.Offer.Keeps} of {offer.Offer.Of}"));
        var isStaged = staged.Any(edit => edit is ProjectEdit.ApplyRepair chosen && chosen.Repair.Id == repair.Id);
        rows.Line($" {offer.Letter}  {repair.Title}", isStaged ? "~ staged" : isWide ? keeps : $"{keeps}  {RiskOf(repair)}", isStaged ? new Style(Ink.Changed) : default, new RowTarget.Fix(offer));
        _ = isWide ? rows.Line($"      {repair.Reason}{(RiskOf(repair) is { Length: > 0 } risk ? $" · {risk}" : "")}{(offer.Bytes > 0 ? $" · +{PackageAnswer.SizeText(offer.Bytes)}" : "")}", style: Style.Quiet) : rows;
    }

    private static string RiskOf(Repair repair) => repair.Risk switch
    {
        RepairRisk.Major => "major",
        RepairRisk.Prerelease => "pre-release",
        RepairRisk.SecondCopy => "second copy",
        RepairRisk.Yanked => "yanked",
        RepairRisk.Override => "may not work",
        RepairRisk.GiveUp or RepairRisk.GiveUpFeature => "gives up",
        _ => "",
    };

    private static void AddForced(ConflictRows rows, ConflictReport report, ConflictState talk, ConflictsScreen screen, bool isWide, ImmutableArray<ProjectEdit> staged)
    {
        if (talk.Forced.IsEmpty)
        {
            return;
        }

        _ = isWide || screen.ShowsForced ? rows.Gap() : rows;
        if (!screen.ShowsForced)
        {
            rows.Line($"Not offered: {Staging.Count(talk.Forced.Length, "override", "overrides")}, not proven to work", "O show", Style.Quiet);
            return;
        }

        rows.Line("Overrides: they resolve, and may not work", "O hide", new Style(Ink.Problem));
        foreach (var offer in talk.Forced)
        {
            AddFix(rows, report.Of(offer), isWide, staged);
        }
    }

    private static void AddDeadlock(ConflictRows rows, ConflictReport report, ConflictState talk, Deadlock deadlock, bool hasHead)
    {
        _ = hasHead ? rows : rows.Line(Stuck, style: Style.Strong).Gap();
        rows.Line(deadlock.Blocking.Length switch { 1 => "This one leaves nothing:", 2 => "These two block each other:", _ => "These block each other:" });
        foreach (var wish in deadlock.Blocking)
        {
            rows.Text($"{WishWords.Sign(wish)}  {wish.Words}", indent: 1, target: new RowTarget.Wished(wish), hanging: 3);
        }

        if (talk.Conflicts is [{ Packages: not [] } conflict, ..])
        {
            rows.Text($"because {conflict.Headline.Split(". ")[0].TrimEnd('.')}, and every way out of that needs one of them.", Style.Quiet);
        }

        rows.Gap().Line(deadlock.Blocking.Length == 1 ? "Drop it, and this becomes possible" : "Drop one, and this becomes possible", style: Style.Strong);
        for (var i = 0; i < deadlock.Ways.Length; i++)
        {
            var way = deadlock.Ways[i];
            var then = way.Offer is { } offer ? $"fix {offer.Letter}  {offer.Repair.Title}" : "nothing else has to change";
            rows.Text($"drop \"{string.Join("\" and \"", way.Dropped.Select(wish => wish.Words))}\"  -> {then}", indent: 1, target: new RowTarget.Way(way, i), hanging: 3);
        }

        if (!talk.Repairs.IsEmpty)
        {
            rows.Gap().Line("Or give something up", style: Style.Strong);
        }

        foreach (var offer in talk.Repairs)
        {
            rows.Line($" give up  -> fix {offer.Letter}  {offer.Repair.Title}", target: new RowTarget.Fix(report.Of(offer)));
        }
    }
}
