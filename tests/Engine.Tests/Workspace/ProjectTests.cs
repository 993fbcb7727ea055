using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;
using Registry.Testing;

namespace Registry.Engine.Tests.Workspace;

public sealed class ProjectTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void A_project_is_found_from_below()
    {
        _sandbox.Write("p/cairn.toml", Package("p"));
        Directory.CreateDirectory(_sandbox.At("p/src/deep"));

        Assert.Equal(_sandbox.At("p"), Project.Find(_sandbox.At("p/src/deep")).Root);
    }

    [Fact]
    public void Without_a_manifest_there_is_no_project()
    {
        var problem = Assert.Throws<ProblemException>(() => Project.Find(_sandbox.Path)).Problem;

        Assert.Equal(ProblemCode.ManifestMissing, problem.Code);
        Assert.Null(Project.TryFind(_sandbox.Path));
    }

    [Theory]
    [InlineData("cairn.toml")]
    [InlineData("cairn.lock")]
    public void A_device_in_place_of_a_file_is_refused_and_not_read(string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the device is looked for on Linux alone");
        _sandbox.Write("p/cairn.toml", Package("p"));
        File.Delete(_sandbox.At("p/" + file));
        File.CreateSymbolicLink(_sandbox.At("p/" + file), "/dev/zero");

        var problem = Assert.Throws<ProblemException>(() => Project.Find(_sandbox.At("p"))).Problem;

        Assert.Equal(ProblemCode.FileUnavailable, problem.Code);
    }

    [Fact]
    public void A_file_in_place_of_the_state_folder_is_no_bug_of_ours()
    {
        _sandbox.Write("p/.cairn", "mine");

        var problem = Assert.Throws<ProblemException>(() => ProjectLock.Take(new(_sandbox.At("p")), "cairn install")).Problem;

        Assert.Equal(ProblemCode.WorkspaceInvalid, problem.Code);
        Assert.Contains("mv ", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gal_manifest_is_read_and_a_cairn_manifest_goes_before_it()
    {
        _sandbox.Write("p/gal.toml", Package("old"));
        _sandbox.Write("p/gal.lock", "version = 1\n");
        Assert.Equal("old", Project.Find(_sandbox.At("p")).LockName);
        Assert.Equal("gal.lock", Project.Find(_sandbox.At("p")).Lockfile.File);

        _sandbox.Write("p/cairn.toml", Package("new"));
        Assert.Equal("new", Project.Find(_sandbox.At("p")).LockName);
        Assert.Null(Project.Find(_sandbox.At("p")).Lockfile.Bytes);
    }

    [Fact]
    public void A_member_finds_the_workspace_and_inherits_from_it()
    {
        Workspace("[\"libs/*\", \"app\"]", "exclude = [\"libs/old\"]");
        _sandbox.Write("app/cairn.toml", Package("app") + "[dependencies]\nlog = { workspace = true }\nb = { workspace = true }\n");
        _sandbox.Write("libs/b/cairn.toml", Package("b"));
        _sandbox.Write("libs/old/cairn.toml", Package("old"));
        Directory.CreateDirectory(_sandbox.At("libs/no-manifest"));
        Directory.CreateDirectory(_sandbox.At("libs/b/src"));

        var project = Project.Find(_sandbox.At("libs/b/src"));

        Assert.Equal(_sandbox.Path, project.Root);
        Assert.Equal(["cairn.toml", "app/cairn.toml", "libs/b/cairn.toml"], project.Manifests.Select(m => m.File));
        Assert.Equal("^1.2", project.Manifests[1].Manifest.Dependencies[0].Constraint.Text);
        Assert.Equal(new DependencyOrigin.Path("../libs/b"), project.Manifests[1].Manifest.Dependencies[1].Origin);
        Assert.Equal(["libs", "libs/no-manifest"], project.WatchedFolders);
        Assert.Equal("libs/b/cairn.toml", project.ManifestFor(_sandbox.At("libs/b/src"), null).File);
        Assert.Equal("cairn.toml", project.ManifestFor(_sandbox.At("docs"), null).File);
        Assert.Equal("app/cairn.toml", project.ManifestFor(_sandbox.Path, PackageName.Parse("app")).File);
        Assert.Equal(_sandbox.At("libs/old"), Project.Find(_sandbox.At("libs/old")).Root);
    }

    [Theory]
    [InlineData("[\"gone\"]", "named as a member")]
    [InlineData("[\"a\", \"b\"]", "is the name of both")]
    [InlineData("[\"inner\"]", "has a [workspace] of its own")]
    public void A_workspace_that_cannot_be_is_refused(string members, string message)
    {
        Workspace(members, "");
        _sandbox.Write("a/cairn.toml", Package("same"));
        _sandbox.Write("b/cairn.toml", Package("same"));
        _sandbox.Write("inner/cairn.toml", "[workspace]\nmembers = []\n");

        var problem = Assert.Throws<ProblemException>(() => Project.Find(_sandbox.Path)).Problem;

        Assert.Equal(ProblemCode.WorkspaceInvalid, problem.Code);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/etc")]
    [InlineData("a/../../x")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("C:/x")]
    [InlineData("link/inside")]
    public void What_leads_out_of_the_project_is_not_written(string path)
    {
        Directory.CreateDirectory(_sandbox.At("elsewhere"));
        Directory.CreateDirectory(_sandbox.At("p"));
        Directory.CreateSymbolicLink(_sandbox.At("p/link"), _sandbox.At("elsewhere"));

        Assert.Throws<ProblemException>(() => ProjectPaths.Inside(_sandbox.At("p"), path));
    }

    private static string Package(string name) => $"[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n\n";

    private void Workspace(string members, string more) => _sandbox.Write(
        "cairn.toml",
        $"[workspace]\nmembers = {members}\n{more}\n[workspace.dependencies]\nlog = \"^1.2\"\nb = {{ path = \"libs/b\" }}\n");
}
