using Registry.Engine.Formats.Archives;
using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats.Archives;

public sealed class PackageFilesTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "deep/er/a.log", true)]
    [InlineData("*.log", "a.logs", false)]
    [InlineData("/a", "a", true)]
    [InlineData("/a", "b/a", false)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "x/a/b", false)]
    [InlineData("**/b", "b", true)]
    [InlineData("**/b", "x/y/b", true)]
    [InlineData("a/**", "a/b/c", true)]
    [InlineData("a/**", "a", false)]
    [InlineData("a/**/z", "a/z", true)]
    [InlineData("a/**/z", "a/b/c/z", true)]
    [InlineData("a/**/z", "a/b/c/y", false)]
    [InlineData("a*z", "abcz", true)]
    [InlineData("a*z", "a/z", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[]]x", "]x", true)]
    [InlineData("a[", "a[", true)]
    [InlineData("\\#a", "#a", true)]
    [InlineData("\\!a", "!a", true)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("a   ", "a", true)]
    [InlineData("target/", "target", false)]
    [InlineData("*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("**/a/**/a/**/a/**/b", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", false)]
    public void Patterns_mean_what_git_means(string pattern, string path, bool matches) =>
        Assert.Equal(matches, FilePattern.Parse(pattern)!.Matches(path, PathKind.File));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("# comment")]
    [InlineData("/")]
    public void Lines_without_a_pattern_are_no_rules(string line) => Assert.Null(FilePattern.Parse(line));

    [Fact(Timeout = 30_000)]
    public async Task A_named_pipe_is_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "has no named pipes among files");
        _sandbox.Write("cairn.toml", "x");
        foreach (var name in new[] { "pipe", ".gitignore" })
        {
            using var maker = System.Diagnostics.Process.Start("mkfifo", _sandbox.At(name));
            await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await Task.Run(() =>
        {
            using var archive = new MemoryStream();
            ArchiveWriter.Write(archive, "top", PackageFiles.Inputs(_sandbox.Path, PackageFiles.Select(_sandbox.Path, new([], [], []))), ArchiveRules.Publish);
            Assert.NotEqual(0, archive.Length);
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Each_file_is_in_or_out_for_a_reason()
    {
        _sandbox.Write("cairn.toml", "");
        _sandbox.Write("README.md", "");
        _sandbox.Write(".gitignore", "*.log\n/build/\n!keep.log\n# c\n");
        _sandbox.Write("a.log", "");
        _sandbox.Write("keep.log", "");
        _sandbox.Write("build/out", "");
        _sandbox.Write("src/build/in", "");
        _sandbox.Write("src/.gitignore", "generated\n");
        _sandbox.Write("src/generated/x", "");
        _sandbox.Write("src/main.gal", "main");
        _sandbox.Write("packages/log/x", "");
        _sandbox.Write(".git/config", "");
        _sandbox.Write(".cairn/history", "");
        _sandbox.Write("docs/secret.md", "");

        var files = PackageFiles.Select(_sandbox.Path, new(Include: [], Exclude: ["docs"], Outside: ["packages"]));

        Assert.Equal(
            """
            .cairn/ AlwaysOut
            .git/ AlwaysOut
            .gitignore Ordinary
            README.md AlwaysIn
            a.log Ignored `*.log` (.gitignore:1)
            build/ Ignored `/build/` (.gitignore:2)
            cairn.toml AlwaysIn
            docs/ Excluded `docs`
            keep.log Ordinary
            packages/ AlwaysOut
            src/.gitignore Ordinary
            src/build/in Ordinary
            src/generated/ Ignored `generated` (src/.gitignore:1)
            src/main.gal Ordinary
            """,
            Show(files));
    }

    [Fact]
    public void An_include_list_is_all_there_is_but_for_manifest_licence_and_readme()
    {
        _sandbox.Write("cairn.toml", "");
        _sandbox.Write("LICENSE", "");
        _sandbox.Write("src/main.gal", "");
        _sandbox.Write("src/main.test", "");
        _sandbox.Write("tests/a", "");
        _sandbox.Write(".gitignore", "src\n");

        var files = PackageFiles.Select(_sandbox.Path, new(Include: ["src", "!*.test"], Exclude: [], Outside: []));

        Assert.Equal(["LICENSE", "cairn.toml", "src/main.gal"], files.Where(file => file.IsIn).Select(file => file.Path));
    }

    [Fact]
    public void Our_own_ignore_file_can_take_back_what_git_ignores()
    {
        _sandbox.Write(".gitignore", "*.js\n");
        _sandbox.Write(".cairnignore", "!dist.js\n");
        _sandbox.Write("dist.js", "");
        _sandbox.Write("x.js", "");

        var files = PackageFiles.Select(_sandbox.Path, FileSelection.Everything);

        Assert.Equal([".cairnignore", ".gitignore", "dist.js"], files.Where(file => file.IsIn).Select(file => file.Path));
    }

    [Fact]
    public void Keys_tokens_links_and_impossible_names_stop_a_package()
    {
        _sandbox.Write("cairn.toml", "");
        _sandbox.Write("deploy_key", "-----BEGIN RSA PRIVATE KEY-----\nMII");
        _sandbox.Write(".npmrc", "//registry/:_authToken=abc\n");
        _sandbox.Write("docs/keys.md", "Paste your `-----BEGIN RSA PRIVATE KEY-----` there.\n");
        File.CreateSymbolicLink(_sandbox.At("link"), "/etc/passwd");
        if (!OperatingSystem.IsWindows())
        {
            _sandbox.Write("aux.c", "");
        }

        var files = PackageFiles.Select(_sandbox.Path, FileSelection.Everything);

        Assert.Equal(FileVerdict.Secret, files.Single(file => file.Path == "deploy_key").Verdict);
        Assert.Equal(FileVerdict.Secret, files.Single(file => file.Path == ".npmrc").Verdict);
        Assert.Equal(FileVerdict.Ordinary, files.Single(file => file.Path == "docs/keys.md").Verdict);
        Assert.Equal(FileVerdict.NotAFile, files.Single(file => file.Path == "link").Verdict);
        Assert.All(files.Where(file => file.Path == "aux.c"), file => Assert.Equal(FileVerdict.Forbidden, file.Verdict));
        Assert.Throws<ProblemException>(() => PackageFiles.Inputs(_sandbox.Path, files).ToArray());
    }

    [Fact]
    public void What_is_selected_can_be_packed_and_read_back()
    {
        _sandbox.Write("cairn.toml", "[package]");
        _sandbox.Write("src/main.gal", "main");
        var files = PackageFiles.Select(_sandbox.Path, FileSelection.Everything);
        var output = new MemoryStream();

        var written = ArchiveWriter.Write(output, "p-1.0.0", PackageFiles.Inputs(_sandbox.Path, files), ArchiveRules.Publish);

        Assert.Equal(FolderReader.Hash(_sandbox.Path), written.Reference.Tree);
    }

    private static string Show(IEnumerable<PackageFile> files) =>
        string.Join('\n', files.Select(file => $"{file.Path} {file.Verdict} {file.Because}".TrimEnd()));
}
