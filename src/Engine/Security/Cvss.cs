using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Security;

/// <summary>Base scores of CVSS v2, v3.0, v3.1 and v4.0 by the published formulas (FIRST), and the bands of v3 and v4 for all of them.</summary>
public static class Cvss
{
    /// <summary>
    /// The rating of the best founded vector: v4 before v3 before v2, then the highest score. When none can be scored,
    /// unknown, with a note if there was one.
    /// </summary>
    public static SeverityRating Rate(IEnumerable<SeverityVector> vectors) => Best(vectors.Select(Rate));

    /// <summary>Score and band of one vector; unknown with a note when it is malformed.</summary>
    public static SeverityRating Rate(SeverityVector vector)
    {
        var score = vector.Scheme != SeverityScheme.Other && vector.Scheme == SchemeOf(vector.Vector) ? Score(vector.Vector) : null;
        return score is { } known
            ? new(Band(known), known, vector)
            : new(Severity.Unknown, null, null, vector.Scheme == SeverityScheme.Other ? "its severity is of a kind that is not known" : "its CVSS vector is malformed");
    }

    /// <summary>The base score, in tenths from 0.0 to 10.0; null when the vector is malformed. For v4.0 threat and environment count when they are given.</summary>
    public static double? Score(string vector)
    {
        if (vector.StartsWith("CVSS:4.0/", StringComparison.Ordinal))
        {
            return CvssVector.TryParse(vector[9..], CvssV4.Metrics) is { } v4 ? CvssV4.Score(v4) : null;
        }

        if (vector.StartsWith("CVSS:3.0/", StringComparison.Ordinal) || vector.StartsWith("CVSS:3.1/", StringComparison.Ordinal))
        {
            return CvssVector.TryParse(vector[9..], CvssV3.Metrics) is { } v3 ? CvssV3.Score(v3, isLater: vector[7] == '1') : null;
        }

        var bare = vector.StartsWith('(') && vector.EndsWith(')') ? vector[1..^1] : vector;
        return CvssVector.TryParse(bare, CvssV2.Metrics) is { } v2 ? CvssV2.Score(v2) : null;
    }

    public static Severity Band(double score) => score switch
    {
        < 0.1 => Severity.None,
        < 4.0 => Severity.Low,
        < 7.0 => Severity.Medium,
        < 9.0 => Severity.High,
        _ => Severity.Critical,
    };

    internal static SeverityRating Best(IEnumerable<SeverityRating> ratings)
    {
        var best = SeverityRating.Unknown;
        foreach (var rating in ratings)
        {
            best = IsBetter(rating, best) ? rating : best;
        }

        return best;
    }

    /// <summary>The scheme that the beginning of a vector names; v2 has no such beginning.</summary>
    private static SeverityScheme SchemeOf(string vector) =>
        vector.StartsWith("CVSS:4", StringComparison.Ordinal) ? SeverityScheme.CvssV4
        : vector.StartsWith("CVSS:3", StringComparison.Ordinal) ? SeverityScheme.CvssV3
        : SeverityScheme.CvssV2;

    private static bool IsBetter(SeverityRating one, SeverityRating other)
    {
        if (one.Score is null)
        {
            return other.Score is null && other.Note is null && one.Note is not null;
        }

        var scheme = one.Vector!.Scheme.CompareTo(other.Vector?.Scheme ?? SeverityScheme.Other);
        return scheme > 0 || (scheme == 0 && (other.Score is null || one.Score > other.Score));
    }
}
