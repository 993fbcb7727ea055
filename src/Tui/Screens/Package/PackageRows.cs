using System.Collections.Immutable;
using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets.Markdown;

namespace Registry.Tui.Screens.Package;

/// <summary>The rows of each pane of a package page. Made when what they follow from changes; drawing only copies.</summary>
internal static class PackageRows
{
    // What is not read here is with `cairn diff --lines`.
    private const int DifferenceLinesMax = 4_000;
    private const int FilesMax = 20_000;
    private const int NameWidth = 26;

    public static ImmutableArray<PageRow> Of(AppState state, PackagePage page, int width) => page.Pane switch
    {
        PackagePane.Versions => Versions(state, page),
        PackagePane.Needs => Needs(state, page),
        PackagePane.NeededBy => NeededBy(state, page),
        PackagePane.Files => Files(state, page),
        PackagePane.Changes => Changes(state, page),
        PackagePane.Advisories => Advisories(state, page, width),
        _ => Readme(state, page, width),
    };

    private static ImmutableArray<PageRow> Readme(AppState state, PackagePage page, int width) => WithContents(state, page, contents => contents.Readme switch
    {
        null => [PageRow.Of("It has no README.", Style.Quiet)],
        { Form: PackageTextForm.Binary } readme => [PageRow.Of($"{readme.Path} is not text.", Style.Quiet)],
        var readme => [.. MarkdownText.Render(readme.Text, width - 3).Select(line => new PageRow(line.Runs))],
    });

    private static ImmutableArray<PageRow> Files(AppState state, PackagePage page) => WithContents(state, page, contents =>
    [
        .. contents.Files.Take(FilesMax).Select(file => new PageRow(
        [
            new StyledRun(PackageAnswer.SizeText(file.Bytes).PadLeft(10), Style.Quiet), new StyledRun(file.IsExecutable ? "  x  " : "     ", new Style(Ink.Notice)),
            new StyledRun(file.Path, default),
        ]) { File = file.Path }),
        .. contents.Files.Length > FilesMax ? [PageRow.Of($"and {contents.Files.Length - FilesMax} more", Style.Quiet)] : Array.Empty<PageRow>(),
    ]);

    private static ImmutableArray<PageRow> WithContents(AppState state, PackagePage page, Func<ContentsReport, ImmutableArray<PageRow>> rows)
    {
        if (Looking.IsOwn(state, page.Name))
        {
            return [PageRow.Of("It is a folder of this project: its files are there.", Style.Quiet)];
        }

        var asked = page.ShownIn(state) is { } version ? state.Looks.Contents.Find(new PackageId(page.Name, version)) : null;
        return asked switch
        {
            Outcome<ContentsReport>.Done { Report.IsHere: true } done => rows(done.Report),
            Outcome<ContentsReport>.Done done => [PageRow.Of("Its files are not on this machine."), PageRow.Of(FetchText(done.Report.ArchiveBytes), new Style(Ink.Accent))],
            Outcome<ContentsReport>.Failed failed => Trouble(failed.Problem),
            Outcome<ContentsReport>.Cancelled => [PageRow.Of("Cancelled. Enter fetches them.", new Style(Ink.Accent))],
            _ => [PageRow.Of("reading", Style.Quiet)],
        };
    }

    private static string FetchText(long? bytes) => bytes is { } size ? $"Enter fetches {PackageAnswer.SizeText(size)} into the store." : "Enter fetches them into the store.";

    private static ImmutableArray<PageRow> Trouble(Problem problem) =>
        [PageRow.Of($"! {problem.Message}", new Style(Ink.Problem)), .. problem.Hint is { Length: > 0 } hint ? [PageRow.Of(hint)] : Array.Empty<PageRow>()];

    private static ImmutableArray<PageRow> Versions(AppState state, PackagePage page)
    {
        if (state.Packages.GetValueOrDefault(page.Name) is not { } index)
        {
            return NotRead(state, page.Name, "It is not released.", "It comes from git: there is the one version.");
        }

        var (admission, shown) = (Admission.Of(state, page.Name), page.ShownIn(state));
        return [.. index.Releases.Reverse().Select(release => Version(release, admission, page.Marked.Contains(release.Id.Version), release.Id.Version == shown))];
    }

    private static PageRow Version(Release release, Admission admission, bool isMarked, bool isShown)
    {
        var (note, style) = admission.NoteOf(release);
        return new PageRow(
        [
            new StyledRun(isMarked ? "* " : "  ", new Style(Ink.Accent, Ink.Default, Emphasis.Strong)), new StyledRun(release.Id.Version.ToString().PadRight(18), isShown ? Style.Strong : default),
            new StyledRun((release.Published?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "").PadRight(12), Style.Quiet), new StyledRun(note, style),
        ])
        { Version = release.Id.Version };
    }

