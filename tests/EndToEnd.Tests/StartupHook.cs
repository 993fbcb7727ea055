using System.Globalization;
using System.Runtime;

/// <summary>
/// Loaded by the runtime into the program under test (DOTNET_STARTUP_HOOKS, which wants this name and no namespace):
/// writes how many methods were compiled after it. Unlike a time, that does not vary with the load of the machine.
/// </summary>
internal static class StartupHook
{
    public const string FileVariable = "CAIRN_TEST_METHODS_FILE";

    public static void Initialize()
    {
        var file = Environment.GetEnvironmentVariable(FileVariable)!;
        var before = JitInfo.GetCompiledMethodCount();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            var count = JitInfo.GetCompiledMethodCount() - before;
            File.WriteAllText(file, count.ToString(CultureInfo.InvariantCulture));
        };
    }
}
