using Registry.Engine.Operations;

namespace Registry.Tui.Screens.Review;

/// <summary>What a change did, in a few words.</summary>
internal static class ChangeSummary
{
    /// <summary>What a plan is about to do.</summary>
    public static string Of(ChangePlan plan) => plan.Lock.IsEmpty
        ? $"{Staging.Count(plan.ToInstall.Length, "package", "packages")} to install"
        : $"{Staging.Count(plan.Lock.Changes.Length, "change", "changes")} in the lock";

    public static string Of(ChangeReport report)
    {
        var parts = new List<string>();
        if (!report.Lock.IsEmpty)
        {
            parts.Add($"{Staging.Count(report.Lock.Changes.Length, "change", "changes")} in the lock");
        }

        if (!report.Installed.IsEmpty || report.Removed.IsEmpty)
        {
            parts.Add($"{Staging.Count(report.Installed.Length, "package", "packages")} installed");
        }

        if (!report.Removed.IsEmpty)
        {
            parts.Add($"{Staging.Count(report.Removed.Length, "package", "packages")} removed");
        }

        return string.Join(", ", parts);
    }
}
