using System.Collections.Immutable;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens;

/// <summary>A command with its keys and its words: the one table behind dispatch, hints and help.</summary>
/// <param name="Keys">As shown, separated by spaces; `^L` is Ctrl-L.</param>
/// <param name="Verb">One word for the hint row.</param>
/// <param name="Words">A phrase for help, searched as typed.</param>
internal sealed record KeyBinding(Command Command, string Keys, string Verb, string Words, Scope Scope);

/// <summary>Which key means what.</summary>
internal static class KeyMap
{
    public static ImmutableArray<KeyBinding> All { get; } =
    [
        new(Command.Up, "k Up", "up", "move up", Scope.Lists),
        new(Command.Down, "j Down", "down", "move down", Scope.Lists),
        new(Command.PageUp, "PageUp", "page", "move up a page", Scope.Lists),
        new(Command.PageDown, "PageDown", "page", "move down a page", Scope.Lists),
        new(Command.First, "g Home", "first", "to the first row", Scope.Lists),
        new(Command.Last, "G End", "last", "to the last row", Scope.Lists),
        new(Command.Open, "Enter", "open", "open, or do what is marked", Scope.Lists),
        new(Command.Unfold, "l Right", "unfold", "show what it needs", Scope.Tree),
        new(Command.FoldUp, "h Left", "fold", "hide what it needs, or go to its parent", Scope.Tree),
        new(Command.UnfoldAll, ">", "unfold all", "unfold the whole tree", Scope.Tree),
        new(Command.FoldAll, "<", "fold all", "fold the whole tree", Scope.Tree),
        new(Command.NextPane, "Tab", "next pane", "to the next pane, field or button", Scope.Search | Scope.Review | Scope.Package),
        new(Command.Filter, "/", "filter", "show only what has these letters", Scope.Project | Scope.Tree | Scope.Search),
        new(Command.Add, "a", "add", "add a package to the plan", Scope.Project | Scope.Search | Scope.Package | Scope.Versions),
        new(Command.AddDev, "A", "add as dev", "add a package for development only", Scope.Project | Scope.Search | Scope.Package | Scope.Versions),
        new(Command.Remove, "d", "remove", "remove this dependency, in the plan", Scope.Project | Scope.Tree | Scope.Package | Scope.Review),
        new(Command.Versions, "t", "version", "choose a version", Scope.Project | Scope.Tree | Scope.Search | Scope.Package),
        new(Command.Pin, "=", "pin", "pin to the locked version, or unpin", Scope.Project | Scope.Package),
        new(Command.Update, "U", "update", "update: in range, then to the latest, then not", Scope.Project | Scope.Tree | Scope.Package),
        new(Command.Fix, "f", "fix", "why the plan cannot be solved, and what would help", Scope.Tabs | Scope.Package | Scope.Review),
        new(Command.Why, "w", "why", "why is this here, all ways", Scope.Project | Scope.Tree | Scope.Package),
        new(Command.WhyNotNewer, "W", "why not newer", "why not a newer version", Scope.Project | Scope.Tree | Scope.Package),
        new(Command.Invert, "i", "invert", "turn the tree round: who needs this", Scope.Tree),
        new(Command.Sort, "s", "sort", "sort by another column", Scope.Project),
        new(Command.Review, "p", "review", "review the plan, then apply it", Scope.Tabs | Scope.Package | Scope.Versions | Scope.Text),
        new(Command.Undo, "u", "undo", "take back the last step, also after applying", Scope.Lists),
        new(Command.Redo, "^R", "redo", "do again what was taken back", Scope.Lists),
        new(Command.Refresh, "r", "refresh", "read project and feeds again", Scope.Tabs | Scope.Review),
        new(Command.ProjectTab, "1", "project", "to the project", Scope.Lists),
        new(Command.TreeTab, "2", "tree", "to the tree", Scope.Lists),
        new(Command.SearchTab, "3", "search", "to the search", Scope.Lists),
        new(Command.ConflictsTab, "4", "conflicts", "to the conflicts", Scope.Lists),
        new(Command.Help, "? : ^P", "help", "all keys and what they do", Scope.Everywhere),
        new(Command.Cancel, "c ^C", "cancel", "stop what is running", Scope.Apply),
        new(Command.Cancel, "^C", "cancel", "twice quits", Scope.Lists),
        new(Command.Mouse, "M", "mouse", "mouse off or on, to select text with it", Scope.Everywhere),
        new(Command.Redraw, "^L", "redraw", "draw the screen anew", Scope.Everywhere),
        new(Command.Suspend, "^Z", "suspend", "back to the shell for now (`fg` returns)", Scope.Everywhere),
        new(Command.Back, "Esc", "back", "close the top thing, clear the filter", Scope.Everywhere),
        new(Command.Quit, "q", "leave", "back, or quit", Scope.Everywhere),
    ];

    /// <summary>The command of a key on a screen, or null. While text is typed only keys that write nothing count.</summary>
    public static Command? Find(InputEvent.KeyPress key, Scope scope, bool isTyping)
    {
        if (isTyping && (key.Plain != '\0' || IsEditing(key)))
        {
            return null;
        }

        var name = NameOf(key);
        foreach (var binding in All)
        {
            if ((binding.Scope & scope) != 0 && binding.Keys.Split(' ').Contains(name, StringComparer.Ordinal))
            {
                return binding.Command;
            }
        }

        return null;
    }

    public static KeyBinding Of(Command command) => All.First(binding => binding.Command == command);

    /// <summary>The first key of a command, as shown.</summary>
    public static string KeyOf(Command command)
    {
        var keys = Of(command).Keys;
        var space = keys.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? keys : keys[..space];
    }

    // Keys of a text field that also have a meaning in lists.
    private static bool IsEditing(InputEvent.KeyPress key) =>
        key.Key is Key.Left or Key.Right or Key.Home or Key.End or Key.Backspace or Key.Delete;

    private static string NameOf(InputEvent.KeyPress key) => key.Key switch
    {
        Key.Character when key.Modifiers == KeyModifiers.Control => $"^{char.ToUpperInvariant((char)key.Rune.Value)}",
        Key.Character when (key.Modifiers & ~KeyModifiers.Shift) == 0 => key.Rune.ToString(),
        Key.Escape => "Esc",
        _ when key.Modifiers == KeyModifiers.None => key.Key.ToString(),
        _ => "",
    };
}
