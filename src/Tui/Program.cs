using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;
using Registry.Tui.App;
using Registry.Tui.Headless;
using Registry.Tui.Headless.Output;
using Registry.Tui.Terminal;

namespace Registry.Tui;

internal static class Program
{
    private const long AllocationBeforeCollecting = 48 << 20;

    // Bytes; a bigger configuration is read in full, which refuses it.
    private const long ConfigurationGlanceMax = 1 << 20;

    /// <summary>
    /// The fast paths come first and touch nothing else: every method compiled costs 60 µs and every assembly loaded
    /// about a millisecond (docs/decisions/0002).
    /// </summary>
    public static int Main(string[] args)
    {
        if (args.Length == 1 && args[0] is "--version" or "-V")
        {
            FileDescriptor.Out.Write(ProgramVersion.Line);
            return ExitCodes.Done;
        }

        return IsPlainInstall(args) && Folder() is { } folder && TryAnswerInstall(folder) ? ExitCodes.Done : Run(args);
    }

    /// <summary>Nothing on the command line or in the environment asks for another install or another way of printing.</summary>
    private static bool IsPlainInstall(string[] args)
    {
        var isInstall = false;
        foreach (var word in args)
        {
            if (word is not ("install" or "--headless" or "--frozen" or "--offline" or "--yes" or "-y" or "--no-color") || (isInstall && word == "install"))
            {
                return false;
            }

            isInstall |= word == "install";
        }

        return isInstall && Variable("CAIRN_OUTPUT") is null && Variable("CAIRN_DIRECTORY") is null && Variable("CAIRN_QUIET") is null;
    }

    /// <summary>An install with nothing to do, told from the stamp of the last one; in the words of the ordinary path.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAnswerInstall(string folder)
    {
        var packages = InstallStamp.CountCurrent(folder, "");
        if (packages < 0)
        {
            return false;
        }

        FileDescriptor.Out.Write(packages switch
        {
            0 => "nothing to do\n"u8,
            1 => "nothing to do: 1 package installed\n"u8,
            _ => System.Text.Encoding.UTF8.GetBytes(string.Concat("nothing to do: ", packages.ToString((IFormatProvider?)null), " packages installed\n")),
        });
        return true;
    }

