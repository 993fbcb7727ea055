using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.App.Plain;
using Registry.Tui.Screens;
using Registry.Tui.Screens.CustomKeys;
using Registry.Tui.Terminal;

namespace Registry.Tui.App;

/// <summary>The full-screen face.</summary>
internal static class FullScreen
{
    /// <summary>Names a descriptor that gets a line each time the screen has settled; tests wait on it.</summary>
    private const string IdleVariable = "CAIRN_IDLE_FD";

    /// <summary>Runs until the user leaves. False where there is no terminal to draw on; then nothing was done.</summary>
    /// <param name="conflicting">The command whose conflict is shown first, as the one step staged; null to show the project.</param>
    /// <param name="edits">What that command asked for.</param>
    /// <param name="hasChanged">A plan was applied and not taken back.</param>
    public static bool TryRun(
        RegistryClient client, ChangeRequest request, string? conflicting, ImmutableArray<ProjectEdit> edits, ScreenSurroundings surroundings, out bool hasChanged)
    {
        hasChanged = false;
        if (surroundings.Variable("TERM") is "dumb" || !Terminals.ArePossible)
        {
            return false;
        }

        using var workbench = new EngineWorkbench(client, request);
        workbench.Begin();
        ImmutableArray<PlanStep> staged = conflicting is null ? [] : [new PlanStep('~', conflicting, null, edits)];
        if (surroundings.Settings.View == ScreenView.Plain)
        {
            hasChanged = RunPlain(client, workbench, staged, surroundings);
            return true;
        }

        using var terminal = Terminals.TryOpen();
        if (terminal is null)
        {
            return false;
        }

        hasChanged = Run(client, terminal, workbench, staged, surroundings);
        return true;
    }

    /// <summary>What is wrong with the keys of a configuration; for who asks without a screen.</summary>
    public static ImmutableArray<Problem> CheckKeys(KeySettings keys) => KeyMapReader.Read(keys).Problems;

    private static bool Run(RegistryClient client, ITerminal terminal, IWorkbench workbench, ImmutableArray<PlanStep> staged, ScreenSurroundings surroundings)
    {
        var conversation = new Conversation(TerminalAbilities.From(surroundings.Variable), surroundings.Settings, client.Settings.Clock);
        var (keys, problems) = KeysOf(client, surroundings);
        using var loop = new UiLoop(terminal, conversation, workbench, client.Settings.Clock, Browser.Find(surroundings.Variable), SettledSignal(surroundings.Variable(IdleVariable)))
        {
            Keys = keys,
            KeyProblems = problems,
            Motion = surroundings.Settings.Motion,
        };
        try
        {
            return loop.Run(staged);
        }
        finally
        {
            // Before anything is printed about what went wrong.
            terminal.Leave();
        }
    }

    private static bool RunPlain(RegistryClient client, IWorkbench workbench, ImmutableArray<PlanStep> staged, ScreenSurroundings surroundings)
    {
        using var loop = new PlainLoop(
            surroundings.Lines, workbench, client.Settings.Clock, Browser.Find(surroundings.Variable), KeysOf(client, surroundings).Keys,
            SettledSignal(surroundings.Variable(IdleVariable)));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            loop.Interrupt();
        });
        return loop.Run(staged);
    }

    private static (KeyMap Keys, ImmutableArray<Problem> Problems) KeysOf(RegistryClient client, ScreenSurroundings surroundings) =>
        surroundings.HasKeys ? KeyMapReader.Read(client.ReadKeys()) : (KeyMap.Default, []);

    private static Action? SettledSignal(string? descriptor)
    {
        if (OperatingSystem.IsWindows() || !int.TryParse(descriptor, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var count = 0;
        return () => Terminals.WriteLine(number, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{++count}\n")));
    }
}
