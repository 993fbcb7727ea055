using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>The right side: what a fix changes, how it differs from the next one, the wishes, and the command that does the same.</summary>
internal static class FixAnswer
{
    private const int ComparedMax = 4;
    private const int CompactChangesMax = 4;

    public static ImmutableArray<ConflictRow> Of(ConflictsScreen screen, ConflictOffer? offer, ConflictOffer? next, int width, bool isWide)
    {
        var rows = new ConflictRows(width);
        if (offer is not null)
        {
            AddLock(rows, offer, isWide ? int.MaxValue : CompactChangesMax, isWide ? "" : SolveText(screen));
            AddManifests(rows, offer, isWide);
            _ = next is null ? rows : AddComparison(rows, screen, offer, next, isWide);
        }

        AddWishes(rows, screen, isWide);
        if (offer is not null && isWide)
        {
            rows.Gap().Line("Same thing without this screen", style: Style.Strong).Text($"$ {offer.Command}", indent: 1, hanging: 2);
        }

        return rows.Done();
    }

    private static string SolveText(ConflictsScreen screen) => screen.IsAsking ? "solving"
        : screen.Report is { } report ? string.Create(CultureInfo.InvariantCulture, $"solve {Math.Max(1, report.Elapsed.TotalMilliseconds):N0} ms") : "";

    private static void AddLock(ConflictRows rows, ConflictOffer offer, int changesMax, string right)
    {
        var changes = offer.Repair.Difference.Changes;
        var count = Staging.Count(changes.Length, "change", "changes");
        rows.Line($"Lock diff for {offer.Letter}{(right.Length > 0 ? $"   {count}" : "")}", right.Length > 0 ? right : count, Style.Strong);
        var width = changes.IsEmpty ? 0 : Math.Min(24, changes.Max(change => change.Name.Value.Length));
        foreach (var change in changes.Take(changesMax))
        {
            rows.Line($" {LockChangeText.Of(change, width)}{CopyText(offer, change)}", style: LockChangeText.StyleOf(change), target: new RowTarget.Change(change));
        }

        if (changes.Length > changesMax)
        {
            rows.Line($" and {changes.Length - changesMax} more", style: Style.Quiet);
        }

        if (changes.IsEmpty)
        {
            rows.Line(" nothing in the lockfile changes", style: Style.Quiet);
        }
    }

    private static string CopyText(ConflictOffer offer, LockChange change)
    {
        if (change.Kind != LockChangeKind.Added || offer.Repair.Resolution.Packages.Count(package => package.Id.Name == change.Name) < 2)
        {
            return "";
        }

        var users = offer.Repair.Resolution.Packages.Where(package => package.Dependencies.Any(edge => edge.Target == change.After!.Id)).Select(package => package.Id.Name.Value).ToList();
        return users is [var only] ? $"  second copy, for {only}" : "  second copy";
    }

    private static void AddManifests(ConflictRows rows, ConflictOffer offer, bool isWide)
    {
        foreach (var manifest in offer.Manifests)
        {
            var lines = manifest.Hunks.SelectMany(hunk => hunk.Lines).Where(line => line.Kind != TextLineKind.Same && line.Text.Trim().Length > 0).ToList();
            if (!isWide)
            {
                rows.Line($"{manifest.File}   {string.Join("   ", lines.Select(Text))}", style: new Style(Ink.Changed));
                continue;
            }

            rows.Gap().Line(manifest.File, style: Style.Strong);
            foreach (var line in lines)
            {
                rows.Line($" {Text(line)}", style: new Style(line.Kind == TextLineKind.Added ? Ink.Added : Ink.Removed));
            }
        }

        static string Text(TextLine line) => $"{(line.Kind == TextLineKind.Added ? '+' : '-')} {line.Text.Trim()}";
    }

    private static ConflictRows AddComparison(ConflictRows rows, ConflictsScreen screen, ConflictOffer a, ConflictOffer b, bool isWide)
    {
        var comparison = RepairComparison.Between(a.Repair, b.Repair, screen.Report?.Locked);
        var words = comparison.Packages.Select(package => Compared(a.Letter, b.Letter, package))
            .Concat(comparison.Packages.IsEmpty ? [$"same packages; {a.Letter} edits {Edits(comparison.OnlyFirst)}, {b.Letter} {Edits(comparison.OnlySecond)}"] : []).ToList();
        if (!isWide)
        {
            return rows.Line($"vs {b.Letter}: {string.Join("; ", words.Take(2))}", style: Style.Quiet);
        }

        rows.Gap().Line($"Compared with {b.Letter}", style: Style.Strong);
        foreach (var line in words.Take(ComparedMax))
        {
            rows.Text(line, indent: 1, hanging: 2);
        }

        return words.Count > ComparedMax ? rows.Line($" and {words.Count - ComparedMax} more", style: Style.Quiet) : rows;
    }

    private static string Edits(ImmutableArray<ManifestEdit> edits) => edits.IsEmpty ? "nothing" : string.Join(", ", edits.Select(RepairEdits.TextOf));

    private static string Compared(string a, string b, ComparedPackage package) => (Doing(package, package.First), Doing(package, package.Second)) switch
    {
        ({ } first, null) => $"{a} {first}, {b} does not",
        (null, { } second) => $"{b} {second}, {a} does not",
        var (first, second) => $"{a} {first}, {b} {second}",
    };

    /// <summary>What a fix does to a package; null when it leaves it as it is.</summary>
    private static string? Doing(ComparedPackage package, ImmutableArray<SemanticVersion> after)
    {
        if (after.SequenceEqual(package.Before))
        {
            return null;
        }

        var versions = string.Join(" and ", after.Except(package.Before));
        return after.IsEmpty ? $"drops {package.Name}"
            : package.Before.IsEmpty ? $"adds {package.Name} {versions}"
            : package.Before.All(after.Contains) ? $"adds a second {package.Name}, {versions}"
            : $"moves {package.Name} to {versions}";
    }

    private static void AddWishes(ConflictRows rows, ConflictsScreen screen, bool isWide)
    {
        var wishes = screen.Wishes.Wishes;
        if (isWide || !wishes.IsEmpty)
        {
            rows.Gap().Line("Your wishes", isWide ? SolveText(screen) : "", Style.Strong);
        }

        foreach (var wish in wishes)
        {
            rows.Line($" {WishWords.Sign(wish)} {wish.Words}", $"{WishWords.Sign(wish)} again drops", target: new RowTarget.Wished(wish));
        }

        if (isWide && wishes.IsEmpty)
        {
            rows.Line(" none yet   + must stay   - must not", style: Style.Quiet).Text("on any line: fix, fact, package, version", Style.Quiet, 1);
        }
    }
}
