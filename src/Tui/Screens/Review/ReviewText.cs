using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Tui.Screens.Package;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Review;

/// <summary>The words of a review: the story of the plan on the left, what it risks on the right or below.</summary>
internal static class ReviewText
{
    private const int RisksMax = 6;
    private const int LicencesMax = 5;
    private const int AdvisoriesMax = 3;

    public static void AddStory(Detail detail, AppState state, ChangePlan? plan, int marked)
    {
        detail.Text($"Review plan{new string(' ', 20)}nothing is written yet", Style.Strong).Gap();
        AddSteps(detail, state, marked);
        if (plan is null)
        {
            AddWaiting(detail, state);
        }
        else if (plan.IsEmpty)
        {
            detail.Text("Everything is as the manifest says: nothing to do.", Style.Quiet);
        }
        else
        {
            AddFiles(detail, plan);
        }
    }

    public static void AddRisk(Detail detail, AppState state, ChangePlan plan)
    {
        AddList(detail, "Risk", [.. Risks(state, plan)], "no breaking step", RisksMax, new Style(Ink.Notice));
        AddAdvisories(detail, plan);
        AddList(detail, "Licences", [.. Licences(state, plan)], "none that changes", LicencesMax, default);
        var before = state.Facts?.Lockfile?.Packages.Count(package => package.Source is not PackageSource.Member) ?? 0;
        var after = plan.Lockfile.Packages.Count(package => package.Source is not PackageSource.Member);
        var counts = string.Create(CultureInfo.InvariantCulture, $"{before:N0} -> {Staging.Count(after, "package", "packages")}");
        AddList(detail, "Proof", plan.Solving is { } solving ? [$"solved in {Time(solving)}, {counts}", "checked again by a second checker"] : [$"the lock still holds, {counts}"], "", 2, default);
        AddList(detail, "Undo", ["u any time, also after applying"], "", 1, default);
        detail.Gap().Text("Same as", Style.Strong).Text($"$ {plan.Command}", default, 2);
        foreach (var warning in plan.Warnings)
        {
            detail.Text($"? {warning.Message}", new Style(Ink.Notice));
        }
    }

    /// <summary>Known flaws that come with the packages, and that go with them.</summary>
    private static void AddAdvisories(Detail detail, ChangePlan plan)
    {
        if (plan.Lock.IsEmpty)
        {
            return;
        }

        if (plan.Advisories is not { IsKnown: true } shift)
        {
            detail.Text(plan.Advisories is null ? "looking for known flaws" : "no advisories are known here", Style.Quiet, 2);
            return;
        }

        AddAdvisories(detail, '+', shift.Gained, new Style(Ink.Problem));
        AddAdvisories(detail, '-', shift.Lost, new Style(Ink.Added));
        _ = shift.Gained.IsEmpty && shift.Lost.IsEmpty ? detail.Text("no advisory comes or goes", Style.Quiet, 2) : detail;
    }

    private static void AddAdvisories(Detail detail, char sign, ImmutableArray<PlanAdvisory> advisories, Style style)
    {
        if (advisories.IsEmpty)
        {
            return;
        }

        var shown = string.Join(", ", advisories.Take(AdvisoriesMax).Select(flaw => $"{AuditWords.Level(flaw.Finding)} {flaw.Match.Id} {flaw.Package.Name} {flaw.Package.Version}"));
        var more = advisories.Length > AdvisoriesMax ? $" and {advisories.Length - AdvisoriesMax} more" : "";
        detail.Text($"{sign} {Staging.Count(advisories.Length, "advisory", "advisories")}: {shown}{more}", style, 2);
    }

