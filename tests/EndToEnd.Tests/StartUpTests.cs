using System.Diagnostics;
using System.Globalization;
using Registry.Testing;
using Registry.Tui;

namespace Registry.EndToEnd.Tests;

/// <summary>The fast paths compile next to nothing; each method costs 60 µs (docs/decisions/0002).</summary>
public sealed class StartUpTests
{
    private const int VersionMethodsMax = 15;
    private const int NoOpInstallMethodsMax = 40;

    [Fact]
    public void The_version_compiles_next_to_nothing()
    {
        using var sandbox = new Sandbox();

        var (output, methods) = Run(sandbox, sandbox.Path, "--version");

        Assert.Equal("cairn 0.1.0\n", output);
        Assert.InRange(methods, 0, VersionMethodsMax);
    }

    [Fact]
    public void An_install_with_nothing_to_do_compiles_next_to_nothing()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("cairn.toml", "[package]\nname = \"app\"\nversion = \"1.0.0\"\n");
        Run(sandbox, sandbox.Path, "install");

        var (output, methods) = Run(sandbox, sandbox.Path, "install");

        Assert.StartsWith("nothing to do", output, StringComparison.Ordinal);
        Assert.InRange(methods, 0, NoOpInstallMethodsMax);
    }

    [Fact]
    public void A_working_folder_that_was_deleted_is_said_in_a_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a folder in use cannot be deleted there");
        using var sandbox = new Sandbox();
        Directory.CreateDirectory(sandbox.At("gone"));

        var (exitCode, said) = Shell(sandbox, sandbox.At("gone"), "rmdir ../gone; exec dotnet exec \"$0\" install");

        Assert.Equal(3, exitCode);
        Assert.StartsWith("error: the folder", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_finds_no_room_is_no_success_but_a_reader_that_leaves_is()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs a device that is full");
        using var sandbox = new Sandbox();

        var (full, said) = Shell(sandbox, sandbox.Path, "exec dotnet exec \"$0\" help >/dev/full");
        var (left, _) = Shell(sandbox, sandbox.Path, "{ dotnet exec \"$0\" help; echo $? >&3; } 3>code | true; exit $(cat code)");

        Assert.Equal(5, full);
        Assert.StartsWith("error: the output could not be written", said, StringComparison.Ordinal);
        Assert.Equal(0, left);
    }

    private static (int ExitCode, string Error) Shell(Sandbox sandbox, string folder, string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, typeof(Program).Assembly.Location]) { RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["CAIRN_HOME"] = sandbox.At("home");
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    private static (string Output, int Methods) Run(Sandbox sandbox, string folder, params string[] arguments)
    {
        var file = sandbox.At("methods");
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartUpTests).Assembly.Location;
        start.Environment[StartupHook.FileVariable] = file;
        start.Environment["CAIRN_HOME"] = sandbox.At("home");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return (output, int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
    }
}
