using System.Collections.Immutable;

namespace Registry.Engine.Security;

/// <summary>CVSS v3.0 and v3.1, base score (specification 3.1, section 7.1; they differ in how they round up). In decimals.</summary>
internal static class CvssV3
{
    public static ImmutableArray<CvssMetric> Metrics { get; } = CvssMetric.Table(
        "AV N A L P|AC L H|PR N L H|UI N R|S U C|C H L N|I H L N|A H L N",
        "E X U P F H|RL X O T W U|RC X U R C|CR X L M H|IR X L M H|AR X L M H"
        + "|MAV X N A L P|MAC X L H|MPR X N L H|MUI X N R|MS X U C|MC X H L N|MI X H L N|MA X H L N");

    /// <param name="isLater">3.1 rather than 3.0.</param>
    public static double Score(CvssVector vector, bool isLater)
    {
        var isChanged = vector["S"] == "C";
        var lost = 1 - ((1 - Impact(vector["C"])) * (1 - Impact(vector["I"])) * (1 - Impact(vector["A"])));
        var impact = isChanged ? (7.52m * (lost - 0.029m)) - (3.25m * Power15(lost - 0.02m)) : 6.42m * lost;
        if (impact <= 0)
        {
            return 0;
        }

        var exploitability = 8.22m * AttackVector(vector["AV"]) * (vector["AC"] == "L" ? 0.77m : 0.44m)
            * Privileges(vector["PR"], isChanged) * (vector["UI"] == "N" ? 0.85m : 0.62m);
        var sum = Math.Min(10, (isChanged ? 1.08m : 1m) * (impact + exploitability));
        return (double)(Math.Ceiling((isLater ? Math.Round(sum, 5, MidpointRounding.AwayFromZero) : sum) * 10) / 10);
    }

    private static decimal Impact(string value) => value switch { "H" => 0.56m, "L" => 0.22m, _ => 0m };

    private static decimal AttackVector(string value) => value switch { "N" => 0.85m, "A" => 0.62m, "L" => 0.55m, _ => 0.2m };

    private static decimal Privileges(string value, bool isChanged) => value switch
    {
        "L" => isChanged ? 0.68m : 0.62m,
        "H" => isChanged ? 0.50m : 0.27m,
        _ => 0.85m,
    };

    private static decimal Power15(decimal x)
    {
        var power = x;
        for (var i = 1; i < 15; i++)
        {
            power *= x;
        }

        return power;
    }
}
