namespace Registry.Engine.Model.Advisories;

/// <summary>The bands of CVSS. Unknown is none of them: nobody has judged it, or the judgement cannot be read.</summary>
public enum Severity
{
    Unknown,
    None,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>Which specification a severity vector follows.</summary>
public enum SeverityScheme
{
    Other,
    CvssV2,
    CvssV3,
    CvssV4,
}

/// <summary>A judgement as the advisory has it: `CVSS:3.1/AV:N/…`. Not checked.</summary>
public sealed record SeverityVector(SeverityScheme Scheme, string Vector);

/// <summary>How bad it is.</summary>
/// <param name="Score">From 0.0 to 10.0 in tenths; null when unknown.</param>
/// <param name="Vector">What the score was computed from; null when unknown.</param>
/// <param name="Note">Why it is unknown although the advisory has a vector; else null.</param>
public sealed record SeverityRating(Severity Severity, double? Score, SeverityVector? Vector, string? Note = null)
{
    /// <summary>The advisory has no judgement.</summary>
    public static SeverityRating Unknown { get; } = new(Severity.Unknown, null, null);
}
