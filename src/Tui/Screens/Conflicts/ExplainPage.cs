using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>All facts of a conflict, and the whole way from them to "nothing fits": each step once, named by its number after that.</summary>
internal sealed record ExplainPage(Explanation Explanation) : LinesScreen
{
    private static readonly Hint[] hints = [new("x Esc", "back"), new("j k", "scroll")];

    /// <summary>Null while it is worked out.</summary>
    public Derivation? Derivation { get; init; }

    public override Scope Scope => Scope.Conflict;

    public override ReadOnlySpan<Hint> Hints => hints;

    public static ExplainPage Of(AppState state, Explanation explanation) =>
        (ExplainPage)new ExplainPage(explanation).Fresh(state);

    public override Step Do(AppState state, Command command) => command is Command.Explain ? state.Close() : base.Do(state, command);

    public override Screen Fresh(AppState state)
    {
        var detail = new Detail(state.Layout.Body.Width - 3);
        detail.Text(Explanation.Headline, Style.Strong).Gap().Text("What is true", Style.Strong);
        foreach (var fact in Explanation.Facts)
        {
            detail.Text($"{fact.Number}  {fact.Text}{(fact.Place is { } place ? $"  ({place.File}:{place.Line})" : "")}", default, 1).Text(fact.Detail, Style.Quiet, 4);
        }

        detail.Text(Explanation.Conclusion);
        foreach (var hint in Explanation.Hints)
        {
            detail.Text($"Note: {hint}", Style.Quiet);
        }

        detail.Gap().Text("How one leads to the other", Style.Strong);
        AddSteps(detail);
        return this with { Lines = detail.Lines };
    }

    private void AddSteps(Detail detail)
    {
        if (Derivation is null)
        {
            detail.Text("working it out", Style.Quiet, 1);
            return;
        }

        if (Derivation.Left > 0)
        {
            detail.Text($"{Derivation.Left} earlier steps are left out", Style.Quiet, 1);
        }

        foreach (var step in Derivation.Steps)
        {
            detail.Text($"{step.Number,3}  {step.Text}{(step.IsFact ? "" : $"  (from {step.First} and {step.Second})")}", step.IsFact ? default : Style.Strong, 1);
        }
    }
}

/// <summary>Asks for the whole proof of a conflict.</summary>
internal sealed record Derive(ImmutableArray<ProjectEdit> Edits, Explanation Explanation) : Inquiry
{
    public override string Replaces => nameof(Derive);

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new Derived(Explanation, await workbench.DeriveAsync(Edits, Explanation, cancellation).ConfigureAwait(false));
}

internal sealed record Derived(Explanation Explanation, Derivation Derivation) : News
{
    public override Step Reach(AppState state) => state.Top is ExplainPage page && ReferenceEquals(page.Explanation, Explanation)
        ? state.WithTop(page with { Derivation = Derivation })
        : state;
}
