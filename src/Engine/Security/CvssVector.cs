using System.Collections.Immutable;

namespace Registry.Engine.Security;

/// <summary>A metric of a CVSS version.</summary>
internal sealed record CvssMetric(string Name, ImmutableArray<string> Values, bool IsRequired)
{
    /// <summary>From lines like `AV N A L P`; those of the first list must be in every vector.</summary>
    public static ImmutableArray<CvssMetric> Table(string required, string optional) =>
        [.. Rows(required, isRequired: true), .. Rows(optional, isRequired: false)];

    private static IEnumerable<CvssMetric> Rows(string text, bool isRequired) =>
        text.Split('|').Select(row => row.Split(' ')).Select(words => new CvssMetric(words[0], [.. words[1..]], isRequired));
}

/// <summary>The metrics of a vector, checked: known names and values, each once, the required ones there. In any order.</summary>
internal sealed class CvssVector
{
    private readonly Dictionary<string, string> _values;

    private CvssVector(Dictionary<string, string> values) => _values = values;

    /// <summary>The value; empty when the vector does not have the metric.</summary>
    public string this[string metric] => _values.GetValueOrDefault(metric, "");

    /// <param name="text">Without the prefix that names the version.</param>
    public static CvssVector? TryParse(string text, ImmutableArray<CvssMetric> metrics)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split('/'))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0 ? ("", "") : (part[..colon], part[(colon + 1)..]);
            if (!metrics.Any(metric => metric.Name == name && metric.Values.Contains(value)) || !values.TryAdd(name, value))
            {
                return null;
            }
        }

        return metrics.All(metric => !metric.IsRequired || values.ContainsKey(metric.Name)) ? new(values) : null;
    }
}
