using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Publish;

/// <summary>How it looks: checks at the left and files at the right, or one above the other in small windows.</summary>
internal sealed partial record PublishScreen
{
    private const int LeftShare = 53;
    private const int QuietAt = 31;
    private const int DetailRows = 5;
    private const int DetailNeeds = 16;
    private const int ChangesMax = 8;

    private static readonly Column[] columns = [new("", 24, 10, Share: 1), new("", 5, 0), new("", 8, 6), new("", 16, 6)];

    public override Rect Rows(in Layout layout) => Files(layout).SplitTop(1).Below;

    public override Screen Fresh(AppState state)
    {
        var next = this with { rows = Reviewed is { } review ? FileRow.Of(review, Open) : [] };
        next = Selected is { Key: var key } && next.rows.FirstOrDefault(row => row.Key == key) is { } same ? next with { Scroll = Scroll.Select(next.rows.IndexOf(same), next.Count) } : next;
        next = next with
        {
            heading = HeadingOf(state),
            fileHeading = FileHeadingOf(),
            story = state.Layout.IsWide ? next.StoryOf(state, Left(state.Layout).Width - 1) : next.ShortStoryOf(state),
        };
        return next with { Scroll = next.Settled(state.Layout) };
    }

    public override Screen Answered(AppState state) => this with { detail = DetailOf(state) };

    public override void Draw(Canvas canvas, AppState state, in Layout layout)
    {
        if (layout.IsWide)
        {
            var left = Left(layout);
            canvas.Part(left with { X = left.Right, Width = 1 }).VerticalRule(0, Style.Quiet);
        }

        canvas.Part(Left(layout)).WriteFitted(1, 0, Left(layout).Width - 2, heading, Style.Strong);
        DrawStory(canvas.Part(Story(layout)));
        if (Count == 0)
        {
            return;
        }

        var files = Files(layout);
        canvas.Part(files).WriteFitted(1, 0, files.Width - 2, fileHeading, Style.Strong);
        Span<int> widths = stackalloc int[columns.Length];
        Table.Arrange(columns, files.Width - 3, widths);
        ListView.Draw(canvas.Part(Rows(layout)), new FileRows(rows.AsSpan(), widths), Scroll, Focus.Here);
        Detail.Draw(canvas.Part(Below(layout)), detail);
        if (!layout.IsWide)
        {
            canvas.Rule(files.Y - 1, Style.Quiet);
            if (!Below(layout).IsEmpty)
            {
                canvas.Rule(Below(layout).Y - 1, Style.Quiet);
            }
        }
    }

    /// <summary>Two columns of checks in small windows, one where there is room.</summary>
    private void DrawStory(Canvas area)
    {
        var isPaired = area.Height < story.Length;
        var half = isPaired ? area.Width / 2 : area.Width;
        for (var i = 0; i < story.Length; i++)
        {
            var (x, y) = isPaired ? (i % 2 * half, i / 2) : (0, i);
            if (y < area.Height)
            {
                story[i].Draw(area.Part(new Rect(x, y, half - 1, 1)), isPaired ? 0 : QuietAt);
            }
        }
    }

    private static Rect Left(in Layout layout) =>
        layout.IsWide ? layout.Body.SplitLeft(layout.Body.Width * LeftShare / 100).Left : layout.Body.SplitTop(1).Top;

    private Rect Story(in Layout layout) => layout.IsWide
        ? Left(layout).SplitTop(2).Below.Shrink(1, 0)
        : layout.Body.SplitTop(1).Below.SplitTop(StoryRows(layout)).Top;

    private int StoryRows(in Layout layout) => Count == 0 ? layout.Body.Height : layout.Body.Height < DetailNeeds ? Math.Min(1, story.Length) : (story.Length + 1) / 2;

    private Rect Files(in Layout layout)
    {
        if (layout.IsWide)
        {
            var right = layout.Body.SplitLeft(Left(layout).Width + 2).Beside;
            return right.SplitTop(Math.Min(rows.Length + 1, Math.Max(6, right.Height - 15))).Top;
        }

        var below = layout.Body.SplitTop(2 + StoryRows(layout)).Below;
        return layout.Body.Height < DetailNeeds ? below : below.SplitBottom(DetailRows + 1).Above;
    }

