using System.Collections.Immutable;

namespace Registry.Tui.Headless;

/// <summary>The flags every verb takes, before or after the verb.</summary>
internal static class GlobalFlags
{
    public const string Headless = "--headless";
    public const string Output = "--output";
    public const string Progress = "--progress";
    public const string Offline = "--offline";
    public const string DryRun = "--dry-run";
    public const string Yes = "--yes";
    public const string Quiet = "--quiet";
    public const string Verbose = "--verbose";
    public const string NoColor = "--no-color";
    public const string PlainUi = "--plain-ui";
    public const string Directory = "--directory";
    public const string Help = "--help";
    public const string Version = "--version";

    public static ImmutableArray<VerbFlag> All { get; } =
    [
        new(Headless, "never draw, ask or colour; implied without a terminal") { Variable = "CAIRN_HEADLESS" },
        new(Output, "what to print on standard output", "FORM") { Choices = ["text", "json"], Variable = "CAIRN_OUTPUT" },
        new(Progress, "how to show long work on standard error", "FORM") { Choices = ["none", "bar", "json"], Variable = "CAIRN_PROGRESS" },
        new(Offline, "use only what is on this machine, and say what is missing") { Variable = "CAIRN_OFFLINE" },
        new(DryRun, "plan and print, change nothing"),
        new(Yes, "do not ask") { Short = "-y", Variable = "CAIRN_YES" },
        new(Quiet, "print only answers and problems") { Short = "-q", Variable = "CAIRN_QUIET" },
        new(Verbose, "print more: places, hashes, addresses, durations") { Short = "-v", Variable = "CAIRN_VERBOSE" },
        new(NoColor, "no colours; NO_COLOR and CLICOLOR=0 say the same"),
        new(PlainUi, "talk in lines and numbered choices instead of a full screen; CAIRN_UI=plain says the same"),
        new(Directory, "work in this folder instead of the current one", "DIR", Offer.Folders) { Short = "-C", Variable = "CAIRN_DIRECTORY" },
        new(Help, "show help for the verb") { Short = "-h" },
        new(Version, "print the version") { Short = "-V" },
    ];
}
