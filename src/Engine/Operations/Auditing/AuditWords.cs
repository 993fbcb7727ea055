using Registry.Engine.Model.Advisories;
using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <summary>The few words for a finding that every face uses.</summary>
public static class AuditWords
{
    /// <summary>One word: how bad it is, or what it is when it is no flaw.</summary>
    public static string Level(AuditFinding finding) => finding.Match.Category switch
    {
        AdvisoryCategory.Malware => "MALWARE",
        AdvisoryCategory.Unmaintained => "unmaintained",
        AdvisoryCategory.Unsound => "unsound",
        AdvisoryCategory.Notice => "notice",
        _ => finding.Severity switch
        {
            Severity.Critical => "CRITICAL",
            Severity.High => "HIGH",
            Severity.Medium => "medium",
            Severity.Low => "low",
            Severity.None => "none",
            _ => "unknown",
        },
    };

    /// <summary>What is to be said of something worth a look; empty when nothing is.</summary>
    public static string Of(AuditRemark remark) => remark.Kind != AuditRemarkKind.Override
        ? remark.Text
        : $"{(remark.Text.Length > 0 ? remark.Text : "no reason given")}{(remark.Newer is { } newer ? $"; {newer} is out, so it may no longer be needed" : "")}";

    /// <summary>What gets rid of it: `1.0.4, lockfile only`. Empty when that was not looked for.</summary>
    public static string Fix(AuditFinding finding) => finding.Match.Certainty == MatchCertainty.CannotTell
        ? "cannot tell whether this version is affected"
        : finding.Fix switch
        {
            null => "",
            { Effort: FixEffort.LockOnly } fix => $"{To(fix)}, lockfile only",
            { Effort: FixEffort.Manifest } fix => $"{To(fix)}, with a change of the manifest",
            { Effort: FixEffort.None } => "no release is without it",
            { Edit: not null } fix => $"{To(fix)}, only with --breaking",
            _ => finding.Match.FirstFixed is { } version ? $"needs a choice: something keeps {version} out" : "needs a choice",
        };

    private static string To(AuditFix fix) => fix.To is { } version ? $"{version}" : "goes away";
}
