using System.Diagnostics;
using Registry.Testing;

namespace Registry.EndToEnd.Tests;

/// <summary>The fast paths stay fast: methods compiled at start are counted, since that does not vary with the load of the machine.</summary>
public sealed class StartUpTests : IDisposable
{
    private const int MethodsMax = 30;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Version_and_an_install_with_nothing_to_do_compile_next_to_nothing()
    {
        _sandbox.Write("p/cairn.toml", "[package]\nname = \"app\"\nversion = \"1.0.0\"\n");
        Assert.InRange(MethodsCompiledBy("install"), MethodsMax + 1, int.MaxValue);

        Assert.InRange(MethodsCompiledBy("install"), 1, MethodsMax);
        Assert.InRange(MethodsCompiledBy("--version"), 1, MethodsMax);
    }

    private int MethodsCompiledBy(string arguments)
    {
        var listing = _sandbox.At($"{arguments.Trim('-')}.jit");
        File.Delete(listing);
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cairn.exe" : "cairn");
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _sandbox.At("p"), RedirectStandardOutput = true };
        start.Environment["CAIRN_HOME"] = _sandbox.At("home");
        start.Environment["DOTNET_JitStdOutFile"] = listing;
        start.Environment["DOTNET_JitDisasmSummary"] = "1";
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return File.ReadLines(listing).Count();
    }
}
