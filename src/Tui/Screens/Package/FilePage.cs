using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;
using Registry.Tui.Widgets.Markdown;

namespace Registry.Tui.Screens.Package;

/// <summary>One file of a package, to read.</summary>
internal sealed record FilePage(PackageId Package, string File) : Screen
{
    private const int LinesMax = 20_000;

    private static readonly Hint[] hints = [new("j k", "scroll"), new("Esc", "back")];

    private ImmutableArray<StyledLine> lines = [];
    private (object? Outcome, int Width) madeFrom;

    public int Top { get; init; }

    public string Heading { get; init; } = "";

    public override Scope Scope => Scope.Text;

    public override ReadOnlySpan<Hint> Hints => hints;

    public override Subject SubjectOf(AppState state) => new(Package.Name, Package.Version);

    public static Step Open(AppState state, PackageId package, string file)
    {
        var opened = state.Open(new FilePage(package, file));
        return state.Looks.Files.TryGet((package, file), out var known) && known is not Outcome<ContentsReport>.Failed
            ? opened
            : (opened with { Looks = state.Looks with { Files = state.Looks.Files.With((package, file), null) } }).Do(new AskContents(package, ContentsReach.Stored, file));
    }

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Up => Move(state, -1),
        Command.Down => Move(state, 1),
        Command.PageUp => Move(state, 1 - Area(state.Layout).Height),
        Command.PageDown => Move(state, Area(state.Layout).Height - 1),
        Command.First => Move(state, -lines.Length),
        Command.Last => Move(state, lines.Length),
        Command.Back or Command.Quit => state.Close(),
        _ => state,
    };

    public override Step Point(AppState state, InputEvent.Mouse mouse) =>
        Move(state, mouse.Action switch { MouseAction.WheelUp => -3, MouseAction.WheelDown => 3, _ => 0 });

    public override Screen Fresh(AppState state)
    {
        var outcome = state.Looks.Files.Find((Package, File));
        var width = Area(state.Layout).Width - 1;
        return madeFrom == (outcome, width) ? this : this with
        {
            madeFrom = (outcome, width),
            lines = LinesOf(outcome, width),
            Heading = $"{File}   {Package}",
        };
    }

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        canvas.WriteFitted(layout.Body.X + 1, layout.Body.Y, layout.Body.Width - 2, Heading, Style.Strong);
        StyledLine.Draw(canvas.Part(Area(layout)), lines, Top);
    }

    private static Rect Area(in Layout layout) => layout.Body.Shrink(1, 0).SplitTop(2).Below;

    private Step Move(AppState state, int by) =>
        state.WithTop(this with { Top = Math.Clamp(Top + by, 0, Math.Max(0, lines.Length - Area(state.Layout).Height)) });

    private static ImmutableArray<StyledLine> LinesOf(Outcome<ContentsReport>? outcome, int width) => outcome switch
    {
        Outcome<ContentsReport>.Done { Report.File: { } file } => TextOf(file, width),
        Outcome<ContentsReport>.Failed failed => [Line($"! {failed.Problem.Message}", new Style(Ink.Problem)), Line(failed.Problem.Hint ?? "", default)],
        Outcome<ContentsReport>.Done => [Line("Its files are not on this machine any more.", Style.Quiet)],
        _ => [Line("reading", Style.Quiet)],
    };

    private static ImmutableArray<StyledLine> TextOf(PackageText file, int width)
    {
        if (file.Form == PackageTextForm.Binary)
        {
            return [Line($"It is not text: {PackageAnswer.SizeText(file.Bytes)}.", Style.Quiet)];
        }

        if (file.Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase))
        {
            return MarkdownText.Render(file.Text, width);
        }

        var all = file.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').SelectMany(text => RunWrap.Cut(PackageRows.Plain(text), default, width)).Take(LinesMax)
            .Select(runs => new StyledLine(runs)).ToImmutableArray();
        return file.Form == PackageTextForm.Beginning || all.Length == LinesMax ? all.Add(Line("It goes on: this is the beginning.", Style.Quiet)) : all;
    }

    private static StyledLine Line(string text, Style style) => new([new StyledRun(text, style)]);
}
