using System.Text.Json;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless;

/// <summary>One run of the program: where it prints, how it answers, what it may ask.</summary>
internal sealed class Session
{
    private const int DefaultWidth = 80;

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

    public Printer Out { get; }

    public Printer Error { get; }

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
            ProblemText.Print(Error, problem);
            Error.Flush();
        }

        return problem.Kind.ExitCode();
    }
}
