using System.Text;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Headless.Output;

/// <summary>Shows facts about work under way on standard error. Reports come from any thread.</summary>
internal abstract class ProgressReporter : IProgress<ProgressEvent>, IDisposable
{
    public static ProgressReporter For(Session session) => session.Globals.Progress switch
    {
        ProgressForm.Json => new ProgressLines(session.Host.Error),
        ProgressForm.Bar => new ProgressBar(session.Host.Error, session.Error, session.Host.Clock),
        _ => new ProgressNotices(session),
    };

    public abstract void Report(ProgressEvent value);

    /// <summary>Takes a drawing off the terminal, so that something else can be printed or asked.</summary>
    public virtual void Pause()
    {
    }

    public void Dispose() => Pause();
}

/// <summary>Only what the user should know.</summary>
internal sealed class ProgressNotices(Session session) : ProgressReporter
{
    private readonly Lock _lock = new();

    public override void Report(ProgressEvent value)
    {
        if (value is ProgressEvent.Noticed(var problem) && session.Globals is { IsQuiet: false, Output: OutputForm.Text })
        {
            lock (_lock)
            {
                ProblemText.PrintNotice(session.Error, problem);
                session.Error.Flush();
            }
        }
    }
}

/// <summary>One JSON document a line (docs/schemas/progress.json).</summary>
internal sealed class ProgressLines(IOutput output) : ProgressReporter
{
    private readonly Lock _lock = new();

    public override void Report(ProgressEvent value)
    {
        lock (_lock)
        {
            JsonDocuments.WriteLine(output, new ProgressReport(value));
        }
    }
}

/// <summary>One line that is drawn over and over, at most ten times a second and only once the work takes a while.</summary>
internal sealed class ProgressBar(IOutput output, Printer notices, TimeProvider clock) : ProgressReporter
{
    private const int BarCells = 24;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly long _start = clock.GetTimestamp();
    private readonly Dictionary<PackageId, long> _downloads = [];
    private long _drawn;
    private bool _isShown;
    private string _what = "";
    private long _done;
    private long _total;

    public override void Report(ProgressEvent value)
    {
        lock (_lock)
        {
            if (value is ProgressEvent.Noticed(var problem))
            {
                Clear();
                ProblemText.PrintNotice(notices, problem);
                notices.Flush();
                return;
            }

            Take(value);
            if (clock.GetElapsedTime(_start) > Patience && (_drawn == 0 || clock.GetElapsedTime(_drawn) > Pace))
            {
                _drawn = clock.GetTimestamp();
                Draw();
            }
        }
    }

    public override void Pause()
    {
        lock (_lock)
        {
            Clear();
        }
    }

    private void Take(ProgressEvent value)
    {
        switch (value)
        {
            case ProgressEvent.ResolutionStarted(var direct):
                (_what, _done, _total) = ($"resolving {direct} dependencies", 0, 0);
                break;
            case ProgressEvent.MetadataAdvanced(var received, var waiting):
                (_what, _done, _total) = ("reading package lists", received, received + waiting);
                break;
            case ProgressEvent.ApplyStarted(var fetch, var bytes, _):
                (_what, _done, _total) = ($"fetching {fetch} packages", 0, bytes);
                break;
            case ProgressEvent.DownloadAdvanced(var package, var received, _):
                _done += received - _downloads.GetValueOrDefault(package);
                _downloads[package] = received;
                break;
            case ProgressEvent.PackageInstalled:
                (_what, _done, _total) = ("installing", _what == "installing" ? _done + 1 : 1, 0);
                break;
            case ProgressEvent.StepAdvanced(var what, var done, var total):
                (_what, _done, _total) = (what, done, total);
                break;
        }
    }

    private void Draw()
    {
        var filled = _total > 0 ? (int)Math.Clamp(_done * BarCells / _total, 0, BarCells) : 0;
        var bar = _total > 0 ? $" [{new string('#', filled)}{new string('.', BarCells - filled)}] {_done * 100 / Math.Max(1, _total)}%" : _done > 0 ? $" {_done}" : "";
        output.Write(Encoding.UTF8.GetBytes($"\r\u001b[K{Wrapping.Clip(Printable.Of(_what), notices.Width - bar.Length - 1)}{bar}"));
        _isShown = true;
    }

    private void Clear()
    {
        if (_isShown)
        {
            output.Write("\r\u001b[K"u8);
            _isShown = false;
        }
    }
}