    private static ImmutableArray<PageRow> Needs(AppState state, PackagePage page)
    {
        if (page.ReleaseIn(state) is not { } release)
        {
            return Looking.IsFromGit(state, page.Name) ? LockedNeeds(state, page.Name) : NotRead(state, page.Name, "The manifest in its folder says.", "");
        }

        var rows = ImmutableArray.CreateBuilder<PageRow>();
        foreach (var need in release.Dependencies.Where(need => need.Group != DependencyGroup.Dev).OrderBy(need => need.Group).ThenBy(need => need.IsOptional))
        {
            var node = state.Graph.Find(need.Name);
            var notes = (need.Group == DependencyGroup.Build ? "to build  " : "") + (need.IsOptional ? "optional  " : "") + (node < 0 ? "" : $"locked {state.Graph.Nodes[node].Version}");
            rows.Add(new PageRow([new StyledRun(need.Name.Value.PadRight(NameWidth), default), new StyledRun($"{need.Constraint.Text,-16}  ", Style.Quiet), new StyledRun(notes, Style.Quiet)]) { Package = need.Name });
        }

        foreach (var (feature, entries) in release.Features)
        {
            rows.Add(new PageRow([new StyledRun($"feature {feature}".PadRight(NameWidth), Style.Quiet), new StyledRun(string.Join(", ", entries), Style.Quiet)]));
        }

        return rows.Count == 0 ? [PageRow.Of("It needs nothing.", Style.Quiet)] : rows.ToImmutable();
    }

    private static ImmutableArray<PageRow> NotRead(AppState state, PackageName name, string own, string git) =>
        Looking.IsOwn(state, name) ? [PageRow.Of(own, Style.Quiet)]
        : Looking.IsFromGit(state, name) ? [PageRow.Of(git, Style.Quiet)]
        : state.Looks.Troubles.Find(name) is { } problem ? Trouble(problem)
        : [PageRow.Of("reading", Style.Quiet)];

    // What the lockfile says, where no registry does.
    private static ImmutableArray<PageRow> LockedNeeds(AppState state, PackageName name)
    {
        var needs = state.Graph.Needs(state.Graph.Find(name)).ToArray().Select(need => state.Graph.Nodes[need].Package.Id);
        ImmutableArray<PageRow> rows = [.. needs.Select(id => PageRow.Of($"{id.Name.Value.PadRight(NameWidth)}locked {id.Version}") with { Package = id.Name })];
        return rows.IsEmpty ? [PageRow.Of("It needs nothing.", Style.Quiet)] : rows;
    }

    private static ImmutableArray<PageRow> NeededBy(AppState state, PackagePage page)
    {
        var node = state.Graph.Find(page.Name);
        if (node < 0)
        {
            return [PageRow.Of("Nothing in this project needs it. The feeds do not say who else does.", Style.Quiet)];
        }

        var rows = ImmutableArray.CreateBuilder<PageRow>();
        rows.Add(PageRow.Of("In this project:", Style.Quiet));
        foreach (var dependent in state.Graph.NeededBy(node))
        {
            var package = state.Graph.Nodes[dependent];
            var wanted = PackageAnswer.WantedBy(state, dependent, node) is { } range ? $"wants {range}" : "";
            rows.Add(new PageRow([new StyledRun($"{package.Name} {package.Version}".PadRight(NameWidth), default), new StyledRun(wanted, Style.Quiet)]) { Package = package.Package.Id.Name });
        }

        return rows.ToImmutable();
    }

    private static ImmutableArray<PageRow> Changes(AppState state, PackagePage page)
    {
        if (page.PairIn(state) is not { } pair)
        {
            return [PageRow.Of("There is no other version to compare with."), PageRow.Of("Mark two in Versions with Space.", Style.Quiet)];
        }

        var title = $"{pair.From} -> {pair.To}";
        return !state.Looks.Differences.TryGet((page.Name, pair.From, pair.To), out var outcome)
            ? [PageRow.Of(title, Style.Strong), PageRow.Of("Enter compares them, and fetches what is not here.", new Style(Ink.Accent)), PageRow.Of("Mark two others in Versions with Space.", Style.Quiet)]
            : outcome switch
            {
                Outcome<ReleaseDifferenceReport>.Done done => Difference(title, done.Report),
                Outcome<ReleaseDifferenceReport>.Failed failed => Trouble(failed.Problem),
                null => [PageRow.Of(title, Style.Strong), PageRow.Of("comparing", Style.Quiet)],
                _ => [PageRow.Of(title, Style.Strong), PageRow.Of("cancelled; Enter compares them", Style.Quiet)],
            };
    }

    /// <summary>What is known against the locked version; of others nobody asked.</summary>
    private static ImmutableArray<PageRow> Advisories(AppState state, PackagePage page, int width)
    {
        var findings = (state.Looks.Findings ?? []).Where(finding => finding.Package.Name == page.Name).ToList();
        if (findings.Count == 0)
        {
            return [PageRow.Of(NoAdvisories(state, page.Name), Style.Quiet)];
        }

        var rows = ImmutableArray.CreateBuilder<PageRow>();
        foreach (var finding in findings)
        {
            rows.Add(PageRow.Of($"! {finding.Id}  {AuditWords.Level(finding)}  {finding.Package}", new Style(Ink.Problem)));
            rows.AddRange(RunWrap.Wrap([new StyledRun(finding.Match.Title, Style.Strong)], width - 3).Select(line => new PageRow(line)));
            rows.Add(PageRow.Of(""));
            rows.AddRange(MarkdownText.Render(finding.Details, width - 3).Select(line => new PageRow(line.Runs)));
            rows.Add(PageRow.Of(""));
        }

        return rows.ToImmutable();
    }

