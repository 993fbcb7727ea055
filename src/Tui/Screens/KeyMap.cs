using System.Collections.Immutable;

namespace Registry.Tui.Screens;

/// <summary>A command with its keys and its words: the one table behind dispatch, hints, help and palette.</summary>
/// <param name="Keys">As they are without a user's own, separated by spaces; `^L` is Ctrl-L, `yn` is y and then n.</param>
/// <param name="Verb">One or two words for the hint row.</param>
/// <param name="Words">A phrase for help, searched as typed.</param>
internal sealed record KeyBinding(Command Command, string Keys, string Verb, string Words, Scope Scope);

/// <summary>Which key means what: the table, with the keys that the user gave instead.</summary>
internal sealed partial class KeyMap
{
    // The only keys that wait for a second one.
    private const string Prefixes = "yo";

    // Screens whose rows are about packages.
    private const Scope Subjects = Scope.Project | Scope.Tree | Scope.Search | Scope.Audit | Scope.Publish | Scope.Package | Scope.Versions | Scope.Text;

    private static readonly KeyBinding[] table =
    [
        new(Command.Up, "k Up", "up", "move up", Scope.Lists | Scope.Dialog),
        new(Command.Down, "j Down", "down", "move down", Scope.Lists | Scope.Dialog),
        new(Command.PageUp, "PageUp", "page", "move up a page", Scope.Lists),
        new(Command.PageDown, "PageDown", "page", "move down a page", Scope.Lists),
        new(Command.First, "g Home", "first", "to the first row", Scope.Lists),
        new(Command.Last, "G End", "last", "to the last row", Scope.Lists),
        new(Command.Open, "Enter", "open", "open, or do what is marked", Scope.Lists | Scope.Dialog),
        new(Command.Unfold, "l Right", "unfold", "show what it needs; in Project update further: in range, latest", Scope.Tree | Scope.Project),
        new(Command.FoldUp, "h Left", "fold", "hide what it needs, or go to its parent; in Project update less far", Scope.Tree | Scope.Project),
        new(Command.UnfoldAll, ">", "unfold all", "unfold the whole tree", Scope.Tree),
        new(Command.FoldAll, "<", "fold all", "fold the whole tree", Scope.Tree),
        new(Command.NextPane, "Tab", "next pane", "to the next pane, field or button", Scope.Tabs | Scope.Versions | Scope.Review | Scope.Package | Scope.Dialog),
        new(Command.PreviousPane, "Shift-Tab", "previous pane", "to the previous pane, field or button", Scope.Tabs | Scope.Versions | Scope.Review | Scope.Package | Scope.Dialog),
        new(Command.Zoom, "z", "zoom", "give this pane the whole body, or its own part again", Scope.Tabs | Scope.Versions),
        new(Command.Mark, "Space", "mark", "mark this row, or take its mark away", Scope.Project | Scope.Tree | Scope.Search | Scope.Package | Scope.Publish),
        new(Command.MarkRange, "v", "range", "mark all rows from the last marked one to this", Scope.Project | Scope.Tree | Scope.Search),
        new(Command.MarkAll, "*", "mark all", "mark all rows shown, or none", Scope.Project | Scope.Tree | Scope.Search),
        new(Command.Filter, "/", "filter", "show only what has these letters", Scope.Project | Scope.Tree | Scope.Search | Scope.Activity | Scope.Audit),
        new(Command.Add, "a", "add", "add a package to the plan", Scope.Project | Scope.Search | Scope.Package | Scope.Versions | Scope.Registries),
        new(Command.AddDev, "A", "add as dev", "add a package for development only", Scope.Project | Scope.Search | Scope.Package | Scope.Versions),
        new(Command.Remove, "d", "remove", "remove this dependency, in the plan", Scope.Project | Scope.Tree | Scope.Package | Scope.Review | Scope.Publish | Scope.Registries),
        new(Command.Remove, "d", "clear done", "take what is done off the list", Scope.Activity),
        new(Command.Edit, "e", "edit", "change what is written here", Scope.Registries),
        new(Command.Versions, "t", "version", "choose a version", Scope.Project | Scope.Tree | Scope.Search | Scope.Package | Scope.Publish),
        new(Command.Pin, "=", "pin", "pin to the locked version, or unpin", Scope.Project | Scope.Package),
        new(Command.Update, "U", "update", "update: in range, then to the latest, then not", Scope.Project | Scope.Tree | Scope.Package),
        new(Command.Fix, "f", "fix", "fix this finding, or see why the plan cannot be solved and what would help", Scope.Tabs | Scope.Package | Scope.Review),
        new(Command.FixAll, "F", "fix all", "stage all safe fixes", Scope.Audit),
        new(Command.Keep, "+", "must stay", "this must stay, in every fix", Scope.Conflict),
        new(Command.Avoid, "-", "must not", "this must not be, in any fix", Scope.Conflict),
        new(Command.NextFix, ".", "next fix", "to the next fix", Scope.Conflict),
        new(Command.PreviousFix, ",", "previous fix", "to the previous fix", Scope.Conflict),
        new(Command.Explain, "x", "explain", "explain more, or less", Scope.Conflict),
        new(Command.Overrides, "O", "overrides", "what can be forced without proof", Scope.Conflict),
        new(Command.AcceptRisk, "E", "accept risk", "accept a risk, with a reason and an end date", Scope.Audit),
        new(Command.Why, "w", "why", "why is this here, all ways", Scope.Project | Scope.Tree | Scope.Package | Scope.Audit),
        new(Command.WhyNotNewer, "W", "why not newer", "why not a newer version", Scope.Project | Scope.Tree | Scope.Package),
        new(Command.Invert, "i", "invert", "turn the tree round: who needs this", Scope.Tree),
        new(Command.Sort, "s", "sort", "sort by another column", Scope.Project),
        new(Command.MoveDown, "J", "move down", "move this row down", Scope.Registries),
        new(Command.MoveUp, "K", "move up", "move this row up", Scope.Registries),
        new(Command.Publish, "P", "publish", "publish what was reviewed", Scope.Publish),
        new(Command.DryRun, "D", "dry run", "do everything but upload", Scope.Publish),
        new(Command.Review, "p", "review", "review the plan, then apply it", Scope.Tabs | Scope.Package | Scope.Versions | Scope.Text),
        new(Command.Undo, "u", "undo", "take back the last step, also after applying", Scope.Lists),
        new(Command.Redo, "^R", "redo", "do again what was taken back", Scope.Lists),
        new(Command.Refresh, "r", "refresh", "read project and feeds again", (Scope.Tabs | Scope.Review) & ~Scope.Activity),
        new(Command.Refresh, "r", "run again", "run the selected job again", Scope.Activity),
        new(Command.CopyName, "yn", "copy name", "copy the name", Subjects),
        new(Command.CopyVersion, "yv", "copy version", "copy the version", Subjects),
        new(Command.CopyUrl, "yu", "copy URL", "copy the URL", Subjects),
        new(Command.CopyCommand, "yc", "copy command", "copy the command line that does the same as the plan", Scope.Tabs | Scope.Package | Scope.Versions | Scope.Review),
        new(Command.CopyLog, "yl", "copy log", "copy the log", Scope.Activity),
        new(Command.CopyText, "y", "copy", "copy all of it", Scope.Problem),
        new(Command.Export, "ye", "export", "export what is shown", Scope.Audit),
        new(Command.OpenHome, "oh", "open home", "open the home page", Subjects),
        new(Command.OpenSource, "os", "open source", "open the source", Subjects),
        new(Command.OpenDocs, "od", "open docs", "open the documentation", Subjects),
        new(Command.OpenIssues, "oi", "open issues", "open the list of issues", Subjects),
        new(Command.ProjectTab, "1", "project", "to the project", Scope.Lists),
        new(Command.TreeTab, "2", "tree", "to the tree", Scope.Lists),
        new(Command.SearchTab, "3", "search", "to the search", Scope.Lists),
        new(Command.ConflictsTab, "4", "conflicts", "to the conflicts", Scope.Lists),
        new(Command.GoBack, "[", "go back", "to the place before this one", Scope.Tabs | Scope.Package | Scope.Versions | Scope.Text),
        new(Command.GoForward, "]", "go forward", "to the place you came back from", Scope.Tabs | Scope.Package | Scope.Versions | Scope.Text),
        new(Command.AuditTab, "5", "audit", "to the audit", Scope.Lists),
        new(Command.PublishTab, "6", "publish", "to publishing", Scope.Lists),
        new(Command.RegistriesTab, "7", "registries", "to the registries", Scope.Lists),
        new(Command.ActivityTab, "8", "activity", "to the activity", Scope.Lists),
        new(Command.Help, "?", "help", "the keys here and what they do", Scope.Everywhere),
        new(Command.Palette, ": ^P", "cmd", "all commands, on every screen", Scope.Everywhere),
        new(Command.Cancel, "c ^C", "cancel", "stop what is running", Scope.Apply | Scope.Activity),
        new(Command.Cancel, "^C", "cancel", "stop what runs; with nothing running, twice quits", (Scope.Lists | Scope.Dialog) & ~(Scope.Apply | Scope.Activity)),
        new(Command.Mouse, "M", "mouse", "mouse off or on, to select text with it", Scope.Everywhere),
        new(Command.Redraw, "^L", "redraw", "draw the screen anew", Scope.Everywhere),
        new(Command.Suspend, "^Z", "suspend", "back to the shell for now (`fg` returns)", Scope.Everywhere),
        new(Command.Back, "Esc", "back", "close the top thing, clear the filter", Scope.Everywhere),
        new(Command.Quit, "q", "leave", "back, or quit", Scope.Everywhere),
    ];

    public static ImmutableArray<KeyBinding> All { get; } = [.. table];

    public static KeyMap Default { get; } = new();

    public static KeyBinding Of(Command command) => Array.Find(table, binding => binding.Command == command)!;
}
