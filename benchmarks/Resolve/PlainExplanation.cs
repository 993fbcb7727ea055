using Registry.Engine.Resolution.Solving;

namespace Registry.Benchmarks.Resolve;

/// <summary>A failure in words, with the names and version labels of the file.</summary>
public sealed class PlainExplanation(IReadOnlyList<PlainPackage> packages)
{
    public const int CardLinesMax = 6;
    public const int TextLinesMax = 20;
    private const int LinksMax = 4;

    public IReadOnlyList<string> Card(FailureOutline outline) => Tell(outline, CardLinesMax);

    public IReadOnlyList<string> Text(FailureOutline outline) => Tell(outline, TextLinesMax);

    private List<string> Tell(FailureOutline outline, int linesMax)
    {
        List<string> lines = [.. outline.Lines.Select(Sentence)];
        var room = linesMax - 1;
        if (lines.Count > room)
        {
            var hidden = lines.Count - room + 1;
            lines.RemoveRange(room - 1, hidden);
            lines.Add($"and {hidden} more requirements like these");
        }

        lines.Add(outline.Contested.Length == 0
            ? "together these leave no choice"
            : $"no choice is left for {string.Join(", ", outline.Contested.Take(3).Select(id => packages[id].Name))}");
        return lines;
    }

    private string Sentence(OutlineLine line)
    {
        var first = line.Links[0];
        var text = $"{packages[first.Package].Name} {Labels(first.Package, first.Versions)}";
        foreach (var link in line.Links.Take(LinksMax - 1))
        {
            text += (link == first ? " needs " : ", which needs ") + Target(link);
        }

        // Of a long chain only the ends matter.
        return line.Links.Length < LinksMax ? text
            : line.Links.Length == LinksMax ? $"{text}, which needs {Target(line.Links[^1])}"
            : $"{text}, which by way of {line.Links.Length - LinksMax} more needs {Target(line.Links[^1])}";
    }

    private string Target(OutlineLink link) =>
        link.Target < 0 ? "what cannot be had"
        : link.Allowed.IsEmpty ? $"a version of {packages[link.Target].Name} that does not exist"
        : $"{packages[link.Target].Name} {Labels(link.Target, link.Allowed)}";

    private string Labels(int package, OrdinalSet set)
    {
        var labels = packages[package].Versions;
        if (set.Count == labels.Length)
        {
            return labels.Length == 1 ? labels[0] : "(any)";
        }

        var parts = new List<string>();
        for (var i = 0; i < set.IntervalCount && i < 3; i++)
        {
            var (low, high) = set.Interval(i);
            high = Math.Min(high, labels.Length);
            parts.Add(high - low == 1 ? labels[low] : high == labels.Length ? $"{labels[low]} or newer" : $"{labels[low]} to {labels[high - 1]}");
        }

        return string.Join(" or ", parts) + (set.IntervalCount > 3 ? " or others" : "");
    }
}
