namespace Registry.Benchmarks.Resolve;

internal static class Statistics
{
    /// <summary>The value below which a share of the values lies; 0 of nothing.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(share * sorted.Length))];
    }
}
