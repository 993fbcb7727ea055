using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Registries;

/// <summary>How it looks: the list with routes and cache below it, and beside it the selected registry.</summary>
internal sealed partial record RegistriesScreen
{
    private const int AnswersShown = 8;
    private const int LockedShown = 12;
    private const int BelowNeeds = 8;

    private static readonly Column[] columns = [new("", 2, 0), new("name", 10, 6), new("address", 24, 8, Share: 1), new("state", 15, 8), new("delay", 8, 6)];

    private static int HeadRows(in Layout layout) => layout.IsWide ? 3 : 2;

    public override Rect Rows(in Layout layout)
    {
        var rest = layout.List.SplitTop(HeadRows(layout)).Below;
        return rest.SplitTop(rest.Height < BelowNeeds ? rest.Height : Math.Max(3, Math.Min(Count, rest.Height - below.Length - 1))).Top;
    }

    public override Screen Fresh(AppState state)
    {
        var next = this with { rows = [.. Known?.Registries.Select(RowOf) ?? []] };
        next = next with { below = next.BelowOf(state) };
        return next with { Scroll = next.Settled(state.Layout) };
    }

    public override Screen Answered(AppState state) => this with { answer = AnswerOf(state), below = BelowOf(state) };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        DrawAnswer(canvas, layout, answer);
        var list = canvas.Part(layout.List);
        list.WriteFitted(1, 0, list.Width - 2, "Registries", Style.Strong);
        if (Overview is not Outcome<RegistryOverview>.Done || Count == 0)
        {
            return;
        }

