using Registry.Engine.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Problems;

/// <summary>A problem with all that is known of it: the notice was one line and goes with the next key.</summary>
internal sealed record ProblemPage(Problem Problem) : LinesScreen
{
    private static readonly Hint[] hints = [new("y", "copy it"), new("j k", "scroll"), new("Esc", "back")];

    public override Scope Scope => Scope.Problem;

    public override ReadOnlySpan<Hint> Hints => hints;

    /// <summary>All of it as text, for whoever asks for help with it.</summary>
    public override string? CopyOf(AppState state, Command command) => command != Command.CopyText ? null : string.Join('\n', new[]
    {
        $"error: {Problem.Message}",
        Problem.Place is { } place ? $"at: {place}" : null,
        Problem.Hint is { } hint ? $"hint: {hint}" : null,
        $"code: {Problem.Code.Slug()}",
    }.OfType<string>());

    public override Screen Fresh(AppState state)
    {
        var detail = new Detail(state.Layout.Body.Width - 3);
        detail.Text("What went wrong", Style.Strong).Text($"! {Problem.Message}", new Style(Ink.Problem), 2).Gap();
        if (Problem.Place is { } place)
        {
            detail.Text("Where", Style.Strong).Text(place.ToString(), default, 2).Gap();
        }

        if (Problem.Hint is { } hint)
        {
            detail.Text("What to do", Style.Strong).Text(hint, default, 2).Gap();
        }

        detail.Text("More about it", Style.Strong).Text($"docs/PROBLEMS.md, under {Problem.Code.Slug()}", default, 2);
        return this with { Lines = detail.Lines };
    }
}
