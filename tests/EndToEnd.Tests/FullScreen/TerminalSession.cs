using System.Diagnostics;
using System.Globalization;

namespace Registry.EndToEnd.Tests.FullScreen;

/// <summary>
/// The real program in a real terminal (tmux, on a socket of its own), driven by keys. Nothing sleeps: the program writes
/// a line to a pipe each time its screen has settled, and the shell does when the program has ended or was stopped.
/// </summary>
internal sealed class TerminalSession : IDisposable
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(30);

    // tmux takes up a frame a moment after it was written: asking again goes through its loop once more.
    private const int LooksMax = 12;

    private readonly string socket = $"cairn-test-{Environment.ProcessId}-{Guid.NewGuid():N}";
    private readonly StreamReader signals;

    private bool isClosed;

    public TerminalSession(ShopFolder shop, int columns = 120, int rows = 36)
        : this(shop.Path, shop.Project, columns, rows)
    {
    }

    /// <param name="folder">For what the session itself needs: a home and a pipe.</param>
    /// <param name="start">Where the shell stands at first.</param>
    public TerminalSession(string folder, string start, int columns, int rows)
    {
        var pipe = Path.Combine(folder, "idle");
        Run("mkfifo", pipe);
        var home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        Tmux(
            "new-session", "-d", "-x", columns.ToString(CultureInfo.InvariantCulture), "-y", rows.ToString(CultureInfo.InvariantCulture), "-c", start,
            $"exec env HOME={home} HISTFILE= CAIRN_HOME={home}/cairn CAIRN_IDLE_FD=9 PS1='$ ' LC_ALL=C.UTF-8 bash --norc --noprofile -i 9<>{pipe}");
        signals = new StreamReader(new FileStream(pipe, FileMode.Open, FileAccess.Read));
    }

    public static bool IsPossible => !OperatingSystem.IsWindows() && Exists("tmux") && Exists("bash");

    public static string Program => $"dotnet {Path.Combine(AppContext.BaseDirectory, "cairn.dll")}";

    /// <summary>The process in the foreground of the shell.</summary>
    public int Child => ChildrenOf(int.Parse(Format("pane_pid"), CultureInfo.InvariantCulture)).Single();

    public static int[] ChildrenOf(int process) =>
        [.. File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];

    /// <summary>Types a command line; the shell says when it has come back.</summary>
    public void Shell(string command) => Tmux("send-keys", "-l", $"{command}; echo shell >&9\n");

    /// <summary>Keys as tmux names them: `Enter`, `C-z`, `Down`, or letters.</summary>
    public void Keys(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            Tmux("send-keys", key);
        }
    }

    /// <summary>Bytes as a terminal sends them.</summary>
    public void Type(string bytes) => Tmux("send-keys", "-l", bytes);

    /// <summary>Pastes as a terminal does, with marks around it where the program asked for them.</summary>
    public void Paste(string text)
    {
        Tmux("set-buffer", text);
        Tmux("paste-buffer", "-p");
    }

    /// <summary>Closes the terminal under what runs in it.</summary>
    public void Close()
    {
        if (isClosed)
        {
            return;
        }

        // What still runs must be gone before its folders go.
        isClosed = true;
        var shell = int.Parse(Format("pane_pid"), CultureInfo.InvariantCulture);
        var running = ChildrenOf(shell).SelectMany(child => ChildrenOf(child).Append(child)).Append(shell).Select(Process.GetProcessById).ToList();
        Tmux("kill-server");
        running.ForEach(process => process.WaitForExit(limit));
        running.ForEach(process => process.Dispose());
    }

    /// <summary>Where a text is on the screen, in columns and rows from 0.</summary>
    public (int X, int Y) Find(string text)
    {
        var lines = See(text).Split('\n');
        var row = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        return (lines[row].IndexOf(text, StringComparison.Ordinal), row);
    }

    /// <summary>A press and a release of the first button, as a terminal reports them.</summary>
    public void Click((int X, int Y) at) => Tmux("send-keys", "-l", string.Create(CultureInfo.InvariantCulture, $"\e[<0;{at.X + 1};{at.Y + 1}M\e[<0;{at.X + 1};{at.Y + 1}m"));

    public void Resize(int columns, int rows) =>
        Tmux("resize-window", "-x", columns.ToString(CultureInfo.InvariantCulture), "-y", rows.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits until the screen shows a text.</summary>
    public string See(string text) => Until(screen => screen.Contains(text, StringComparison.Ordinal), $"`{text}`");

    public string Until(Func<string, bool> condition, string what)
    {
        using var time = new CancellationTokenSource(limit);
        while (true)
        {
            for (var look = 0; look < LooksMax; look++)
            {
                var screen = Screen();
                if (condition(screen))
                {
                    return screen;
                }
            }

            Await(what, time.Token);
        }
    }

    /// <summary>The screen that has a text and stays as it is; for capturing, not for testing.</summary>
    public string Settled(string text)
    {
        See(text);
        for (var last = ""; ; Thread.Sleep(300))
        {
            var screen = Screen();
            if (screen == last && screen.Contains(text, StringComparison.Ordinal))
            {
                return screen;
            }

            last = screen;
        }
    }

    /// <summary>Waits until the shell has the terminal again.</summary>
    public void AwaitShell()
    {
        using var time = new CancellationTokenSource(limit);
        while (Await("the shell", time.Token) != "shell")
        {
        }
    }

    public string Screen() => Tmux("capture-pane", "-p");

    /// <summary>A fact of the pane, for example `alternate_on`.</summary>
    public string Format(string name) => Tmux("display-message", "-p", $"#{{{name}}}").Trim();

    /// <summary>The modes of the terminal as `stty` says them.</summary>
    public string Modes()
    {
        var terminal = Format("pane_tty");
        return Run("stty", "-a", "-F", terminal);
    }

    public void Dispose()
    {
        Close();
        signals.Dispose();
    }

    private string Await(string what, CancellationToken time)
    {
        try
        {
            return signals.ReadLineAsync(time).AsTask().WaitAsync(time).GetAwaiter().GetResult() ?? "";
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{what} did not come. The screen:\n{Screen()}");
        }
    }

    private string Tmux(params string[] arguments) => Run("tmux", ["-u", "-f", "/dev/null", "-L", socket, .. arguments]);

    private static bool Exists(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
