using Registry.Engine.Formats.Manifests;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Tests.Operations;

public sealed class InitTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData("My Project 2", null, "my-project-2")]
    [InlineData("--", null, "my-package")]
    [InlineData("x", "acme/given", "acme/given")]
    public async Task A_new_project_can_be_installed_at_once(string folder, string? name, string expected)
    {
        var report = await Init(new(_kit.Sandbox.At(folder), name) { Description = "says \"hello\" \\o/", License = "MIT" });

        var manifest = ManifestDocument.Parse(await File.ReadAllTextAsync(report.File, TestContext.Current.CancellationToken), "cairn.toml");
        Assert.Equal((expected, expected), (report.Name, manifest.Manifest.Package!.Name.Value));
        Assert.Equal(("says \"hello\" \\o/", "MIT"), (manifest.Manifest.Package.Description, manifest.Manifest.Package.License));
        Assert.Empty(manifest.Warnings);
        var installed = await _kit.Done(client => client.Install(new ChangeRequest(_kit.Sandbox.At(folder))));
        Assert.True(installed.LockfileWritten);
    }

    [Fact]
    public async Task A_new_workspace_can_be_installed_at_once()
    {
        var report = await Init(new(_kit.Sandbox.At("w"), null) { IsWorkspace = true });

        Assert.Empty(ManifestDocument.Parse(await File.ReadAllTextAsync(report.File, TestContext.Current.CancellationToken), "cairn.toml").Warnings);
        await _kit.Done(client => client.Install(new ChangeRequest(_kit.Sandbox.At("w"))));
    }

    [Theory]
    [InlineData("cairn.toml")]
    [InlineData("gal.toml")]
    public async Task A_project_that_is_there_is_left_alone(string manifest)
    {
        _kit.Sandbox.Write($"x/{manifest}", "mine");
        await using var client = _kit.Client();

        var outcome = await client.Init(new(_kit.Sandbox.At("x"), null)).RunAsync((_, _) => Task.FromResult(true), Unheard.Instance, CancellationToken.None);

        Assert.Equal(ProblemCode.ManifestExists, Assert.IsType<Outcome<InitReport>.Failed>(outcome).Problem.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(_kit.Sandbox.At($"x/{manifest}"), TestContext.Current.CancellationToken));
    }

    private async Task<InitReport> Init(InitRequest request)
    {
        await using var client = _kit.Client();
        var outcome = await client.Init(request).RunAsync((_, _) => Task.FromResult(true), Unheard.Instance, CancellationToken.None);
        return Assert.IsType<Outcome<InitReport>.Done>(outcome).Report;
    }

    private sealed class Unheard : IProgress<ProgressEvent>
    {
        public static Unheard Instance { get; } = new();

        public void Report(ProgressEvent value)
        {
        }
    }
}
