using System.Diagnostics;
using System.Globalization;
using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Sources.Writing;
using Registry.Testing;

namespace Registry.EndToEnd.Tests;

/// <summary>
/// Kills the real program at random moments of an install. CAIRN_KILLS says how often (tests/kill-install.sh: 50),
/// CAIRN_SEED repeats a run.
/// </summary>
public sealed class KilledInstallTests : IDisposable
{
    private const int Packages = 24;
    private const int FilesEach = 12;

    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Killed_at_any_moment_the_project_is_entirely_old_or_entirely_new_and_heals()
    {
        var kills = Setting("CAIRN_KILLS", 4);
        var seed = Setting("CAIRN_SEED", Environment.TickCount);
        TestContext.Current.TestOutputHelper!.WriteLine($"CAIRN_SEED={seed}");
        var random = new Random(seed);
        MakeFeed();
        WriteManifest(1);
        Assert.Equal(0, Run("install"));
        var whole = TimeOfInstall(2);
        var (landed, version) = (0, 2);
        for (var kill = 0; kill < kills; kill++)
        {
            var (old, @new) = (version, 3 - version);
            WriteManifest(@new);
            KillDuringInstall(random.Next(0, whole));
            var left = Installed();
            Assert.True(left == old || left == @new, $"kill {kill}: {left}");
            landed += left == @new ? 1 : 0;

            // Any verb heals; a read-only one must be enough.
            Run("list");
            Assert.False(File.Exists(_sandbox.At("p/.cairn/journal")));
            Assert.Equal(Installed() == @new, Locked() == @new);

            Assert.Equal(0, Run("install"));
            Assert.Equal((@new, @new), (Installed(), Locked()));
            Assert.Equal(0, Run("install --frozen"));
            version = @new;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} kills within {whole} ms, {landed} after the exchange");
    }

    private void MakeFeed()
    {
        FeedWriter.Create(_sandbox.At("feed"), "kill.test", "Kill", TimeProvider.System);
        using var writer = FeedWriter.Open(_sandbox.At("feed"), TimeProvider.System);
        writer.Add([.. from package in Enumerable.Range(0, Packages) from major in new[] { 1, 2 } select Archive($"pack{package}", major)]);
    }

    private static ReadOnlyMemory<byte> Archive(string name, int major)
    {
        var id = new PackageId(PackageName.Parse(name), new SemanticVersion(major, 0, 0));
        var files = Enumerable.Range(0, FilesEach)
            .Select(file => ArchiveInput.FromBytes($"src/{file}.txt", Encoding.UTF8.GetBytes(major.ToString(CultureInfo.InvariantCulture))))
            .Append(ArchiveInput.FromBytes("cairn.toml", Encoding.UTF8.GetBytes($"[package]\nname = \"{name}\"\nversion = \"{id.Version}\"\n")));
        var output = new MemoryStream();
        ArchiveWriter.Write(output, ArchiveWriter.TopFolder(id), files, ArchiveRules.Publish);
        return output.ToArray();
    }

    private void WriteManifest(int major) => _sandbox.Write(
        "p/cairn.toml",
        $"[package]\nname = \"app\"\nversion = \"1.0.0\"\n\n[dependencies]\n{string.Concat(Enumerable.Range(0, Packages).Select(n => $"pack{n} = \"^{major}\"\n"))}\n[registries]\nmain = \"../feed\"\n");

    /// <summary>Milliseconds of an install that is left alone.</summary>
    private int TimeOfInstall(int major)
    {
        WriteManifest(major);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, Run("install"));
        return (int)watch.ElapsedMilliseconds;
    }

    /// <summary>The version that every file of every package has; -1 when they differ or some are missing.</summary>
    private int Installed()
    {
        var versions = new HashSet<string>();
        for (var package = 0; package < Packages; package++)
        {
            var folder = _sandbox.At($"p/packages/pack{package}/src");
            var files = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
            versions.UnionWith(files.Length == FilesEach ? files.Select(File.ReadAllText) : ["missing"]);
        }

        return versions.Count == 1 && int.TryParse(versions.Single(), CultureInfo.InvariantCulture, out var version) ? version : -1;
    }

    private int Locked() => File.ReadAllText(_sandbox.At("p/cairn.lock")).Contains("version = \"2.0.0\"", StringComparison.Ordinal) ? 2 : 1;

    private int Run(string arguments)
    {
        using var process = Start(arguments);
        process.WaitForExit();
        return process.ExitCode;
    }

    private void KillDuringInstall(int afterMilliseconds)
    {
        using var process = Start("install");
        process.WaitForExit(afterMilliseconds);
        process.Kill();
        process.WaitForExit();
    }

    private Process Start(string arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "cairn.exe" : "cairn");
        var start = new ProcessStartInfo(program, $"--headless {arguments} --quiet") { WorkingDirectory = _sandbox.At("p"), RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CAIRN_HOME"] = _sandbox.At("home");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
