using System.Collections.Immutable;
using System.Diagnostics;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Feeds;

namespace Registry.Engine.Tests.Sources;

/// <summary>Packages that are folders: on disk, in the workspace, in real git repositories.</summary>
public sealed class GitAndPathTests : SourcesTests
{
    private static readonly PackageName Tool = PackageName.Parse("tool");

    private string Url => $"file://{Sandbox.At("repository")}";

    private SourceSettings Plain => Settings();

    [Fact]
    public async Task A_path_dependency_is_one_release_with_paths_seen_from_the_project()
    {
        Sandbox.Write("project/libs/a/cairn.toml", "[package]\nname = \"a\"\nversion = \"1.2.3\"\n[dependencies]\nb = { path = \"../b\" }\nc = { path = \"../../../c\" }\n");

        var supplied = await ReadAsync(Plain, new(PackageName.Parse("a"), new DependencyOrigin.Path("libs/a")));

        var release = Assert.Single(supplied.Index.Releases);
        Assert.Equal("a 1.2.3", release.Id.ToString());
        Assert.Equal(new PackageSource.Path("libs/a"), supplied.Source);
        Assert.Equal([new DependencyOrigin.Path("libs/b"), new DependencyOrigin.Path("../c")], release.Dependencies.Select(dependency => dependency.Origin));
    }

