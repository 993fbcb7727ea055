using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Publish;

/// <summary>What would be published: checks, the exact files with what is odd about them, and the one archive with its hash.</summary>
internal sealed partial record PublishScreen : ListScreen
{
    private static readonly Hint[] hints =
        [new("P", "publish"), new("d", "leave file out"), new("Space", "it is fine"), new("t", "version"), new("D", "dry run"), new("Enter", "unfold")];

    private static readonly Hint[] idleHints = [new("r", "look again"), new("D", "dry run")];

    private ImmutableArray<FileRow> rows = [];
    private ImmutableArray<PaneLine> story = [];
    private ImmutableArray<DetailLine> detail = [];
    private string heading = "";
    private string fileHeading = "";

    /// <summary>Null until the review is here.</summary>
    public Outcome<PublishReview>? Review { get; init; }

    /// <summary>The project as it was when the review was asked for; another one is reviewed anew.</summary>
    public ProjectOverview? Seen { get; init; }

    /// <summary>Folders of the list that are unfolded.</summary>
    public ImmutableHashSet<string> Open { get; init; } = [];

    public override Scope Scope => Scope.Publish;

    public override ReadOnlySpan<Hint> Hints => Reviewed is null ? idleHints : hints;

    public override int Count => rows.Length;

    public PublishReview? Reviewed => (Review as Outcome<PublishReview>.Done)?.Report;

    private FileRow? Selected => Scroll.Selected < Count ? rows[Scroll.Selected] : null;

    /// <summary>Of the package that the selected row belongs to.</summary>
    private PackageReview? Package => Selected?.Package ?? Reviewed?.Packages.FirstOrDefault();

    /// <summary>Reviews anew; what is shown stays until the answer is here.</summary>
    public static Step LookAgain(AppState state) => state.Put(state.ScreenOf<PublishScreen>() with { Seen = state.Facts }).Do(new ReviewPackages(WhatOf(state)));

    public override string BadgeOf(AppState state) => Reviewed is { MayPublish: false } review ? $"{review.Stops.Length}!" : "";

    public override string? CopyOf(AppState state, Command command) => command switch
    {
        Command.CopyCommand => WhatOf(state) == PublishScope.Workspace ? "cairn publish --workspace" : "cairn publish",
        _ => base.CopyOf(state, command),
    };

    public override Subject? SubjectOf(AppState state) => Package is { } package ? new(package.Package.Name, package.Package.Version) : null;

    public override string? WhyNot(AppState state, Command command) => command switch
    {
        Command.Publish => WhyNotPublish(state),
        Command.Mark => Selected?.File is not { } file ? "only a file can be fine" : file.Flags.IsEmpty ? "nothing is odd about this file"
            : file.Blocks ? "no registry takes this file: d leaves it out" : null,
        Command.Remove => Selected is { Kind: FileRowKind.File, File.IsIn: false, File.Blocks: false } or { Kind: FileRowKind.LeftOut } ? "it is out already"
            : Selected is { Kind: FileRowKind.File or FileRowKind.Folder } ? null : "choose a file to leave out",
        Command.Zoom => "both parts stay in view here",
        Command.Versions or Command.DryRun => state.Facts is null ? "there is no project here" : Command.Versions == command && Reviewed is null ? "still looking" : null,
        _ => base.WhyNot(state, command),
    };

    public override Step Ask(AppState state) => state.Facts is not null && !ReferenceEquals(Seen, state.Facts) ? LookAgain(state) : state;

    public override Step Do(AppState state, Command command) => command switch
    {
        Command.Open when Selected is { Kind: FileRowKind.Folder or FileRowKind.LeftOut } folded =>
            state.WithTop(this with { Open = Open.Contains(folded.Key) ? Open.Remove(folded.Key) : Open.Add(folded.Key) }),
        Command.Mark when Selected is { File: { } file } row => state.Do(new MarkFile(row.Package, file.Path, file.IsFine ? FineMark.NeedsLook : FineMark.IsFine)),
        Command.Remove when Selected is { } row => LeaveOut(state, row),
        Command.Versions when Package is { } package => ChooseVersion.Of(package, MemberOf(package)).Open(state),
        Command.DryRun => state.Say(Notice.Note("dry run: everything but publishing")).Start($"dry run of {(Reviewed is { } review ? PublishWords.Packages(review) : "publishing")}", new ReviewPackages(WhatOf(state), IsDryRun: true)),
        Command.Publish when Reviewed is { } review => ConfirmPublish.Of(review).Open(state),
        Command.Back => Updating.Show(state, state.TabOf(Scope.Project)),
        Command.NextPane or Command.PreviousPane => state,
        _ => base.Do(state, command),
    };

    /// <summary>The wheel turns the files wherever it is: the checks have no more lines than are shown.</summary>
    public override Step Point(AppState state, InputEvent.Mouse mouse) => mouse.Action switch
    {
        MouseAction.WheelUp => state.WithTop(this with { Scroll = Scroll.Wheel(-WheelRows, Count, Rows(state.Layout).Height) }),
        MouseAction.WheelDown => state.WithTop(this with { Scroll = Scroll.Wheel(WheelRows, Count, Rows(state.Layout).Height) }),
        _ => base.Point(state, mouse),
    };

    /// <summary>As a step of the plan: the manifest is changed when it is applied, and the files are looked at again then.</summary>
    private Step LeaveOut(AppState state, FileRow row)
    {
        var path = row.Kind == FileRowKind.Folder ? row.Key[(row.Package.Package.ToString().Length + 1)..] : row.File!.Path;
        var edit = ProjectEdit.LeaveOut.File(MemberOf(row.Package), path);
        return Staging.Toggle(state, new PlanStep('~', $"leave {path} out of the package", null, [edit]));
    }

    /// <summary>Null for the package of the project itself, as edits name it.</summary>
    private PackageName? MemberOf(PackageReview package) => Reviewed is { Request.Scope: PublishScope.Workspace } ? package.Package.Name : null;

    private string? WhyNotPublish(AppState state)
    {
        if (Reviewed is not { } review)
        {
            return state.Facts is null ? "there is no project here" : "still looking at the package";
        }

        if (!state.Plan.Steps.IsEmpty)
        {
            return "first apply what is staged: p reviews it";
        }

        if (review.Stops is { IsEmpty: false } stops)
        {
            var check = stops[0].Check;
            return $"! {check.Title}{(check.MayBeAllowed ? $". To publish all the same: cairn publish --allow {check.Id}" : PublishWords.Fix(check) is { } fix ? $". {fix}" : "")}";
        }

        return review.Packages.All(package => !package.IsNew) ? $"{PublishWords.Packages(review)} is in {review.Target.Registry} already" : null;
    }

    /// <summary>A project that is only the root of a workspace publishes its members.</summary>
    private static PublishScope WhatOf(AppState state) =>
        state.Facts?.Manifest is { Package: null, Workspace: not null } ? PublishScope.Workspace : PublishScope.Package;
}