    /// <summary>Where the selected file and the archive are told about; empty where there is no room.</summary>
    private Rect Below(in Layout layout)
    {
        var files = Files(layout);
        return layout.IsWide ? new Rect(files.X + 1, files.Bottom + 1, files.Width - 2, layout.Body.Bottom - files.Bottom - 1)
            : layout.Body.Height < DetailNeeds ? new Rect(files.X + 1, layout.Body.Bottom + 1, files.Width - 2, 0)
            : new Rect(files.X + 1, files.Bottom + 1, files.Width - 2, DetailRows);
    }

    private string HeadingOf(AppState state)
    {
        if (Reviewed is not { } review)
        {
            return "Publish";
        }

        var where = review.Target.Address.Length > 0 && state.Layout.IsWide ? $" ({review.Target.Address})" : "";
        var checks = Package is { } package && !state.Layout.IsWide ? $"   checks {package.Passed} of {package.Checks.Length}" : "";
        return $"Publish {PublishWords.Packages(review)} to {review.Target.Registry}{where}{checks}";
    }

    private string FileHeadingOf()
    {
        if (Reviewed is not { } review)
        {
            return "";
        }

        var files = review.Packages.Sum(package => package.Files.Count(file => file.IsIn));
        return $"Files to publish   {Staging.Count(files, "file", "files")}, {PublishWords.Size(review.Packages.Sum(package => package.Unpacked))}";
    }

    private ImmutableArray<PaneLine> StoryOf(AppState state, int width)
    {
        if (Package is not { } package)
        {
            return Waiting(state, width);
        }

        var lines = ImmutableArray.CreateBuilder<PaneLine>();
        lines.Add(PaneLine.Of(Reviewed!.Packages.Length > 1 ? $"Checks of {package.Package}" : "Checks", Style.Strong, $"{package.Passed} of {package.Checks.Length}"));
        foreach (var check in package.Checks)
        {
            lines.Add(LineOf(check));
            if (check.State is CheckState.Failed or CheckState.Look && PublishWords.Fix(check) is { } fix)
            {
                lines.AddRange(new WrappedText(fix, width - 5).Lines.Select(text => new PaneLine(" ", default, text, Style.Quiet, "")));
            }
        }

        AddChanges(lines, package);
        AddAfter(lines, package, width);
        return lines.ToImmutable();
    }

    private ImmutableArray<PaneLine> ShortStoryOf(AppState state)
    {
        if (Package is not { } package)
        {
            return Waiting(state, state.Layout.Body.Width - 2);
        }

        // Where there is one row, it is for what is wrong.
        var checks = state.Layout.Body.Height < DetailNeeds ? package.Checks.OrderByDescending(check => check.State) : package.Checks.AsEnumerable();
        return [.. checks.Select(LineOf)];
    }

    private static PaneLine LineOf(PublishCheck check) =>
        new(PublishWords.Sign(check.State), PublishWords.StyleOf(check.State), check.Title, check.State == CheckState.Failed ? Style.Strong : default, check.Detail);

    private ImmutableArray<PaneLine> Waiting(AppState state, int width)
    {
        var (text, hint, style) = (Review, state.Facts) switch
        {
            (Outcome<PublishReview>.Failed(var problem), _) => ($"! {problem.Message}", problem.Hint, new Style(Ink.Problem)),
            (_, null) => (state.Trouble is null ? "opening the project" : "There is no project to publish here.", state.Trouble?.Hint, Style.Quiet),
            _ => ("looking at manifest, registry and files", null, Style.Quiet),
        };
        return [.. Wrapped(text, style), .. Wrapped(hint ?? "", default)];

        IEnumerable<PaneLine> Wrapped(string words, Style ink) => words.Length == 0 ? [] : new WrappedText(words, width).Lines.Select(line => PaneLine.Of(line, ink));
    }

    private static void AddChanges(ImmutableArray<PaneLine>.Builder lines, PackageReview package)
    {
        if (package is not { Previous: { } previous, Changes: { } changes })
        {
            return;
        }

        lines.Add(PaneLine.Blank);
        var step = changes.Needed == VersionStep.None ? "nothing changed" : $"{changes.Needed.ToString().ToLowerInvariant()}: {changes.Proposed}";
        lines.Add(PaneLine.Of($"Since {previous.Version}, by manifest and files", Style.Strong, step));
        foreach (var change in changes.Changes.Take(ChangesMax))
        {
            lines.Add(new($"{change.Sign}", new Style(change.Sign switch { '+' => Ink.Added, '-' => Ink.Removed, _ => Ink.Changed }), change.What, default, ""));
        }

        if (changes.Changes.Length > ChangesMax)
        {
            lines.Add(new(" ", default, $"and {changes.Changes.Length - ChangesMax} more", Style.Quiet, ""));
        }

        if (!changes.FilesKnown)
        {
            lines.Add(new("?", new Style(Ink.Notice), $"the files of {previous.Version} are not here to compare", default, ""));
        }
    }

