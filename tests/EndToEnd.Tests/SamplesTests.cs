using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Registry.Testing;

namespace Registry.EndToEnd.Tests;

/// <summary>The samples as a newcomer uses them: with the real program, a real compiler and a real web server.</summary>
public sealed class SamplesTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public SamplesTests() => Copy(Path.Combine(Repository.Root, "samples"), _sandbox.At("samples"));

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void The_consumer_compiles_and_runs_from_packages()
    {
        Assert.SkipUnless(Has("cc"), "there is no C compiler here");
        Cairn("tidelog", "install --frozen");

        var printed = Run("sh", "build.sh", "tidelog");

        Assert.Contains("3 checks hold, 0 do not", printed, StringComparison.Ordinal);
        Assert.Matches("Cuxhaven +4 +298 +308.5 +340", printed);
    }

    [Fact]
    public void The_feed_is_made_of_its_sources_to_the_byte()
    {
        Assert.SkipUnless(Has("awk") && Has("bash"), "the script needs bash and awk");
        var committed = Files(_sandbox.At("samples/feed"));

        Run("bash", $"build-feed.sh {ProgramFile} feed", ".");

        Assert.Equal(committed, Files(_sandbox.At("samples/feed")));
    }

    [Fact]
    public void Served_by_any_web_server_the_feed_gives_the_same_and_afterwards_without_it()
    {
        Assert.SkipUnless(Has("python3"), "there is no python3 here");
        var port = FreePort();
        var manifest = _sandbox.At("samples/tidelog/cairn.toml");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("../feed", $"http://127.0.0.1:{port}", StringComparison.Ordinal));
        var lockfile = File.ReadAllText(_sandbox.At("samples/tidelog/cairn.lock"));
        File.Delete(_sandbox.At("samples/tidelog/cairn.lock"));
        using (var server = Start("python3", $"-u -m http.server {port} --bind 127.0.0.1 -d feed", "."))
        {
            // Its first line says that it listens.
            server.StandardOutput.ReadLine();
            Cairn("tidelog", "install");
            server.Kill();
            server.WaitForExit();
        }

        Assert.Equal(lockfile, File.ReadAllText(_sandbox.At("samples/tidelog/cairn.lock")));
        Directory.Delete(_sandbox.At("samples/tidelog/packages"), recursive: true);
        Cairn("tidelog", "install --offline");
        Assert.True(File.Exists(_sandbox.At("samples/tidelog/packages/csv/src/csv.c")));
    }

    private static string ProgramFile => Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cairn.exe" : "cairn");

    private string Cairn(string folder, string arguments) => Run(ProgramFile, $"--headless {arguments}", folder);

    private string Run(string program, string arguments, string folder)
    {
        using var process = Start(program, arguments, folder);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: {process.ExitCode}\n{output}\n{errors.Result}");
        return output;
    }

    private Process Start(string program, string arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.GetFullPath(_sandbox.At(Path.Combine("samples", folder))),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CAIRN_HOME"] = _sandbox.At("home");
        return Process.Start(start)!;
    }

    private static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Dictionary<string, string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file)));

    private static void Copy(string from, string to)
    {
        string[] made = ["packages", "out", ".cairn"];
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        // What an install or a build in the checkout left is not part of the samples; the sources at the top are.
        foreach (var folder in Directory.EnumerateDirectories(from))
        {
            if (!made.Contains(Path.GetFileName(folder)) || Path.GetFileName(from) == "samples")
            {
                Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
            }
        }
    }
}
