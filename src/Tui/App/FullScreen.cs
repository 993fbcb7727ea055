using System.Globalization;
using System.Text;
using Registry.Engine.Operations;
using Registry.Tui.Screens;
using Registry.Tui.Terminal;

namespace Registry.Tui.App;

/// <summary>The full-screen face.</summary>
internal static class FullScreen
{
    /// <summary>Names a descriptor that gets a line each time the screen has settled; tests wait on it.</summary>
    private const string IdleVariable = "CAIRN_IDLE_FD";

    /// <summary>Runs until the user leaves. False where there is no terminal to draw on; then nothing was done.</summary>
    public static bool TryRun(RegistryClient client, string folder, Func<string, string?> variable)
    {
        using var terminal = variable("TERM") is "dumb" ? null : Terminals.TryOpen();
        if (terminal is null)
        {
            return false;
        }

        using var workbench = new EngineWorkbench(client, folder);
        Run(terminal, workbench, variable);
        return true;
    }

    private static void Run(ITerminal terminal, IWorkbench workbench, Func<string, string?> variable)
    {
        using var loop = new UiLoop(terminal, TerminalAbilities.From(variable), workbench, SettledSignal(variable(IdleVariable)));
        try
        {
            loop.Run();
        }
        finally
        {
            // Before anything is printed about what went wrong.
            terminal.Leave();
        }
    }

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