        Span<int> widths = stackalloc int[columns.Length];
        Table.Arrange(columns, layout.List.Width - 4, widths);
        Table.DrawHeader(list.Part(new Rect(2, HeadRows(layout) - 1, list.Width - 2, 1)), columns, widths);
        var area = Rows(layout);
        ListView.Draw(canvas.Part(area), new RegistryRows(rows.AsSpan(), widths), Scroll, ListFocus);
        Detail.Draw(canvas.Part(new Rect(layout.List.X + 1, area.Bottom + 1, layout.List.Width - 3, layout.List.Bottom - area.Bottom - 1)), below);
    }

    private RegistryRow RowOf(RegistryView view, int index)
    {
        var name = view.Entry.Name;
        var test = Tests.GetValueOrDefault(name);
        var state = Testing.Contains(name) ? "asking" : test is null ? RegistryWords.State(view.Place) : RegistryWords.State(test);
        return new(
            view, (index + 1).ToString(CultureInfo.InvariantCulture), state,
            Testing.Contains(name) ? Style.Quiet : RegistryWords.StyleOf(test, view.Place), test is null ? "" : RegistryWords.Delay(test));
    }

    private ImmutableArray<DetailLine> BelowOf(AppState state)
    {
        if (Known is not { } known)
        {
            return [];
        }

        var detail = new Detail(state.Layout.List.Width - 3, state.Layout.IsWide ? Room.Ample : Room.Scarce);
        if (detail.IsCompact)
        {
            detail.Text($"Names: {string.Join(" · ", known.Routes.Select(route => $"{NameOf(route, known)} from {route.Registry ?? "nowhere"}"))}{(known.IsOffline ? "   working offline" : "")}");
        }
        else
        {
            AddRoutes(detail, known);
            detail.Gap().Text($"Kept here{(known.IsOffline ? "   working offline" : "")}", Style.Strong);
        }

        var kept = known.Kept;
        detail.Pair("index", kept.IndexRead is { } read ? $"{RegistryWords.Bytes(kept.IndexBytes)}, {RegistryWords.Age(read, state.Now)}" : "nothing yet; folders are read in place");
        detail.Pair("store", $"{Staging.Count(kept.StorePackages, "package", "packages")}, {RegistryWords.Bytes(kept.StoreBytes)}  {kept.StoreFolder}");
        var readiness = RegistryWords.Readiness(kept);
        return detail.Pair("offline", readiness, readiness[0] == '!' ? new Style(Ink.Notice) : default).Lines;
    }

    private static string NameOf(NameRoute route, RegistryOverview known) =>
        route.Pattern.Length > 0 ? route.Pattern : known.Routes.Length == 1 ? "all names" : "all others";

    private static void AddRoutes(Detail detail, RegistryOverview known)
    {
        detail.Text("Names go to one registry each", Style.Strong);
        foreach (var route in known.Routes)
        {
            detail.Pair(
                NameOf(route, known), route.Registry is null ? "nowhere: no registry is the default" : route.Pattern.Length == 0 ? route.Registry : $"{route.Registry} only",
                route.Registry is null ? new Style(Ink.Notice) : default);
        }
    }

    private ImmutableArray<DetailLine> AnswerOf(AppState state)
    {
        var detail = Detail.For(state.Layout);
        if (Overview is Outcome<RegistryOverview>.Failed(var problem))
        {
            return detail.Text($"! {problem.Message}", new Style(Ink.Problem)).Text(problem.Hint).Lines;
        }

        if (Selected is not { } view)
        {
            return detail.Text(Known is null ? "looking at registries" : "No registry yet: packages have nowhere to come from. a adds one.", Style.Quiet).Lines;
        }

        AddRegistry(detail, state, view);
        AddBlocked(detail, view);
        return AddAnswers(detail.Gap(), state, view.Entry.Name).Lines;
    }

    private void AddRegistry(Detail detail, AppState state, RegistryView view)
    {
        var test = Tests.GetValueOrDefault(view.Entry.Name);
        detail.Text(test is { Id.Length: > 0 } ? $"{view.Entry.Name}   {test.Id}" : view.Entry.Name, Style.Strong);
        if (test?.Problem is { } problem)
        {
            detail.Text(problem.Message, new Style(test.State == RegistryState.Failed ? Ink.Problem : Ink.Quiet)).Text(problem.Hint).Gap();
        }

        detail.Pair("Address", view.Entry.Address ?? "none");
        detail.Pair("Named in", view.Where == "project" ? "the project's manifest" : "your registries.toml");
        detail.Pair("Used for", view.Entry.IsDefault ? view.Entry.Packages.IsEmpty ? "all names without a route" : $"{string.Join(", ", view.Entry.Packages)} and all without a route"
            : view.Entry.Packages.IsEmpty ? "only where a dependency names it" : string.Join(", ", view.Entry.Packages));
        detail.Pair("Packages", $"{((test?.Names ?? view.Names) is { } names ? string.Create(CultureInfo.InvariantCulture, $"{names:N0}, ") : "")}{view.Locked} in this lock");
        detail.Pair("Locked", string.Join(", ", view.LockedNames.Take(LockedShown)) + (view.Locked > LockedShown ? $" and {view.Locked - LockedShown} more" : ""));
        detail.Pair("Signed", test is null ? null : test.State != RegistryState.Ok ? null : test.IsSigned ? "yes" : "no");
        detail.Pair("Changes", test?.Serial is { } serial ? string.Create(CultureInfo.InvariantCulture, $"{serial:N0} so far") : null);
        detail.Pair("Copy", view.Read is { } read ? RegistryWords.Age(read, state.Now) : null);
        detail.Pair("Publish", view.Place switch
        {
            RegistryPlace.Folder => "into its folder",
            RegistryPlace.Web => "needs a registry server to sign in to: not yet",
            _ => null,
        });
    }

    private static void AddBlocked(Detail detail, RegistryView view)
    {
        if (view.BlockedCount == 0)
        {
            return;
        }

        var named = string.Join(", ", view.Blocked.Select(blocked => $"{blocked.Name} (from {blocked.Registry})"));
        detail.Gap().Text(
            $"! {Staging.Count(view.BlockedCount, "name here is", "names here are")} blocked: {named}{(view.BlockedCount > view.Blocked.Length ? " and more" : "")} only comes from where the route says.",
            new Style(Ink.Notice));
    }

    private Detail AddAnswers(Detail detail, AppState state, string registry)
    {
        var answers = Answers.Where(answer => answer.Registry == registry).Take(AnswersShown).ToArray();
        if (answers.Length == 0)
        {
            return detail.Text("r asks all registries, Enter asks this one.", Style.Quiet);
        }

        detail.Text("Last answers", Style.Strong);
        foreach (var answer in answers)
        {
            detail.Text(
                string.Create(CultureInfo.InvariantCulture, $"{answer.At.ToOffset(state.Now.Offset):HH:mm:ss} {answer.What,-16} {answer.Answer,-5} {answer.Elapsed.TotalMilliseconds,5:0.0} ms"),
                answer.Answer.Length > 4 ? new Style(Ink.Problem) : default, 1);
        }

        return detail;
    }

    private readonly ref struct RegistryRows(ReadOnlySpan<RegistryRow> rows, ReadOnlySpan<int> widths) : IRows
    {
        private readonly ReadOnlySpan<RegistryRow> rows = rows;
        private readonly ReadOnlySpan<int> widths = widths;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index)
        {
            var registry = rows[index];
            var x = Table.DrawField(row, 1, widths[0], registry.Number, Style.Quiet);
            x = Table.DrawField(row, x, widths[1], registry.View.Entry.Name);
            x = Table.DrawField(row, x, widths[2], registry.View.Entry.Address ?? "none", Style.Quiet);
            x = Table.DrawField(row, x, widths[3], registry.State, registry.Style);
            row.WriteRight(Math.Min(row.Width - 1, x + widths[4]), 0, registry.Delay, Style.Quiet);
        }
    }
}