    private static void AddAfter(ImmutableArray<PaneLine>.Builder lines, PackageReview package, int width)
    {
        lines.Add(PaneLine.Blank);
        lines.Add(PaneLine.Of("After publishing", Style.Strong));
        lines.AddRange(new WrappedText("This version can never be replaced, only yanked.", width - 5).Lines.Select(text => new PaneLine(" ", default, text, default, "")));
        var words = package.Dependents switch
        {
            null => "How many packages depend on it is not known.",
            { Count: 0 } => "No package there depends on it.",
            { Count: var count, Accepting: var accepting } when count == accepting => $"{Staging.Count(count, "package", "packages")} there depend on it and accept {package.Package.Version}.",
            { Count: var count, Accepting: var accepting } => $"{Staging.Count(count, "package", "packages")} there depend on it; {accepting} accept {package.Package.Version}.",
        };
        lines.AddRange(new WrappedText(words, width - 5).Lines.Select(text => new PaneLine(" ", default, text, default, "")));
    }

    private ImmutableArray<DetailLine> DetailOf(AppState state)
    {
        var area = Below(state.Layout);
        var lines = new Detail(Math.Max(8, area.Width), state.Layout.IsWide ? Room.Ample : Room.Scarce);
        if (Selected is not { } row)
        {
            return [];
        }

        if (row.File is { } file)
        {
            AddFile(lines, file);
        }
        else if (row.Kind == FileRowKind.LeftOut)
        {
            lines.Text("Left out. Enter shows why.", Style.Quiet);
        }

        lines.Gap();
        if (row.Package.Archive is { } archive)
        {
            _ = lines.IsCompact
                ? lines.Text($"Built once: {PublishWords.Short(archive.Hash)}  exactly this is published")
                : lines.Text($"Built once   {row.Package.FileName}", Style.Strong)
                    .Text($"{PublishWords.Short(archive.Hash)}  {PublishWords.Size(archive.Size)}", default, 2).Text("exactly this file is published", Style.Quiet, 2);
        }

        return lines.Lines;
    }

    private static void AddFile(Detail lines, ReviewedFile file)
    {
        lines.Text(file.Path, Style.Strong);
        foreach (var flag in file.Flags)
        {
            var style = file.NeedsLook && flag.Kind <= FileFlagKind.SecretName ? new Style(Ink.Problem) : default;
            _ = flag.Line > 0
                ? lines.Text($"{flag.Line,4}  {flag.Excerpt}{(flag.IsExample ? "  (says it is an example)" : flag.Kind == FileFlagKind.Secret ? $"  {flag.What}" : "")}", style)
                : lines.Text(flag.What, style, 2);
        }

        lines.Text(file.IsFine ? "You said that it is fine. Another content is asked about again." : file.Blocks ? "No registry takes it: d leaves it out." : file.NeedsLook ? "d leave out   Space it is fine" : PublishWords.Why(file), Style.Quiet, 2);
    }

    private readonly ref struct FileRows(ReadOnlySpan<FileRow> rows, ReadOnlySpan<int> widths) : IRows
    {
        private readonly ReadOnlySpan<FileRow> rows = rows;
        private readonly ReadOnlySpan<int> widths = widths;

        public int Count => rows.Length;

        public void Draw(Canvas row, int index)
        {
            var file = rows[index];
            var style = file.Kind == FileRowKind.Package ? Style.Strong : file.Kind == FileRowKind.LeftOut ? Style.Quiet : default;
            var x = 1;
            if (file.Kind == FileRowKind.LeftOut)
            {
                row.WriteFitted(x + file.Indent, 0, row.Width - x - file.Indent - 9, file.Text, style);
                row.WriteRight(row.Width - 1, 0, file.Flag, file.FlagStyle);
                return;
            }

            Table.DrawField(row, x + file.Indent, widths[0] - file.Indent, file.Text, style);
            x += widths[0] + Table.Gap;
            if (widths[1] > 0)
            {
                row.WriteRight(x + widths[1], 0, file.Count, Style.Quiet);
                x += widths[1] + Table.Gap;
            }

            row.WriteRight(x + widths[2], 0, file.Size, Style.Quiet);
            row.WriteFitted(x + widths[2] + Table.Gap, 0, row.Width - x - widths[2] - Table.Gap, file.Flag, file.FlagStyle);
        }
    }
}
