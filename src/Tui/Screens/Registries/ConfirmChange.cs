using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Dialogs;

namespace Registry.Tui.Screens.Registries;

/// <summary>A change of a file outside the project: shown with its file and lines before it is made, since no undo takes it back.</summary>
internal sealed record ConfirmChange(RegistryChange Wish, UserFileReport Plan) : DialogAnswer
{
    private const int LinesMax = 12;

    public static Dialog Of(RegistryChange wish, UserFileReport plan)
    {
        var lines = plan.Difference.Hunks.SelectMany(hunk => hunk.Lines).Where(line => line.Kind != TextLineKind.Same && line.Text.Length > 0)
            .Select(line => $"{(line.Kind == TextLineKind.Added ? '+' : '-')} {line.Text}").ToArray();
        return Dialog.Confirm(
            wish.Title, "Write it", new ConfirmChange(wish, plan),
            [$"This changes {plan.File}:", .. lines.Take(LinesMax), .. lines.Length > LinesMax ? (string[])[$"and {lines.Length - LinesMax} more lines"] : []]);
    }

    public override Step Reach(AppState state, ImmutableArray<string> values) => state.Do(new ApplyRegistry(Wish, Plan));
}
