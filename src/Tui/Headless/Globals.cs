using Registry.Tui.Headless.Parsing;

namespace Registry.Tui.Headless;

internal enum OutputForm
{
    Text,
    Json,
}

internal enum ProgressForm
{
    None,
    Bar,
    Json,
}

/// <summary>The flags of every verb, with the environment and the terminal weighed in.</summary>
internal sealed record Globals(
    bool IsHeadless,
    OutputForm Output,
    ProgressForm Progress,
    bool IsOffline,
    bool IsDryRun,
    bool SaysYes,
    bool IsQuiet,
    bool IsVerbose,
    bool HasColours,
    string Folder)
{
    /// <summary>The screen is lines and numbered choices.</summary>
    public bool IsPlainUi { get; init; }

    public static Globals Of(FlagValues flags, Host host)
    {
        var isHeadless = flags.Has(GlobalFlags.Headless) || !host.Out.IsTerminal;
        var output = flags.Text(GlobalFlags.Output) == "json" ? OutputForm.Json : OutputForm.Text;
        var isQuiet = flags.Has(GlobalFlags.Quiet);
        return new(
            isHeadless,
            output,
            flags.Text(GlobalFlags.Progress) switch
            {
                "none" => ProgressForm.None,
                "bar" => ProgressForm.Bar,
                "json" => ProgressForm.Json,
                _ => !flags.Has(GlobalFlags.Headless) && !isQuiet && host.Error.IsTerminal && !IsDumb(host)
                    ? ProgressForm.Bar
                    : ProgressForm.None,
            },
            flags.Has(GlobalFlags.Offline),
            flags.Has(GlobalFlags.DryRun),
            flags.Has(GlobalFlags.Yes),
            isQuiet,
            flags.Has(GlobalFlags.Verbose),
            HasColoursOn(flags, host),
            flags.Text(GlobalFlags.Directory) is { } folder ? Path.GetFullPath(folder, host.Folder) : host.Folder)
        {
            IsPlainUi = flags.Has(GlobalFlags.PlainUi),
        };
    }

    // no-color.org: NO_COLOR set and not empty; CLICOLOR=0 off, CLICOLOR_FORCE on even in a pipe.
    private static bool HasColoursOn(FlagValues flags, Host host)
    {
        if (flags.Has(GlobalFlags.NoColor) || flags.Has(GlobalFlags.Headless) || host.Variable("NO_COLOR") is { Length: > 0 })
        {
            return false;
        }

        if (host.Variable("CLICOLOR_FORCE") is { Length: > 0 } force && force != "0")
        {
            return true;
        }

        return host.Out.IsTerminal && !IsDumb(host) && host.Variable("CLICOLOR") != "0";
    }

    private static bool IsDumb(Host host) => host.Variable("TERM") == "dumb";
}
