namespace Registry.Benchmarks.Resolve;

/// <summary>What came out for one root; times in milliseconds.</summary>
public sealed class Outcome(Root root, int passes)
{
    public Root Root => root;

    public bool IsOk { get; set; }

    public int Decisions { get; set; }

    public int Conflicts { get; set; }

    /// <summary>How many packages the solution has.</summary>
    public int Packages { get; set; }

    /// <summary>One a measured pass.</summary>
    public double[] Times { get; } = new double[passes];

    /// <summary>The middle of the passes.</summary>
    public double Milliseconds => Statistics.Quantile(Times, 0.5);

    /// <summary>Proven repairs found, and how many edits the first has.</summary>
    public int Repairs { get; set; }

    public int Edits { get; set; }

    public double FirstRepairMilliseconds { get; set; }

    public int CardLines { get; set; }

    public int TextLines { get; set; }
}
