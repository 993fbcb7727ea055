using System.Collections.Immutable;
using System.Text;
using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets.Markdown;

/// <summary>Cuts runs into lines of a width in cells: at spaces, between wide characters, and inside what is longer than a line.</summary>
internal static class RunWrap
{
    /// <summary>A line break inside runs.</summary>
    public const string Break = "\n";

    /// <summary>At least one line; spaces at the ends of lines are dropped.</summary>
    public static List<ImmutableArray<StyledRun>> Wrap(IEnumerable<StyledRun> runs, int width)
    {
        var filler = new Filler(Math.Max(1, width));
        foreach (var run in runs)
        {
            if (run.Text == Break)
            {
                filler.EndLine();
                continue;
            }

            var clusters = new Clusters(run.Text);
            while (clusters.Next())
            {
                filler.Add(new Atom(clusters.Source.ToString(), clusters.Width, run.Style, run.Link));
            }
        }

        filler.EndLine();
        return filler.Lines;
    }

    /// <summary>Every cluster stays, spaces too: for code.</summary>
    public static List<ImmutableArray<StyledRun>> Cut(string text, Style style, int width)
    {
        var lines = new List<ImmutableArray<StyledRun>>();
        var (start, index, x) = (0, 0, 0);
        var clusters = new Clusters(text);
        while (clusters.Next())
        {
            if (x + clusters.Width > Math.Max(2, width))
            {
                lines.Add([new StyledRun(text[start..index], style)]);
                (start, x) = (index, 0);
            }

            (index, x) = (index + clusters.Source.Length, x + clusters.Width);
        }

        lines.Add([new StyledRun(text[start..], style)]);
        return lines;
    }

    public static int Measure(IEnumerable<StyledRun> runs) => runs.Sum(run => Clusters.Measure(run.Text));

    private readonly record struct Atom(string Text, int Width, Style Style, string? Link)
    {
        public bool IsSpace => Text is " ";
    }

    private sealed class Filler(int width)
    {
        private readonly List<Atom> _line = [];
        private int _columns;

        // How many atoms of the line stand before the last place to break at; 0 for none.
        private int _breakAt;

        public List<ImmutableArray<StyledRun>> Lines { get; } = [];

        public void Add(Atom atom)
        {
            if (atom.IsSpace && _line.Count == 0)
            {
                return;
            }

            // Between two wide characters a line may end as well.
            _breakAt = atom.IsSpace || (atom.Width == 2 && _line.Count > 0 && _line[^1].Width == 2) ? _line.Count : _breakAt;
            if (_columns + atom.Width > width && !atom.IsSpace)
            {
                BreakLine();
            }

            _line.Add(atom);
            _columns += atom.Width;
        }

        public void EndLine()
        {
            Emit(_line.Count);
            Keep(_line.Count);
        }

        private void BreakLine()
        {
            var at = _breakAt > 0 ? _breakAt : _line.Count;
            if (at > 0)
            {
                Emit(at);
                Keep(at);
            }
        }

        private void Keep(int from)
        {
            while (from < _line.Count && _line[from].IsSpace)
            {
                from++;
            }

            _line.RemoveRange(0, from);
            _columns = _line.Sum(atom => atom.Width);
            _breakAt = 0;
        }

        private void Emit(int count)
        {
            while (count > 0 && _line[count - 1].IsSpace)
            {
                count--;
            }

            var runs = ImmutableArray.CreateBuilder<StyledRun>();
            var text = new StringBuilder();
            for (var i = 0; i < count; i++)
            {
                text.Append(_line[i].Text);
                if (i + 1 == count || _line[i + 1].Style != _line[i].Style || _line[i + 1].Link != _line[i].Link)
                {
                    runs.Add(new StyledRun(text.ToString(), _line[i].Style, _line[i].Link));
                    text.Clear();
                }
            }

            Lines.Add(runs.ToImmutable());
        }
    }
}
