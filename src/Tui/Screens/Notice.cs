using Registry.Engine.Problems;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>A sentence about what just happened, until the next key.</summary>
internal sealed record Notice(string Text, Style Style)
{
    /// <summary>What it is short for: Enter shows the whole.</summary>
    public Problem? Problem { get; init; }

    public static Notice Done(string text) => new(text, new Style(Ink.Added));

    public static Notice Note(string text) => new(text, Style.Plain);

    public static Notice Of(Problem problem) =>
        new($"! {problem.Message}{(problem.Hint is { } hint ? $". {hint}" : "")}", new Style(Ink.Problem)) { Problem = problem };
}