    private static string NoAdvisories(AppState state, PackageName name) =>
        state.Graph.Find(name) < 0 ? "Advisories are looked up for locked packages; this one is not."
        : state.Looks.Advisories is Outcome<AuditReport>.Failed failed ? $"! {failed.Problem.Message}"
        : state.Looks.Findings is null ? "No advisories are on this machine: `cairn advisories update` fetches them."
        : "Nothing is known against the locked version.";

    private static ImmutableArray<PageRow> Difference(string title, ReleaseDifferenceReport report)
    {
        var rows = ImmutableArray.CreateBuilder<PageRow>();
        rows.Add(PageRow.Of(title, Style.Strong));
        rows.Add(PageRow.Of(
            $"{report.Count(FileChangeKind.Added)} added, {report.Count(FileChangeKind.Removed)} removed, "
            + $"{report.Count(FileChangeKind.Changed) + report.Count(FileChangeKind.ModeChanged)} changed, {report.FilesSame} equal", Style.Quiet));
        if (report.LicenseChanges)
        {
            rows.Add(PageRow.Of($"! licence {report.From.License ?? "none"} -> {report.To.License ?? "none"}", new Style(Ink.Problem)));
        }

        rows.AddRange(report.Dependencies.Select(Dependency));
        rows.Add(PageRow.Of(""));
        rows.AddRange(report.Files.Take(FilesMax).Select(FileLine));
        foreach (var lines in report.Files.Select(file => file.Lines).OfType<TextDifference>().Where(lines => !lines.IsEmpty))
        {
            if (rows.Count > DifferenceLinesMax)
            {
                rows.Add(PageRow.Of($"More is in `cairn diff {report.Name} {report.From.Id.Version} {report.To.Id.Version} --lines`.", Style.Quiet));
                break;
            }

            AddLines(rows, lines);
        }

        return rows.ToImmutable();
    }

    private static void AddLines(ImmutableArray<PageRow>.Builder rows, TextDifference difference)
    {
        rows.Add(PageRow.Of(""));
        rows.Add(PageRow.Of(difference.File, Style.Strong));
        foreach (var hunk in difference.Hunks)
        {
            rows.Add(PageRow.Of($"@@ -{hunk.OldStart},{hunk.OldCount} +{hunk.NewStart},{hunk.NewCount} @@", Style.Quiet));
            foreach (var line in hunk.Lines.Take(Math.Max(0, DifferenceLinesMax - rows.Count)))
            {
                rows.Add(line.Kind switch
                {
                    TextLineKind.Added => PageRow.Of($"+{Plain(line.Text)}", new Style(Ink.Added)),
                    TextLineKind.Removed => PageRow.Of($"-{Plain(line.Text)}", new Style(Ink.Removed)),
                    _ => PageRow.Of($" {Plain(line.Text)}"),
                });
            }
        }
    }

    private static PageRow Dependency(DependencyChange change) => (change.Before, change.After) switch
    {
        (null, { } now) => PageRow.Of($"+ needs {change.LocalName} {now.Constraint}", new Style(Ink.Added)),
        ({ } old, null) => PageRow.Of($"- needed {change.LocalName} {old.Constraint}", new Style(Ink.Removed)),
        var (old, now) => PageRow.Of($"~ needs {change.LocalName} {old!.Constraint} -> {now!.Constraint}", new Style(Ink.Changed)),
    };

    private static PageRow FileLine(FileChange file) => file.Kind switch
    {
        FileChangeKind.Added => PageRow.Of($"+ {file.Path}  {PackageAnswer.SizeText(file.After!.Bytes)}", new Style(Ink.Added)),
        FileChangeKind.Removed => PageRow.Of($"- {file.Path}  {PackageAnswer.SizeText(file.Before!.Bytes)}", new Style(Ink.Removed)),
        FileChangeKind.ModeChanged => PageRow.Of($"~ {file.Path}  {(file.After!.IsExecutable ? "now a program" : "no program any more")}", new Style(Ink.Notice)),
        _ => PageRow.Of($"~ {file.Path}  {PackageAnswer.SizeText(file.Before!.Bytes)} -> {PackageAnswer.SizeText(file.After!.Bytes)}{(file.Lines is null ? "  not text, or too much to compare" : "")}", new Style(Ink.Changed)),
    };

    internal static string Plain(string line)
    {
        const int CharactersMax = 500;
        return (line.Length > CharactersMax ? line[..CharactersMax] : line).Replace("\t", "    ", StringComparison.Ordinal);
    }
}
