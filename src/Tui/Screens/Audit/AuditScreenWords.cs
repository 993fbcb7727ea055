using System.Globalization;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Operations;
using Registry.Engine.Security;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Audit;

/// <summary>How findings are said on screen.</summary>
internal static class AuditScreenWords
{
    public static string Fixes(AuditReport report)
    {
        var proven = report.Findings.Count(finding => finding.Fix?.Edit is not null);
        return $"{Staging.Count(proven, "fix", "fixes")} for {Staging.Count(report.Findings.Count(finding => finding.IsHarmful), "finding", "findings")}";
    }

    /// <summary>`lock only`, for the list.</summary>
    public static string Fix(AuditFinding finding) => finding switch
    {
        { Match.Certainty: MatchCertainty.CannotTell } => "cannot tell",
        { Fix: null, IsHarmful: true } => "looking",
        { Fix: null } => "",
        { Fix.Effort: FixEffort.LockOnly } => "lock only",
        { Fix.Effort: FixEffort.Manifest } => "manifest",
        { Fix.Effort: FixEffort.None } => "no fix yet",
        { Fix.Edit: not null } => "needs a major",
        _ => "needs a choice",
    };

    public static string Group(DependencyGroup group) => group switch
    {
        DependencyGroup.Dev => "dev",
        DependencyGroup.Build => "build",
        _ => "",
    };

    public static Style StyleOf(AuditFinding finding) => !finding.IsHarmful ? Style.Quiet
        : finding.Weight >= Severity.High ? new Style(Ink.Problem, Ink.Default, Emphasis.Strong)
        : finding.Weight == Severity.Medium ? new Style(Ink.Notice)
        : default;

    /// <summary>Age of the oldest data that was asked.</summary>
    public static string Age(AuditReport report) => report.Sources.IsEmpty ? "no data"
        : (int)report.Sources.Max(source => source.Age).TotalDays is var days && days == 0 ? "data of today" : string.Create(CultureInfo.InvariantCulture, $"data {days} days old");

    public static string Remark(AuditRemark remark) => remark.Kind switch
    {
        AuditRemarkKind.Yanked => remark.Text.Length > 0 ? $"yanked: {remark.Text}" : "yanked by its publisher",
        AuditRemarkKind.Quarantined => remark.Text.Length > 0 ? $"quarantined: {remark.Text}" : "quarantined by its registry",
        AuditRemarkKind.Revoked => remark.Text.Length > 0 ? $"revoked: {remark.Text}" : "revoked by its registry",
        AuditRemarkKind.Override => $"forced by an override: {AuditWords.Of(remark)}",
        AuditRemarkKind.Missing => "its registry does not have it any more",
        _ => $"{remark.Newer} is newer",
    };
}
