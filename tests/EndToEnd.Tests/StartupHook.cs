using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

/// <summary>
/// Loaded by the runtime into the program under test (DOTNET_STARTUP_HOOKS, which wants this name and no namespace):
/// writes how many methods were compiled after it, and lets the program die of a bug when a signal asks for one. Unlike a
/// time, the number does not vary with the load of the machine.
/// </summary>
internal static class StartupHook
{
    public const string FileVariable = "CAIRN_TEST_METHODS_FILE";

    /// <summary>`exception`, `overflow` or `fail-fast`: what SIGUSR2 does.</summary>
    public const string DeathVariable = "CAIRN_TEST_DEATH";

    private const int UserSignal = 12;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(DeathVariable) is { } death)
        {
            // Kept for as long as the process lives. The signal itself must not end it.
            AppDomain.CurrentDomain.SetData(DeathVariable, PosixSignalRegistration.Create((PosixSignal)UserSignal, context =>
            {
                context.Cancel = true;
                new Thread(() => Die(death)).Start();
            }));
        }

        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file)
        {
            return;
        }

        var before = JitInfo.GetCompiledMethodCount();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            var count = JitInfo.GetCompiledMethodCount() - before;
            File.WriteAllText(file, count.ToString(CultureInfo.InvariantCulture));
        };
    }

    private static void Die(string death)
    {
        switch (death)
        {
            case "overflow":
                Recurse(1);
                break;
            case "fail-fast":
                Environment.FailFast("asked for by a test");
                break;
            default:
                throw new InvalidOperationException("asked for by a test");
        }
    }

    private static int Recurse(int depth) => depth == 0 ? 0 : Recurse(depth + 1) + 1;
}
