using System.Globalization;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Activity;

/// <summary>How far a job is and how long it takes, in words.</summary>
internal static class JobText
{
    private static readonly TimeSpan guessAfter = TimeSpan.FromSeconds(2);

    // Per hundred: before that a guess is worth nothing.
    private const int GuessFrom = 10;

    /// <summary>`84 ms`, `1.9 s`, `2 min 5 s`.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N1} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
    };

    /// <summary>`9/14`, `9/14  5 of 8 MB  ~2 s`; empty while nothing is known.</summary>
    public static string Progress(Job job, DateTimeOffset now)
    {
        var progress = job.Progress;
        var parts = new List<string>();
        if (progress.Total > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{progress.Done:N0}/{progress.Total:N0}"));
        }

        if (progress.BytesToFetch > 0)
        {
            parts.Add(Of(progress.BytesHere, progress.BytesToFetch));
        }

        if (Left(job, now) is { } left)
        {
            parts.Add(left.TotalSeconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"~{left.TotalSeconds:N0} s") : $"~{Of(left)}");
        }

        return job.IsStopping ? "stopping" : string.Join("  ", parts);
    }

    /// <summary>`5.2 of 8.8 MB`; only what is here when nobody said how much there is.</summary>
    public static string Of(long bytes, long total)
    {
        var (unit, divisor) = Math.Max(bytes, total) switch
        {
            < 10_000 => ("B", 1.0),
            < 1_000_000 => ("kB", 1_000.0),
            _ => ("MB", 1_000_000.0),
        };
        var digits = unit == "MB" ? "N1" : "N0";
        var here = (bytes / divisor).ToString(digits, CultureInfo.InvariantCulture);
        return total > 0 ? $"{here} of {(total / divisor).ToString(digits, CultureInfo.InvariantCulture)} {unit}" : $"{here} {unit}";
    }

    /// <summary>Bytes in a second, since it began; null while nothing came.</summary>
    public static string? Rate(Job job, DateTimeOffset now) => job.Progress.BytesHere > 0 && job.Elapsed(now).TotalSeconds >= 0.5
        ? $"{Of((long)(job.Progress.BytesHere / job.Elapsed(now).TotalSeconds), 0)}/s"
        : null;

    /// <summary>The time it will still take, as far as that can be told; in whole seconds.</summary>
    public static TimeSpan? Left(Job job, DateTimeOffset now)
    {
        var (done, total) = job.Progress.BytesToFetch > 0 ? (job.Progress.BytesHere, job.Progress.BytesToFetch) : (job.Progress.Done, job.Progress.Total);
        var elapsed = job.Elapsed(now);
        return elapsed >= guessAfter && total > 0 && done < total && done * 100 >= total * GuessFrom
            ? TimeSpan.FromSeconds(Math.Ceiling(elapsed.TotalSeconds * (total - done) / done))
            : null;
    }

    /// <summary>`[####......] 9/14  59%`, as wide as asked for.</summary>
    public static string Bar(Job job, int width)
    {
        var progress = job.Progress;
        if (progress.Total <= 0)
        {
            return "";
        }

        var figures = string.Create(CultureInfo.InvariantCulture, $"] {progress.Done:N0}/{progress.Total:N0}  {progress.Done * 100 / progress.Total}%");
        var room = Math.Clamp(width - figures.Length - 1, 4, 28);
        var filled = (int)(Math.Clamp(progress.Done, 0, progress.Total) * room / progress.Total);
        return $"[{new string('#', filled)}{new string('.', room - filled)}{figures}";
    }

    /// <summary>The time of day, or the day when that is another one.</summary>
    public static string When(DateTimeOffset at, DateTimeOffset now)
    {
        var local = at.ToOffset(now.Offset);
        return local.Date == now.Date ? local.ToString("HH:mm", CultureInfo.InvariantCulture)
            : local.Date == now.Date.AddDays(-1) ? "yesterday"
            : local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>The moment, with the day when that is another one.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now) =>
        at.ToOffset(now.Offset).Date == now.Date ? Time(at, now) : $"{When(at, now)} {Time(at, now)}";

    /// <summary>The time of day of a job, with seconds.</summary>
    public static string Time(DateTimeOffset at, DateTimeOffset now) => at.ToOffset(now.Offset).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
