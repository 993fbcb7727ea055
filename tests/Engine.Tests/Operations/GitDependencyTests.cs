using System.Diagnostics;
using Registry.Engine.Model;
using Registry.Engine.Operations;

namespace Registry.Engine.Tests.Operations;

public sealed class GitDependencyTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task A_git_dependency_is_locked_to_its_commit_and_moves_when_it_is_updated()
    {
        _kit.Sandbox.Write("repo/cairn.toml", "[package]\nname = \"tool\"\nversion = \"1.0.0\"\n");
        _kit.Sandbox.Write("repo/src/main.c", "first\n");
        Git("init -q -b main");
        Commit("one");
        _kit.Manifest("");
        var address = new Uri(_kit.Sandbox.At("repo")).AbsoluteUri;

        await _kit.Done(client => client.Add(_kit.Request(), [
            new(PackageName.Parse("tool"), null, DependencyGroup.Normal, new DependencyOrigin.Git(address, new(GitReferenceKind.Branch, "main")))]));
        Assert.Equal("first\n", _kit.Read("packages/tool/src/main.c"));
        var locked = _kit.Read("cairn.lock");
        Assert.Contains($"source = \"git+{address}?branch=main#", locked, StringComparison.Ordinal);

        _kit.Sandbox.Write("repo/src/main.c", "second\n");
        Commit("two");
        Directory.Delete(Path.Combine(_kit.Root, "packages"), recursive: true);
        _kit.ForgetHome();
        await _kit.Install(request => request with { Lock = LockMode.Frozen });
        Assert.Equal("first\n", _kit.Read("packages/tool/src/main.c"));

        await _kit.Done(client => client.Update(_kit.Request(), [new(PackageName.Parse("tool"))]));
        Assert.Equal("second\n", _kit.Read("packages/tool/src/main.c"));
        Assert.NotEqual(locked, _kit.Read("cairn.lock"));
    }

    private void Commit(string message)
    {
        Git("add -A");
        Git($"-c user.name=t -c user.email=t@example.org commit -q -m {message}");
    }

    private void Git(string arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _kit.Sandbox.At("repo") })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
