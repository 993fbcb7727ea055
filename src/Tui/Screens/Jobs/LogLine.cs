using System.Globalization;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Jobs;

/// <summary>One line of what a job did.</summary>
/// <param name="Sign">`✓` for what is done, `!` for what to know, a space for the rest.</param>
internal sealed record LogLine(DateTimeOffset At, char Sign, string Text)
{
    /// <summary>Null for what is only a count on the way.</summary>
    public static LogLine? Of(ProgressEvent progress, DateTimeOffset now) => progress switch
    {
        ProgressEvent.ResolutionStarted => new(now, ' ', "resolving"),
        ProgressEvent.ResolutionEnded ended => new(now, '✓', string.Create(CultureInfo.InvariantCulture, $"resolved to {ended.Packages} packages in {ended.Elapsed.TotalMilliseconds:N0} ms")),
        ProgressEvent.DownloadEnded ended => new(now, '✓', $"fetched {ended.Package}, verified"),
        ProgressEvent.PackageInstalled installed => new(now, '✓', $"installed {installed.Package}"),
        ProgressEvent.PackageRemoved removed => new(now, '-', $"removed {removed.Package}"),
        ProgressEvent.StepAdvanced step => new(now, ' ', step.What),
        ProgressEvent.Noticed noticed => new(now, '!', noticed.Problem.Message),
        _ => null,
    };
}
