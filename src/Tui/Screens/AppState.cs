using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Problems;
using Registry.Tui.Terminal;
using Registry.Tui.Screens.Activity;
using Registry.Tui.Screens.Audit;
using Registry.Tui.Screens.Conflicts;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Publish;
using Registry.Tui.Screens.Registries;
using Registry.Tui.Screens.Search;
using Registry.Tui.Screens.Tree;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>Everything the screen shows follows from this value.</summary>
internal sealed record AppState
{
    public required TerminalSize Size { get; init; }

    /// <summary>Null until the project is read, and where there is none.</summary>
    public ProjectOverview? Facts { get; init; }

    /// <summary>Why the project could not be read.</summary>
    public Problem? Trouble { get; init; }

    public DependencyGraph Graph { get; init; } = DependencyGraph.Of(null);

    /// <summary>Releases by package, as far as they were needed.</summary>
    public ImmutableDictionary<PackageName, PackageIndex> Packages { get; init; } = ImmutableDictionary<PackageName, PackageIndex>.Empty;

    /// <summary>Packages asked for, so that each is asked for once.</summary>
    public ImmutableHashSet<PackageName> Asked { get; init; } = [];

    /// <summary>When a feed first answered since the last refresh; null before.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Contents, differences and fits of packages, as far as they were looked at.</summary>
    public PackageLooks Looks { get; init; } = PackageLooks.Empty;

    /// <summary>Null until all names are read.</summary>
    public NameIndex? Names { get; init; }

    /// <summary>Why the names could not be read.</summary>
    public Problem? NamesTrouble { get; init; }

    public StagedPlan Plan { get; init; } = StagedPlan.Empty;

    /// <summary>The screens in the order of their digits, each kept as it was left.</summary>
    public ImmutableArray<Screen> Tabs { get; init; } = [new ProjectScreen(), new TreeScreen(), new SearchScreen(), new ConflictsScreen(), new AuditScreen(), new PublishScreen(), new RegistriesScreen(), new ActivityScreen()];

    public int Tab { get; init; }

    /// <summary>What lies over the tab, the top first.</summary>
    public ImmutableStack<Screen> Pages { get; init; } = [];

    public JobList Jobs { get; init; } = JobList.Empty;

    /// <summary>When the last message came.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>When to draw anew though nothing else happens; null when nothing moves.</summary>
    public DateTimeOffset? WakeAt => Pending is { } pending && !pending.IsShown(Now) && (Jobs.WakeAt(Now, Motion) is not { } jobs || jobs > pending.Since + PendingKey.ShownAfter)
        ? pending.Since + PendingKey.ShownAfter
        : Jobs.WakeAt(Now, Motion);

    /// <summary>Whether signs turn while work runs.</summary>
    public Motion Motion { get; init; }

    public KeyMap Keys { get; init; } = KeyMap.Default;

    /// <summary>The first of two keys was pressed.</summary>
    public PendingKey? Pending { get; init; }

    /// <summary>Where `[` and `]` lead.</summary>
    public Trail Trail { get; init; } = Trail.Empty;

    /// <summary>The pane with the keys has the whole body.</summary>
    public bool IsZoomed { get; init; }

    /// <summary>There is something here that opens an address.</summary>
    public bool HasBrowser { get; init; }

    /// <summary>Plans applied here less those taken back; below zero when older ones were.</summary>
    public int Applied { get; init; }

    /// <summary>A plan was applied and not taken back.</summary>
    public bool HasChanged => Applied > 0;

    /// <summary>The plan came with the program: when it has a conflict, that is what to show.</summary>
    public bool ShowsConflict { get; init; }

    public Notice? Notice { get; init; }

    public bool UsesMouse { get; init; } = true;

    /// <summary>The last key would have quit, but something is staged, or it was Ctrl-C: once more quits.</summary>
    public bool MayQuit { get; init; }

    public DateTimeOffset QuitAskedAt { get; init; }

    /// <summary>Everything that runs was asked to stop; then the program ends.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>The applied changes of the project, for the Activity screen.</summary>
    public Past Past { get; init; } = Past.Unknown;

    /// <summary>The texts of the title row, made when they change.</summary>
    public string TitleText { get; init; } = "";

    public string JobsText { get; init; } = "";

    public ImmutableArray<string> TabTexts { get; init; } = [];

    public ImmutableArray<Hint> HintTexts { get; init; } = [];

    public ImmutableArray<Hint> AlwaysTexts { get; init; } = [];

    public ImmutableArray<Hint> PlanHintTexts { get; init; } = [];

    public string PlanText { get; init; } = StagedPlan.Empty.Text;

    public Layout Layout => Layout.Of(Size, Top.IsInAnswer ? Pane.Answer : Pane.List, IsZoomed ? Zoom.OnePane : Zoom.Both);

    public Screen Top => Pages.IsEmpty ? Tabs[Tab] : Pages.Peek();

    /// <summary>What the top page lies over.</summary>
    public Screen BelowTop => Pages.IsEmpty || Pages.Pop() is not { IsEmpty: false } below ? Tabs[Tab] : below.Peek();

    public static AppState Start(TerminalSize size, DateTimeOffset now = default) => new() { Size = size, Now = now };

    /// <summary>The place of a screen among the tabs.</summary>
    public int TabOf(Scope scope) => Tabs.IndexOf(Tabs.First(tab => tab.Scope == scope));

    /// <summary>The tab of a kind, wherever the user is now.</summary>
    public T ScreenOf<T>()
        where T : Screen => Tabs.OfType<T>().First();

    /// <summary>With a tab in the place of the one of its kind.</summary>
    public AppState Put<T>(T screen)
        where T : Screen => this with { Tabs = Tabs.SetItem(TabOf(screen.Scope), screen) };

    /// <summary>The key of a command as the user has it, for texts that name one.</summary>
    public string KeyOf(Command command) => Keys.KeyOf(command);

    public AppState WithTop(Screen screen) => Pages.IsEmpty
        ? this with { Tabs = Tabs.SetItem(Tab, screen) }
        : this with { Pages = Pages.Pop().Push(screen) };

    public AppState Open(Screen page) => this with { Pages = Pages.Push(page) };

    /// <summary>Closes the top page, if there is one.</summary>
    public AppState Close() => Pages.IsEmpty ? this : this with { Pages = Pages.Pop() };

    public AppState Say(Notice notice) => this with { Notice = notice };

    /// <summary>The release of a locked package, when its index is here.</summary>
    public Release? ReleaseOf(PackageId id) =>
        Packages.TryGetValue(id.Name, out var index) ? index.Releases.FirstOrDefault(release => release.Id.Version == id.Version) : null;
}