    /// <summary>The working folder; null when it was deleted under the shell that is in it.</summary>
    private static string? Folder()
    {
        try
        {
            return Path.GetFullPath(".");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Not inlined, so that the fast path does not load what this needs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(string[] args)
    {
        if (Folder() is not { } folder)
        {
            FileDescriptor.Error.Write("error: the folder this shell is in was deleted\nhint: go to one that is there, with `cd`\n"u8);
            return (int)ProblemKind.Project;
        }

        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, cancellation));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, cancellation));
        var host = new Host(
            FileDescriptor.In, FileDescriptor.Out, FileDescriptor.Error, folder, Variable, Clock())
        {
            OpenScreen = OpenScreen,
            CheckKeys = FullScreen.CheckKeys,
        };
        ImmutableArray<string> words = [.. args];
        try
        {
            if (words.IsEmpty && IsPlainScreen() && TryRunScreen(host.Folder))
            {
                return ExitCodes.Done;
            }

            // Most commands end before collecting garbage could pay; one that needs more collects from then on.
            GC.TryStartNoGCRegion(AllocationBeforeCollecting);
            return Written(HeadlessProgram.RunAsync(words, host, cancellation.Token).GetAwaiter().GetResult());
        }
        catch (Exception e)
        {
            return CrashReport.Write(e, words, host, ReportFolder(folder));
        }
    }

    /// <summary>What was done is not what was told when half of it was not written: a script must not take that for an answer.</summary>
    private static int Written(int exitCode)
    {
        if (exitCode != ExitCodes.Done || !FileDescriptor.Out.HasFailed)
        {
            return exitCode;
        }

        FileDescriptor.Error.Write("error: the output could not be written: no room on its disk, or its device has gone\nhint: free some space, then run the command again\n"u8);
        return (int)ProblemKind.Unavailable;
    }

    /// <summary>Nothing in the environment asks for another face, folder or source: the words need no reading.</summary>
    private static bool IsPlainScreen() => Variable("CAIRN_HEADLESS") is null && Variable("CAIRN_OUTPUT") is null
        && Variable("CAIRN_DIRECTORY") is null && Variable("CAIRN_OFFLINE") is null;

    /// <summary>The screen without the table of verbs, whose compiling is a quarter of the way to the first frame.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryRunScreen(string folder)
    {
        ClientSettings settings;
        ScreenSurroundings surroundings;
        try
        {
            settings = ClientSettings.For(Variable);
            surroundings = Surroundings(settings.Folders, false);
        }
        catch (ProblemException)
        {
            // Nothing says where the home is, or a setting is wrong: the ordinary way tells.
            return false;
        }

        var client = new RegistryClient(settings with { Clock = Clock(), Version = ProgramVersion.Text });
        try
        {
            return FullScreen.TryRun(client, new(folder), null, [], surroundings, out _);
        }
        finally
        {
            client.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static ScreenEnd OpenScreen(ScreenCall call) =>
        !FullScreen.TryRun(call.Client, call.Request, call.Command, call.Edits, Surroundings(ClientSettings.For(Variable).Folders, call.IsPlain), out var hasChanged) ? ScreenEnd.NotOpened
        : hasChanged ? ScreenEnd.Changed
        : ScreenEnd.Unchanged;

    private static ScreenSurroundings Surroundings(UserFolders folders, bool isPlain)
    {
        var hasSettings = HasScreenSettings(folders);
        var settings = hasSettings ? ScreenSettingsOf(folders) : ScreenSettings.Usual;
        return new(Variable, isPlain ? settings with { View = ScreenView.Plain } : settings, hasSettings)
        {
            Lines = new(FileDescriptor.In.ReadLine, text => FileDescriptor.Out.Write(System.Text.Encoding.UTF8.GetBytes(text))),
        };
    }

    /// <summary>Most users say nothing about the screen: then the first frame need not wait for a configuration to be understood.</summary>
    private static bool HasScreenSettings(UserFolders folders)
    {
        foreach (var name in ScreenSettings.Names)
        {
            if (Variable(name) is { Length: > 0 })
            {
                return true;
            }
        }

        var file = new FileInfo(folders.ConfigurationFile);
        return file.Exists && (file.Length > ConfigurationGlanceMax || SaysSomething(File.ReadAllBytes(file.FullName)));
    }

    private static bool SaysSomething(ReadOnlySpan<byte> configuration) =>
        configuration.IndexOf("ui"u8) >= 0 || configuration.IndexOf("keys"u8) >= 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ScreenSettings ScreenSettingsOf(UserFolders folders)
    {
        var configuration = UserConfiguration.Read(folders, Variable, new Dictionary<string, string>());
        var settings = ScreenSettings.From(name => configuration.Get(name).Value);
        return Variable(ScreenSettings.ViewVariable) == "plain" ? settings with { View = ScreenView.Plain } : settings;
    }

    /// <summary>The system's, moved so that it starts at the time CAIRN_NOW says: ages on recorded screens stay true.</summary>
    private static TimeProvider Clock() =>
        DateTimeOffset.TryParse(Variable("CAIRN_NOW"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var now)
            ? new MovedClock(now - TimeProvider.System.GetUtcNow())
            : TimeProvider.System;

    private sealed class MovedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    /// <summary>In the user's cache; in the project's own folder when nothing says where that is.</summary>
    private static string ReportFolder(string folder)
    {
        try
        {
            return ClientSettings.For(Variable).ReportFolder;
        }
        catch (ProblemException)
        {
            return Path.Combine(folder, ".cairn");
        }
    }

    /// <summary>The first Ctrl-C asks the work to stop and clean up; the second ends the process at once.</summary>
    private static void Cancel(PosixSignalContext context, CancellationTokenSource cancellation)
    {
        context.Cancel = !cancellation.IsCancellationRequested;
        cancellation.Cancel();
    }

#pragma warning disable RS0030 // The one place that reads the environment; everything else takes values.
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030
}
