using System.Collections.Immutable;

namespace Registry.Engine.Security;

/// <summary>CVSS v2.0, "A Complete Guide" section 3.2.1. In decimals, as the guide's rounding is of decimals.</summary>
internal static class CvssV2
{
    public static ImmutableArray<CvssMetric> Metrics { get; } = CvssMetric.Table(
        "AV L A N|AC H M L|Au M S N|C N P C|I N P C|A N P C",
        "E U POC F H ND|RL OF TF W U ND|RC UC UR C ND|CDP N L LM MH H ND|TD N L M H ND|CR L M H ND|IR L M H ND|AR L M H ND");

    public static double Score(CvssVector vector)
    {
        var impact = 10.41m * (1 - ((1 - Impact(vector["C"])) * (1 - Impact(vector["I"])) * (1 - Impact(vector["A"]))));
        var exploitability = 20m * AccessVector(vector["AV"]) * Complexity(vector["AC"]) * Authentication(vector["Au"]);
        var score = ((0.6m * impact) + (0.4m * exploitability) - 1.5m) * (impact == 0 ? 0m : 1.176m);
        return (double)Math.Round(score, 1, MidpointRounding.AwayFromZero);
    }

    private static decimal Impact(string value) => value switch { "C" => 0.660m, "P" => 0.275m, _ => 0m };

    private static decimal AccessVector(string value) => value switch { "L" => 0.395m, "A" => 0.646m, _ => 1m };

    private static decimal Complexity(string value) => value switch { "H" => 0.35m, "M" => 0.61m, _ => 0.71m };

    private static decimal Authentication(string value) => value switch { "M" => 0.45m, "S" => 0.56m, _ => 0.704m };
}
