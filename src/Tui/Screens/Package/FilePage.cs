using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;
using Registry.Tui.Widgets.Markdown;

namespace Registry.Tui.Screens.Package;

/// <summary>One file of a package, to read.</summary>
internal sealed record FilePage(PackageId Package, string File) : LinesScreen
{
    private const int LinesMax = 20_000;

    private static readonly Hint[] hints = [new("j k", "scroll"), new("Esc", "back")];

    private ImmutableArray<StyledLine> lines = [];
    private (object? Outcome, int Width) madeFrom;

    public string Heading { get; init; } = "";

    public override Scope Scope => Scope.Text;

    public override ReadOnlySpan<Hint> Hints => hints;

    public override Subject SubjectOf(AppState state) => new(Package.Name, Package.Version);

    protected override int Count => lines.Length;

    /// <summary>What could not be read the last time is tried again.</summary>
    public static Step Open(AppState state, PackageId package, string file) => state.Looks.Files.Find((package, file)) is Outcome<ContentsReport>.Failed
        ? Read(state.Open(new FilePage(package, file)), package, file)
        : state.Open(new FilePage(package, file));

    /// <summary>Also when one comes back to it, and others were looked at since.</summary>
    public override Step Ask(AppState state) => state.Looks.Files.TryGet((Package, File), out _) ? state : Read(state, Package, File);

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

    public override Screen Bare => this with { lines = [], madeFrom = default };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        canvas.WriteFitted(layout.Body.X + 1, layout.Body.Y, layout.Body.Width - 2, Heading, Style.Strong);
        StyledLine.Draw(canvas.Part(Area(layout)), lines, Top);
    }

    protected override Rect Area(in Layout layout) => layout.Body.Shrink(1, 0).SplitTop(2).Below;

    private static Step Read(AppState state, PackageId package, string file) =>
        (state with { Looks = state.Looks with { Files = state.Looks.Files.With((package, file), null) } }).Do(new AskContents(package, ContentsReach.Stored, file));

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