    [Fact]
    public async Task A_folder_without_the_package_is_missing()
    {
        Sandbox.Write("project/other/cairn.toml", "[package]\nname = \"other\"\nversion = \"1.0.0\"\n");

        Assert.Equal(ProblemCode.PathDependencyMissing, (await FailAsync(Plain, new(PackageName.Parse("a"), new DependencyOrigin.Path("a")))).Code);
        Assert.Contains("`other`", (await FailAsync(Plain, new(PackageName.Parse("a"), new DependencyOrigin.Path("other")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_is_found_by_its_name_and_inherits()
    {
        Sandbox.Write("project/cairn.toml", "[workspace]\nmembers = [\"libs/*\"]\n[workspace.dependencies]\nb = { path = \"libs/b\" }\nlog = \"^2\"\n");
        Sandbox.Write("project/libs/a/cairn.toml", "[package]\nname = \"a\"\nversion = \"1.0.0\"\n[dependencies]\nb = { workspace = true }\nlog = { workspace = true }\n");
        var settings = Plain with { Members = ImmutableDictionary<PackageName, string>.Empty.Add(PackageName.Parse("a"), "libs/a") };

        var supplied = await ReadAsync(settings, new(PackageName.Parse("a"), new DependencyOrigin.Member()));

        Assert.Equal(new PackageSource.Member("libs/a"), supplied.Source);
        Assert.Equal(["libs/b", "^2"], supplied.Index.Releases[0].Dependencies.Select(d => d.Origin is DependencyOrigin.Path path ? path.Folder : d.Constraint.Text));
    }

    [Fact]
    public async Task A_tag_a_branch_and_a_revision_are_commits()
    {
        var first = MakeRepository();
        Git("tag", "-a", "v1", "-m", "first");
        Sandbox.Write("repository/cairn.toml", "[package]\nname = \"tool\"\nversion = \"2.0.0\"\n");
        var second = Commit();

        Assert.Equal(("1.0.0", first), await VersionAsync(GitReferenceKind.Tag, "v1"));
        Assert.Equal(("2.0.0", second), await VersionAsync(GitReferenceKind.Branch, "main"));
        Assert.Equal(("2.0.0", second), await VersionAsync(GitReferenceKind.DefaultBranch, ""));
        Assert.Equal(("1.0.0", first), await VersionAsync(GitReferenceKind.Revision, first));
        Assert.Equal(("1.0.0", first), await VersionAsync(GitReferenceKind.Revision, first[..10]));
    }

    [Fact]
    public async Task A_package_below_the_root_is_found_and_its_neighbours_come_from_the_same_repository()
    {
        MakeRepository();
        Sandbox.Write("repository/crates/part/cairn.toml", "[package]\nname = \"part\"\nversion = \"0.1.0\"\n[dependencies]\ntool = { path = \"../..\" }\n");
        Commit();

        var supplied = await ReadAsync(Plain, new(PackageName.Parse("part"), Origin(GitReferenceKind.DefaultBranch, "")));

        Assert.Equal(Origin(GitReferenceKind.DefaultBranch, ""), Assert.Single(supplied.Index.Releases[0].Dependencies).Origin);
        Assert.NotNull(supplied.Index.Releases[0].Tree);
    }

    [Fact]
    public async Task A_locked_commit_stays_although_the_branch_moved_and_needs_no_repository()
    {
        var commit = MakeRepository();
        var locked = await LockAsync(GitReferenceKind.Branch, "main");
        Sandbox.Write("repository/cairn.toml", "[package]\nname = \"tool\"\nversion = \"2.0.0\"\n");
        Commit();
        Directory.Delete(Sandbox.At("repository"), recursive: true);
        var settings = Plain with { Locked = new("x", [locked]), Reading = FeedReading.Offline };

        var supplied = await ReadAsync(settings, new(Tool, Origin(GitReferenceKind.Branch, "main")));

        Assert.Equal(commit, ((PackageSource.Git)supplied.Source).Commit);
        Assert.Equal("1.0.0", supplied.Index.Releases[0].Id.Version.ToString());
    }

    [Fact]
    public async Task An_unlocked_commit_moves()
    {
        MakeRepository();
        var locked = await LockAsync(GitReferenceKind.Branch, "main");
        Sandbox.Write("repository/cairn.toml", "[package]\nname = \"tool\"\nversion = \"2.0.0\"\n");
        Commit();

        var supplied = await ReadAsync(Plain with { Locked = new("x", [locked]), Unlocked = [Tool] }, new(Tool, Origin(GitReferenceKind.Branch, "main")));

        Assert.Equal("2.0.0", supplied.Index.Releases[0].Id.Version.ToString());
    }

    [Fact]
    public async Task A_commit_with_other_files_than_locked_is_refused()
    {
        MakeRepository();
        var locked = (await LockAsync(GitReferenceKind.Branch, "main")) with { Tree = TreeHash.FromDigest(new byte[32]) };

        var problem = await FailAsync(Plain with { Locked = new("x", [locked]) }, new(Tool, Origin(GitReferenceKind.Branch, "main")));

        Assert.Equal(ProblemCode.GitRevisionMoved, problem.Code);
    }

    [Theory]
    [InlineData(GitReferenceKind.Tag, "v9", ProblemCode.GitRevisionNotFound)]
    [InlineData(GitReferenceKind.Branch, "nothing", ProblemCode.GitRevisionNotFound)]
    [InlineData(GitReferenceKind.Revision, "0123456789", ProblemCode.GitRevisionNotFound)]
    [InlineData(GitReferenceKind.Revision, "0123456789012345678901234567890123456789", ProblemCode.GitRevisionNotFound)]
    [InlineData(GitReferenceKind.Branch, "--upload-pack=touch evil", ProblemCode.GitRevisionNotFound)]
    public async Task A_reference_that_is_not_there_is_named(GitReferenceKind kind, string name, ProblemCode code)
    {
        MakeRepository();

        Assert.Equal(code, (await FailAsync(Plain, new(Tool, Origin(kind, name)))).Code);
        Assert.False(File.Exists(Sandbox.At("evil")));
    }

    [Theory]
    [InlineData("ext::sh -c touch% evil")]
    [InlineData("--upload-pack=touch evil")]
    [InlineData("https://-oProxyCommand=evil/x")]
    [InlineData("-x")]
    [InlineData("http://plain.example/x")]
    public async Task An_address_that_could_do_something_else_never_reaches_git(string url)
    {
        var settings = Plain with { Git = new() { Program = "/no/such/git" } };

        Assert.Equal(ProblemCode.UrlInvalid, (await FailAsync(settings, new(Tool, new DependencyOrigin.Git(url, GitReference.Default)))).Code);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_and_a_git_that_is_not_there_are_told_apart()
    {
        Assert.Equal(ProblemCode.GitFailed, (await FailAsync(Plain, new(Tool, Origin(GitReferenceKind.DefaultBranch, "")))).Code);
        Assert.Equal(
            ProblemCode.GitUnavailable,
            (await FailAsync(Plain with { Git = new() { Program = "/no/such/git" } }, new(Tool, Origin(GitReferenceKind.DefaultBranch, "")))).Code);
    }

    [Fact]
    public async Task A_link_in_a_repository_is_refused()
    {
        MakeRepository();
        File.CreateSymbolicLink(Sandbox.At("repository/passwd"), "/etc/passwd");
        Commit();

        Assert.Equal(ProblemCode.ArchiveUnsafe, (await FailAsync(Plain, new(Tool, Origin(GitReferenceKind.DefaultBranch, "")))).Code);
    }

    private DependencyOrigin.Git Origin(GitReferenceKind kind, string name) => new(Url, new(kind, name));

    private async Task<(string Version, string Commit)> VersionAsync(GitReferenceKind kind, string name)
    {
        var supplied = await ReadAsync(Plain, new(Tool, Origin(kind, name)));
        return (supplied.Index.Releases[0].Id.Version.ToString(), ((PackageSource.Git)supplied.Source).Commit);
    }

    private async Task<LockedPackage> LockAsync(GitReferenceKind kind, string name)
    {
        var supplied = await ReadAsync(Plain, new(Tool, Origin(kind, name)));
        return new(supplied.Index.Releases[0].Id, supplied.Source, null, supplied.Index.Releases[0].Tree, [], []);
    }

    private string MakeRepository()
    {
        Sandbox.Write("repository/cairn.toml", "[package]\nname = \"tool\"\nversion = \"1.0.0\"\n");
        Sandbox.Write("repository/src/main.txt", "content\n");
        Git("init", "--quiet", "--initial-branch=main");
        return Commit();
    }

    private string Commit()
    {
        Git("add", "--all");
        Git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "change");
        return Git("rev-parse", "HEAD").Trim();
    }

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", .. arguments]) { WorkingDirectory = Sandbox.At("repository"), RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
