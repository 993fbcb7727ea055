using System.Collections.Immutable;

namespace Registry.Engine.Security;

/// <summary>
/// CVSS v4.0 (specification section 8.2): a vector belongs to a macrovector, whose score is lowered by how far the vector
/// lies from the gravest ones of it, as a share of the way to the next lower macrovector. Threat and environment count
/// when they are given; supplemental metrics never do.
/// </summary>
internal static class CvssV4
{
    /// <summary>What is added before rounding, since the steps are no exact binary numbers.</summary>
    private const double RoundingSlack = 1e-6;

    public static ImmutableArray<CvssMetric> Metrics { get; } = CvssMetric.Table(
        "AV N A L P|AC L H|AT N P|PR N L H|UI N P A|VC H L N|VI H L N|VA H L N|SC H L N|SI H L N|SA H L N",
        "E X A P U|CR X H M L|IR X H M L|AR X H M L"
        + "|MAV X N A L P|MAC X L H|MAT X N P|MPR X N L H|MUI X N P A|MVC X H L N|MVI X H L N|MVA X H L N|MSC X H L N|MSI X S H L N|MSA X S H L N"
        + "|S X N P|AU X N Y|R X A U I|V X D C|RE X L M H|U X Clear Green Amber Red");

    /// <summary>Each metric's values from the gravest to the least: how far apart two are is the difference of their places.</summary>
    private static readonly ImmutableArray<(string Metric, string Values)> Steps =
    [
        ("AV", "NALP"), ("PR", "NLH"), ("UI", "NPA"), ("AC", "LH"), ("AT", "NP"),
        ("VC", "HLN"), ("VI", "HLN"), ("VA", "HLN"), ("CR", "HML"), ("IR", "HML"), ("AR", "HML"),
        ("SC", "SHLN"), ("SI", "SHLN"), ("SA", "SHLN"),
    ];

    /// <summary>The metrics of AV PR UI for each level of EQ1, of AC AT for EQ2, and so on: the gravest vectors there are.</summary>
    private static readonly string[][] Gravest1 = [["NNN"], ["ANN", "NLN", "NNP"], ["PNN", "ALP"]];
    private static readonly string[][] Gravest2 = [["LN"], ["HN", "LP"]];
    private static readonly string[][] Gravest4 = [["HSS"], ["HHH"], ["LLL"]];

    /// <summary>VC VI VA CR IR AR by EQ3 and EQ6.</summary>
    private static readonly string[][][] Gravest36 =
    [
        [["HHHHHH"], ["HHLMMH", "HHHMMM"]],
        [["LHHHHH", "HLHHHH"], ["LHLHMH", "LHHHMM", "HLHMHM", "HLLMHH", "LLHHHM"]],
        [[], ["LLLHHH"]],
    ];

    /// <summary>Steps from the gravest vector of a level to the least, plus one.</summary>
    private static readonly int[] Depth1 = [1, 4, 5];
    private static readonly int[] Depth2 = [1, 2];
    private static readonly int[][] Depth36 = [[7, 6], [8, 8], [0, 10]];
    private static readonly int[] Depth4 = [6, 5, 4];

    public static double Score(CvssVector vector)
    {
        if (HasNoImpact(vector) || CvssV4Table.Score(Levels(vector)) is not { } score)
        {
            return 0;
        }

        var levels = Levels(vector);
        var (lowered, classes) = (0.0, 0);
        Add(Next(levels with { Eq1 = levels.Eq1 + 1 }), Distance(vector, 0, Gravest1[levels.Eq1]), Depth1[levels.Eq1]);
        Add(Next(levels with { Eq2 = levels.Eq2 + 1 }), Distance(vector, 3, Gravest2[levels.Eq2]), Depth2[levels.Eq2]);
        Add(NextOf36(levels), Distance(vector, 5, Gravest36[levels.Eq3][levels.Eq6]), Depth36[levels.Eq3][levels.Eq6]);
        Add(Next(levels with { Eq4 = levels.Eq4 + 1 }), Distance(vector, 11, Gravest4[levels.Eq4]), Depth4[levels.Eq4]);
        Add(Next(levels with { Eq5 = levels.Eq5 + 1 }), 0, 1);
        var exact = (score - (classes == 0 ? 0 : lowered / classes)) / 10;
        return Math.Clamp(Math.Floor(((exact + RoundingSlack) * 10) + 0.5) / 10, 0, 10);

        void Add(int? next, int distance, int depth)
        {
            if (next is { } lower)
            {
                (lowered, classes) = (lowered + ((score - lower) * distance / (double)depth), classes + 1);
            }
        }
    }

