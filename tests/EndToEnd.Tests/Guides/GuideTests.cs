using System.Text.RegularExpressions;
using Registry.EndToEnd.Tests.FullScreen;
using Registry.Testing;

namespace Registry.EndToEnd.Tests.Guides;

/// <summary>The guides are true: every screen in them is what the program shows after the same keys. `UPDATE_SNAPSHOTS=1` captures them anew.</summary>
public sealed partial class GuideTests : IDisposable
{
    private static readonly bool updates = Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    // A year after the first sample package was published.
    private const string Today = "2026-11-20T12:00:00Z";

    private readonly Sandbox sandbox = new();
    private TerminalSession? session;

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "guide"), "*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        session?.Dispose();
        sandbox.Dispose();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_screen_of_a_guide_is_what_the_program_shows(string name)
    {
        Assert.SkipUnless(TerminalSession.IsPossible, "needs tmux and bash");
        var file = Path.Combine(Repository.Root, "docs", "guide", name);
        var page = new GuidePage(File.ReadAllText(file));
        // Lines move when screens are captured anew: each step is looked up by its number.
        var count = page.Steps().Count();
        Assert.True(count > 0, $"{name} has no steps");
        for (var i = 0; i < count; i++)
        {
            Do(page, page.Steps().ElementAt(i));
        }

        if (updates)
        {
            File.WriteAllText(file, page.Text);
        }
    }

    private void Do(GuidePage page, GuideStep step)
    {
        if (step is GuideStep.Start start)
        {
            session?.Dispose();
            var folder = Directory.CreateDirectory(sandbox.At($"{start.Line}")).FullName;
            session = new TerminalSession(folder, folder, start.Columns, start.Rows);
            session.Shell($"CAIRN_NOW={Today} TZ=UTC {start.Command.Replace("cairn ", TerminalSession.Program + " ", StringComparison.Ordinal)}");
            return;
        }

        var keys = (GuideStep.Keys)step;
        session!.Keys(keys.Names);
        if (updates && keys.IsShown)
        {
            page.SetScreen(step, Readable(session.Settled(keys.Until)));
            return;
        }

        if (!keys.IsExact)
        {
            session.See(keys.Until);
            return;
        }

        var expected = page.ScreenOf(step);
        session.Until(
            screen => screen.Contains(keys.Until, StringComparison.Ordinal) && Comparable(Readable(screen)) == Comparable(expected),
            $"the screen after {string.Join(' ', keys.Names)}:\n{expected}\n");
    }

    // As a reader has it: the scratch folder is no news. What stands behind it on its row keeps its place.
    private string Readable(string screen) => string.Join('\n', screen.TrimEnd('\n').Split('\n').Select(row => Scratch().Replace(row, match =>
    {
        var shown = "~" + match.Groups[1].Value;
        return match.Groups[2].Length == 0 ? shown : shown + new string(' ', match.Length - shown.Length);
    }).TrimEnd()));

    private Regex Scratch() => new(Regex.Escape(sandbox.Path) + @"/\d+(\S*)(  +)?", RegexOptions.CultureInvariant);

    // Durations differ from run to run, and with them the room they take.
    private static string Comparable(string screen) =>
        Space().Replace(Time().Replace(screen.TrimEnd(), "#"), " ").Replace(" \n", "\n", StringComparison.Ordinal);

    [GeneratedRegex(@"\d[\d.,]* ?(ns|µs|ms|s|min|minutes?|hours?|days?|weeks?|months?|years?)\b( ago| old)?|\d\d:\d\d:\d\d(\.\d+)?|just now|today|yesterday")]
    private static partial Regex Time();

    [GeneratedRegex(" +")]
    private static partial Regex Space();
}
