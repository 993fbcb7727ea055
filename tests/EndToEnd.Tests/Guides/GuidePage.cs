using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.EndToEnd.Tests.Guides;

/// <summary>
/// A page whose screens are what the program shows: before each one stands, unseen by the reader, how to come to it.
/// <code>
/// &lt;!-- start 80x24 cairn demo tidelog --to tidelog --&gt;
/// &lt;!-- go 3 until Search --&gt;
/// &lt;!-- keys a u t h Down until Here --&gt;
/// </code>
/// `go` is for what no reader needs to see; `like` for a screen full of paths and times, of which only the text is held.
/// </summary>
internal sealed partial class GuidePage(string text)
{
    private readonly List<string> lines = [.. text.TrimEnd('\n').Split('\n')];

    public string Text => string.Join('\n', lines) + "\n";

    /// <summary>The steps in their order; each is followed by one screen at most.</summary>
    public IEnumerable<GuideStep> Steps()
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (StepLine().Match(lines[i]) is { Success: true } match)
            {
                yield return StepOf(match.Groups[1].Value, i);
            }
        }
    }

    /// <summary>The screen below a step; empty when none was captured yet.</summary>
    public string ScreenOf(GuideStep step) => Block(step) is var (first, end) && end > first ? string.Join('\n', lines[first..end]) : "";

    public void SetScreen(GuideStep step, string screen)
    {
        var (first, end) = Block(step);
        var rows = screen.Split('\n');
        if (end == first)
        {
            lines.InsertRange(step.Line + 1, ["```text", .. rows, "```"]);
            return;
        }

        lines.RemoveRange(first, end - first);
        lines.InsertRange(first, rows);
    }

    private (int First, int End) Block(GuideStep step)
    {
        var first = step.Line + 2;
        return first <= lines.Count && lines[step.Line + 1] == "```text" ? (first, lines.IndexOf("```", first)) : (0, 0);
    }

    private static GuideStep StepOf(string words, int line)
    {
        var parts = words.Split(' ');
        if (parts[0] == "start")
        {
            var size = parts[1].Split('x').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            return new GuideStep.Start(line, size[0], size[1], string.Join(' ', parts[2..]));
        }

        var until = words.IndexOf(" until ", StringComparison.Ordinal);
        var names = words[parts[0].Length..until].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new GuideStep.Keys(line, names, words[(until + 7)..]) { IsShown = parts[0] != "go", IsExact = parts[0] == "keys" };
    }

    [GeneratedRegex("^<!-- ((?:start|keys|like|go) .*) -->$")]
    private static partial Regex StepLine();
}

internal abstract record GuideStep(int Line)
{
    /// <summary>A terminal of a size, and the command that is typed in it.</summary>
    public sealed record Start(int Line, int Columns, int Rows, string Command) : GuideStep(Line);

    /// <summary>Keys as tmux names them, and a text on the screen that they lead to.</summary>
    public sealed record Keys(int Line, string[] Names, string Until) : GuideStep(Line)
    {
        /// <summary>The screen stands below.</summary>
        public bool IsShown { get; init; }

        /// <summary>The screen is the same in every run.</summary>
        public bool IsExact { get; init; }
    }
}