    private static int? Next(CvssV4Levels levels) => CvssV4Table.Score(levels);

    /// <summary>EQ3 and EQ6 depend on each other and go down together; where there are two ways the smaller step counts.</summary>
    private static int? NextOf36(CvssV4Levels levels)
    {
        if (levels is { Eq3: 0, Eq6: 0 })
        {
            var (first, second) = (Next(levels with { Eq6 = 1 }), Next(levels with { Eq3 = 1 }));
            return first is null || second > first ? second : first;
        }

        return Next(levels is { Eq3: 1, Eq6: 0 } ? levels with { Eq6 = 1 } : levels with { Eq3 = levels.Eq3 + 1 });
    }

    private static CvssV4Levels Levels(CvssVector vector)
    {
        var (av, pr, ui) = (Value(vector, "AV"), Value(vector, "PR"), Value(vector, "UI"));
        var (vc, vi, va) = (Value(vector, "VC"), Value(vector, "VI"), Value(vector, "VA"));
        var areAllOpen = av == 'N' && pr == 'N' && ui == 'N';
        var isAnyOpen = (av == 'N' || pr == 'N' || ui == 'N') && av != 'P';
        var isAnyHigh = vc == 'H' || vi == 'H' || va == 'H';
        var isSafety = Value(vector, "SI") == 'S' || Value(vector, "SA") == 'S';
        var isHighBeyond = Value(vector, "SC") == 'H' || Value(vector, "SI") == 'H' || Value(vector, "SA") == 'H';
        var isRequired = (vc == 'H' && Value(vector, "CR") == 'H') || (vi == 'H' && Value(vector, "IR") == 'H') || (va == 'H' && Value(vector, "AR") == 'H');
        return new(
            areAllOpen ? 0 : isAnyOpen ? 1 : 2,
            Value(vector, "AC") == 'L' && Value(vector, "AT") == 'N' ? 0 : 1,
            vc == 'H' && vi == 'H' ? 0 : isAnyHigh ? 1 : 2,
            isSafety ? 0 : isHighBeyond ? 1 : 2,
            vector["E"] switch { "P" => 1, "U" => 2, _ => 0 },
            isRequired ? 0 : 1);
    }

    /// <summary>Steps from the first of the gravest vectors that is in no metric below this one.</summary>
    /// <param name="from">Which of the steps the first letter of each is about.</param>
    private static int Distance(CvssVector vector, int from, string[] gravest)
    {
        foreach (var candidate in gravest)
        {
            var (sum, isAbove) = (0, true);
            for (var i = 0; i < candidate.Length; i++)
            {
                var (metric, values) = Steps[from + i];
                var apart = values.IndexOf(Value(vector, metric), StringComparison.Ordinal) - values.IndexOf(candidate[i], StringComparison.Ordinal);
                (sum, isAbove) = (sum + apart, isAbove && apart >= 0);
            }

            if (isAbove)
            {
                return sum;
            }
        }

        return 0;
    }

    private static bool HasNoImpact(CvssVector vector) =>
        Value(vector, "VC") == 'N' && Value(vector, "VI") == 'N' && Value(vector, "VA") == 'N'
        && Value(vector, "SC") == 'N' && Value(vector, "SI") == 'N' && Value(vector, "SA") == 'N';

    /// <summary>The first letter of the value that counts: the environment's, else the base's; requirements not given are high.</summary>
    private static char Value(CvssVector vector, string metric)
    {
        var changed = vector["M" + metric];
        var value = changed is "" or "X" ? vector[metric] : changed;
        return value is "" or "X" ? 'H' : value[0];
    }
}
