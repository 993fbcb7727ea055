using System.Collections.Immutable;

namespace Registry.Tui.Headless.Help;

/// <summary>A page of `cairn help` that is about no one verb.</summary>
internal sealed record Topic(string Name, string Summary, string Text)
{
    public static ImmutableArray<Topic> All { get; } =
    [
        new("constraints", "how to write which versions are acceptable",
            """
            A constraint says which versions are acceptable. Without an operator it means caret.

              1.2.3, ^1.2.3   1.2.3 or newer, below 2.0.0: the leftmost non-zero part stays
              ^0.2.3          0.2.3 or newer, below 0.3.0
              ^0.0.3          exactly 0.0.3
              ~1.2.3          1.2.3 or newer, below 1.3.0
              ~1              1.0.0 or newer, below 2.0.0
              1.2.*, 1.2.x    any 1.2
              *               any release
              =1.2.3          exactly 1.2.3
              >=1.2, <2       all of them at once: comma or space
              1.2 - 2.3       1.2.0 or newer, up to and with any 2.3
              ^1.2 || ^2.0    one or the other

            A pre-release is admitted only where the constraint names one of the same version: ^1.2.0-rc.1 admits
            1.2.0-rc.2 and not 1.3.0-rc.1. [resolution] prereleases in cairn.toml opens more.
            """),
        new("exit-codes", "what the program answers to a script",
            """
              0    done
              1    the answer is no: something is outdated, the plan was declined
              2    usage: a flag, a name or a constraint is wrong
              3    the project: manifest or lockfile missing, malformed or out of date
              4    no resolution: the constraints contradict each other
              5    unavailable: a registry does not answer; trying again may help
              6    integrity: bytes are not what they should be; nothing was installed
              7    permission
              8    conflict: the version is already published
              9    not found
              70   a bug of ours; the message names a report file
              130  cancelled by Ctrl-C

            Every problem has a name (`no-resolution`) and a heading in docs/PROBLEMS.md. With --output json it is a
            document of kind `problem` on standard output.
            """),
        new("environment", "environment variables",
            """
              CAIRN_HOME        one folder for configuration, store and cache instead of the system's places
              CAIRN_DIRECTORY   --directory
              CAIRN_HEADLESS    --headless
              CAIRN_OUTPUT      --output: text or json
              CAIRN_PROGRESS    --progress: none, bar or json
              CAIRN_OFFLINE     --offline
              CAIRN_YES         --yes
              CAIRN_QUIET       --quiet
              CAIRN_VERBOSE     --verbose
              NO_COLOR          no colours, if not empty; CLICOLOR=0 and TERM=dumb say the same
              CLICOLOR_FORCE    colours even in a pipe
              COLUMNS           the width to fill when standard output does not say
              XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME, XDG_STATE_HOME
                                where configuration, store, cache and reports go without CAIRN_HOME
              HTTPS_PROXY, HTTP_PROXY, NO_PROXY
                                proxies for registries on the web

            A switch is on with any value but empty, 0, false and no. A flag on the command line goes before its variable.
            """),
        new("keys", "how to give the screen other keys",
            """
            In config.toml (`cairn config paths` prints where), under [keys]: a preset, and lines that give a command
            other keys in place of its own. A line may have one key or several.

              [keys]
              preset = "vim"             default, vim or emacs; `cairn config set keys.preset vim` does it too
              remove = "X"
              page-down = ["PageDown", "Ctrl-F"]
              copy-name = "Ctrl-X n"     two keys, one after the other

            A key is what it writes (w, W, ?), Ctrl- and a letter, or Enter, Esc, Tab, Shift-Tab, Space, Backspace,
            Delete, Insert, Up, Down, Left, Right, Home, End, PageUp, PageDown, F1 to F12. Ctrl-C stays what it is;
            Ctrl-I, Ctrl-M and Ctrl-H are Tab, Enter and Backspace to a terminal. A line whose key another line has,
            or that names no command or key, is left out. The screen tells of it at start, and so does
            `cairn config list`. In the screen, ? and : show the keys as they are.

            Commands:
              up down page-up page-down first last open unfold fold-up unfold-all fold-all next-pane
              previous-pane zoom mark mark-range mark-all filter add add-dev remove edit versions pin update
              fix fix-all keep avoid next-fix previous-fix explain overrides accept-risk why why-not-newer
              invert sort move-down move-up publish dry-run review undo redo refresh copy-name copy-version
              copy-url copy-command copy-log copy-text export open-home open-source open-docs open-issues
              project-tab tree-tab search-tab conflicts-tab go-back go-forward audit-tab publish-tab
              registries-tab activity-tab help palette cancel mouse redraw suspend back quit
            """),
        new("files", "the files and folders a user sees",
            """
              cairn.toml        the manifest: what the package is and needs; gal.toml is read too
              cairn.lock        what was resolved: exact versions and hashes; commit it
              packages/         what was installed, with cairn-map.json saying which package sees which
              .cairn/           journal, undo history and the stamp of the last install; never commit it
              ~/.config/cairn/registries.toml   registries and routes
              ~/.config/cairn/config.toml       settings (`cairn config list`)
              ~/.local/share/cairn/             the store: package content by hash, shared by all projects
              ~/.cache/cairn/                   index documents; may be deleted any time

            `cairn config paths` prints where they are on this machine.
            """),
    ];

    public static Topic? Find(string name) => All.FirstOrDefault(topic => topic.Name == name);
}