    private static string Time(TimeSpan time) => time.TotalMilliseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(time.TotalMilliseconds)):0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static void AddList(Detail detail, string title, List<string> lines, string none, int max, Style style)
    {
        detail.Gap().Text(title, Style.Strong);
        foreach (var line in lines.Take(max))
        {
            detail.Text(line, style, 2);
        }

        _ = lines.Count == 0 ? detail.Text(none, Style.Quiet, 2) : lines.Count > max ? detail.Text($"and {lines.Count - max} more", Style.Quiet, 2) : detail;
    }

    private static void AddSteps(Detail detail, AppState state, int marked)
    {
        if (state.Plan.Steps.IsEmpty)
        {
            detail.Text("You staged nothing: this is what an install does.").Gap();
            return;
        }

        var chosen = state.Plan.Steps.Where(IsChosen).ToList();
        var asked = state.Plan.Steps.Where(step => !IsChosen(step)).ToList();
        AddSteps(detail, state, "You asked", asked, marked);
        AddSteps(detail, state, "You chose", chosen, marked);
        detail.Gap();
    }

    private static void AddSteps(Detail detail, AppState state, string title, List<PlanStep> steps, int marked)
    {
        _ = steps.Count > 0 ? detail.Text(title, Style.Strong) : detail;
        foreach (var step in steps)
        {
            var at = state.Plan.Steps.IndexOf(step);
            detail.Text($"{(at == marked && state.Plan.Steps.Length > 1 ? '>' : ' ')} {at + 1} {step.Sign} {step.Words}", new Style(Ink.Changed), 1);
        }
    }

    private static bool IsChosen(PlanStep step) => step.Edits.Any(edit => edit is ProjectEdit.ApplyRepair);

    private static void AddWaiting(Detail detail, AppState state)
    {
        if (state.Plan.Problem is { } problem)
        {
            detail.Text($"! {problem.Message}", new Style(Ink.Problem)).Text(state.Plan.Conflict is null ? problem.Hint : "f says why, and what would help.");
            return;
        }

        detail.Text("solving", Style.Quiet);
    }

    private static void AddFiles(Detail detail, ChangePlan plan)
    {
        foreach (var manifest in plan.Manifests)
        {
            var lines = manifest.Hunks.SelectMany(hunk => hunk.Lines).Where(line => line.Kind != TextLineKind.Same).ToList();
            detail.Text($"{manifest.File}   {Staging.Count(lines.Count(line => line.Kind == TextLineKind.Added), "line", "lines")}", Style.Strong);
            foreach (var line in lines)
            {
                var added = line.Kind == TextLineKind.Added;
                detail.Text($"{(added ? '+' : '-')} {line.Text}", new Style(added ? Ink.Added : Ink.Removed), 2);
            }
        }

        detail.Gap().Text($"cairn.lock   {Staging.Count(plan.Lock.Changes.Length, "change", "changes")}", Style.Strong);
        var width = plan.Lock.Changes.IsEmpty ? 0 : plan.Lock.Changes.Max(change => change.Name.Value.Length);
        foreach (var change in plan.Lock.Changes)
        {
            detail.Text(LockChangeText.Of(change, width), LockChangeText.StyleOf(change), 2);
        }

        var bytes = plan.ToFetch.Sum(fetch => fetch.Size ?? 0);
        detail.Gap().Pair("To fetch", $"{Staging.Count(plan.ToFetch.Length, "package", "packages")}{(bytes > 0 ? $", {PackageAnswer.SizeText(bytes)}" : "")}");
        detail.Pair("Installs", string.Create(CultureInfo.InvariantCulture, $"{plan.ToInstall.Length}, removes {plan.ToRemove.Length}, {plan.PackagesInstalled:N0} afterwards"));
    }

    private static IEnumerable<string> Risks(AppState state, ChangePlan plan)
    {
        foreach (var change in plan.Lock.Changes.Where(change => change.IsBreaking))
        {
            yield return $"{(change.Kind == LockChangeKind.Downgraded ? "breaking step down" : "breaking upgrade")} of {change.Name}";
        }

        foreach (var change in plan.Lock.Changes.Where(change => change.After is { } after && after.Id.Version.IsPrerelease && after.Id != change.Before?.Id))
        {
            yield return $"{change.Name} is a pre-release";
        }

        var changed = plan.Lock.Changes.Select(change => change.Name).ToHashSet();
        foreach (var copies in plan.Lockfile.Packages.GroupBy(package => package.Id.Name).Where(copies => copies.Count() > 1 && changed.Contains(copies.Key)))
        {
            yield return $"{copies.Count()} copies of {copies.Key}";
        }

        foreach (var forced in state.Plan.Edits.OfType<ProjectEdit.ApplyRepair>().Where(edit => edit.Repair.IsForced))
        {
            yield return $"not proven to work: {forced.Repair.Title}";
        }
    }

    private static IEnumerable<string> Licences(AppState state, ChangePlan plan)
    {
        foreach (var change in plan.Lock.Changes.Where(change => change.After is not null))
        {
            var (old, now) = (change.Before is { } before ? state.ReleaseOf(before.Id)?.License : null, state.ReleaseOf(change.After!.Id)?.License);
            if (now is null)
            {
                yield return $"{change.Name}: not known";
            }
            else if (change.Before is null)
            {
                yield return $"{change.Name}: {now}";
            }
            else if (old is not null && old != now)
            {
                yield return $"{change.Name}: {old} -> {now}";
            }
        }
    }
}
