using System.Text.Json;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless;

/// <summary>One run of the program: where it prints, how it answers, what it may ask.</summary>
internal sealed class Session : IAsyncDisposable
{
    private const int DefaultWidth = 80;

    private RegistryClient? _client;

    public Session(Host host, Globals globals)
    {
        Host = host;
        Globals = globals;
        var width = host.Out.Columns ?? (int.TryParse(host.Variable("COLUMNS"), out var columns) ? columns : DefaultWidth);
        Out = new(host.Out, globals.HasColours ? Paint.Colours : Paint.Plain, width);
        Error = new(host.Error, globals.HasColours && host.Error.IsTerminal ? Paint.Colours : Paint.Plain, width);
    }

    public Host Host { get; }

    public Globals Globals { get; }

    /// <summary>The command line that a conflict's repairs are applied with.</summary>
    public string Command { get; init; } = "cairn install";

    public Printer Out { get; }

    public Printer Error { get; }

    /// <summary>Made when first asked for; most verbs of one word need none.</summary>
    public RegistryClient Client => _client ??= new(ClientSettings.For(Host.Variable) with
    {
        Clock = Host.Clock,
        IsOffline = Globals.IsOffline,
        Version = ProgramVersion.Text,
        Http = Host.Http,
    });

    /// <summary>Whether lines are cut to the width: only where a person looks at them.</summary>
    public Clipping Clipping => Host.Out.IsTerminal ? Clipping.ToWidth : Clipping.None;

    /// <summary>Prints an answer in the form asked for.</summary>
    public int Answer(IReport report, Action<Printer> text)
    {
        if (Globals.Output == OutputForm.Json)
        {
            JsonDocuments.Write(Host.Out, report);
        }
        else
        {
            text(Out);
            Out.Flush();
        }

        return ExitCodes.Done;
    }

    /// <summary>For work that is a part of another.</summary>
    public IProgress<Engine.Progress.ProgressEvent> Progress => ProgressReporter.For(this);

    /// <summary>Runs a query, prints its answer or its problem, and says the exit code.</summary>
    public Task<int> AnswerAsync<TReport>(Query<TReport> query, Action<Printer, TReport> text, CancellationToken cancellation)
        where TReport : IReport => AnswerAsync(query, text, _ => ExitCodes.Done, cancellation);

    /// <param name="exitCode">What the report means for a script.</param>
    public async Task<int> AnswerAsync<TReport>(
        Query<TReport> query, Action<Printer, TReport> text, Func<TReport, int> exitCode, CancellationToken cancellation)
        where TReport : IReport
    {
        using var progress = ProgressReporter.For(this);
        var outcome = await query.RunAsync(progress, cancellation).ConfigureAwait(false);
        progress.Dispose();
        switch (outcome)
        {
            case Outcome<TReport>.Done(var report):
                Answer(report, printer => text(printer, report));
                return exitCode(report);
            case Outcome<TReport>.Failed(var problem):
                return Fail(problem);
            default:
                return Cancelled();
        }
    }

    /// <summary>Plans a change, shows the plan, asks where that is right, applies it and prints what was done.</summary>
    public async Task<int> ChangeAsync<TPlan, TReport>(
        Change<TPlan, TReport> change, ChangeTexts<TPlan, TReport> texts, CancellationToken cancellation)
        where TPlan : IReport
        where TReport : IReport
    {
        using var progress = ProgressReporter.For(this);
        var isPlanOnly = false;
        var outcome = await change.RunAsync(
            async (plan, stop) =>
            {
                progress.Pause();
                isPlanOnly = Globals.IsDryRun;
                return isPlanOnly ? ShowPlan(texts.Weigh is { } weigh ? await weigh(Client, plan, stop).ConfigureAwait(false) : plan, texts) : Approves(plan, texts);
            },
            progress, cancellation).ConfigureAwait(false);
        progress.Dispose();
        switch (outcome)
        {
            case Outcome<TReport>.Done(var report):
                if (Globals is not { IsQuiet: true, Output: OutputForm.Text })
                {
                    Answer(report, printer => texts.Report(printer, report));
                }

                return texts.ExitCode(report);
            case Outcome<TReport>.Failed({ Detail: NoResolutionDetail conflict } problem) when texts.Choose is { } choose && CanChoose:
                return await choose(problem, conflict).ConfigureAwait(false);
            case Outcome<TReport>.Failed(var problem):
                return Fail(problem);
            case Outcome<TReport>.Declined:
                return isPlanOnly ? ExitCodes.Done : Declined();
            default:
                return Cancelled();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Opens the full-screen face on a project, where there is a terminal for it.</summary>
    public bool OpensScreen(ChangeRequest request) => Host.OpenScreen?.Invoke(new(Client, request) { IsPlain = Globals.IsPlainUi }) is ScreenEnd.Unchanged or ScreenEnd.Changed;

    /// <summary>Whether there is somebody to ask.</summary>
    public bool CanAsk => !Globals.IsHeadless && Host.In.IsTerminal;

    /// <summary>Whether somebody reads what goes wrong and can say what to do about it.</summary>
    private bool CanChoose => CanAsk && Host.Error.IsTerminal && Globals is { SaysYes: false, IsDryRun: false, IsQuiet: false, Output: OutputForm.Text };

    /// <summary>Asks on the terminal for a word; empty at the end of input.</summary>
    public string AskFor(string question)
    {
        Out.Flush();
        Error.Flush();
        Host.Error.Write(System.Text.Encoding.UTF8.GetBytes($"{question} "));
        return Host.In.ReadLine()?.Trim().ToLowerInvariant() ?? "";
    }

    /// <summary>Asks on the terminal; yes when there is nobody to ask, as in a script, or when --yes has answered already.</summary>
    public bool Asks(string question)
    {
        if (!CanAsk || Globals.SaysYes)
        {
            return true;
        }

        return AskFor($"{question} [Y/n]") is "" or "y" or "yes";
    }

    /// <summary>Prints a problem in the form asked for and says its exit code.</summary>
    public int Fail(Problem problem)
    {
        Out.Flush();
        if (Globals.Output == OutputForm.Json)
        {
            JsonDocuments.Write(Host.Out, new ProblemReport(problem));
        }
        else
        {
            if (problem.Detail is NoResolutionDetail conflict)
            {
                ConflictText.Print(Error, conflict, Command);
            }
            else
            {
                ProblemText.Print(Error, problem);
            }

            Error.Flush();
        }

        return problem.Kind.ExitCode();
    }

    private bool ShowPlan<TPlan, TReport>(TPlan plan, ChangeTexts<TPlan, TReport> texts)
        where TPlan : IReport
    {
        Answer(plan, printer => texts.Plan(printer, plan));
        return false;
    }

    private bool Approves<TPlan, TReport>(TPlan plan, ChangeTexts<TPlan, TReport> texts)
        where TPlan : IReport
    {
        if (!CanAsk || Globals.SaysYes || !texts.NeedsApproval(plan))
        {
            return true;
        }

        texts.Plan(Error, plan);
        return Asks(texts.Question);
    }

    private int Declined()
    {
        Error.Line("nothing was changed");
        Error.Flush();
        return ExitCodes.No;
    }

    private int Cancelled()
    {
        Out.Flush();
        Error.Line("cancelled; nothing was changed");
        Error.Flush();
        return ExitCodes.Cancelled;
    }
}
