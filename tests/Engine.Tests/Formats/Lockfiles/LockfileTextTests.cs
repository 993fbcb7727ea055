using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats.Lockfiles;

public sealed class LockfileTextTests
{
    private const string Hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Tree = "tree:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    private const string Sample = $"""
        # Written by cairn; commit it. Change it with `cairn add`, `cairn update` and the like.
        version = 1
        root = "my-package"

        [[packages]]
        name = "actor-utils"
        version = "1.2.3"
        source = "feed+main"
        checksum = "{Hash}"
        tree = "{Tree}"
        features = ["default", "full"]
        dependencies = [
            "log 2.0.0",
            "log 1.0.0 as log1",
            "rand",
        ]

        [[packages]]
        name = "log"
        version = "1.0.0"
        source = "feed+main"

        [[packages]]
        name = "log"
        version = "2.0.0"
        source = "feed+main"

        [[packages]]
        name = "my-package"
        version = "1.0.0"
        source = "member+."
        dependencies = [
            "actor-utils",
        ]
        dev-dependencies = [
            "rand as chance",
        ]

        [[packages]]
        name = "rand"
        version = "0.8.5"
        source = "git+https://github.com/user/rand?tag=v0.8.5#0123456789012345678901234567890123456789"

        """;

    [Fact]
    public void A_lockfile_is_read_as_it_stands()
    {
        var lockfile = LockfileText.Read(Sample, "cairn.lock");

        var actor = lockfile.Packages[0];
        Assert.Equal("my-package", lockfile.Root);
        Assert.Equal(5, lockfile.Packages.Length);
        Assert.Equal((Hash, Tree), (actor.Checksum!.ToString(), actor.Tree!.ToString()));
        Assert.Equal(["default", "full"], actor.Features);
        Assert.Equal(
            ["log -> log 2.0.0", "log1 -> log 1.0.0", "rand -> rand 0.8.5"],
            actor.Dependencies.Select(edge => $"{edge.LocalName} -> {edge.Target}"));
        Assert.Equal(
            new LockedDependency("chance", lockfile.Packages[4].Id, DependencyGroup.Dev), lockfile.Packages[3].Dependencies[1]);
        Assert.Equal(Sample, LockfileText.Write(lockfile));
    }

    [Fact]
    public void What_is_written_is_read_back() => Law.Holds(LockfileGen.Lockfiles, lockfile =>
    {
        var text = LockfileText.Write(lockfile);
        var read = LockfileText.Read(text, "cairn.lock");

        Assert.Equal(LockfileGen.Describe(lockfile), LockfileGen.Describe(read));
        Assert.Equal(text, LockfileText.Write(read));
    });

    [Fact]
    public void The_order_packages_come_in_does_not_show_in_the_bytes() => Law.Holds(LockfileGen.Lockfiles, lockfile =>
        Assert.Equal(LockfileText.Write(lockfile), LockfileText.Write(lockfile with { Packages = [.. lockfile.Packages.Reverse()] })));

    [Fact]
    public void The_fast_scan_and_the_toml_reader_agree_on_what_is_written() => Law.Holds(LockfileGen.Lockfiles, lockfile =>
        AssertSameReading(LockfileText.Write(lockfile)));

    [Fact]
    public void The_fast_scan_and_the_toml_reader_agree_on_damaged_text() => Law.Holds(
        from at in Gen.Choose(0, Sample.Length - 1)
        from length in Gen.Choose(0, 30)
        from insert in Gen.Elements("", "\n", "\"", " ", ",", "]", "[", "#", "\\", "features = []\n", "name = \"a\"\n", "\r\n", "\t", "dependencies = [\n]\n", "\"x, y\"", "é")
        select Sample[..at] + insert + Sample[Math.Min(Sample.Length, at + length)..],
        AssertSameReading, 3000);

    [Fact]
    public void Other_ways_to_write_the_same_lockfile_are_read()
    {
        var expected = LockfileGen.Describe(LockfileText.Read(Sample, "cairn.lock"));

        Assert.Equal(expected, LockfileGen.Describe(LockfileText.Read(Sample.Replace("\n", "\r\n", StringComparison.Ordinal), "cairn.lock")));
        Assert.Equal(expected, LockfileGen.Describe(LockfileText.Read(Sample.Replace(" = ", "   =  ", StringComparison.Ordinal), "cairn.lock")));
        Assert.Equal(expected, LockfileGen.Describe(LockfileText.Read(Sample.Replace("    \"", "\"", StringComparison.Ordinal), "cairn.lock")));
    }

    [Fact]
    public void The_lockfile_of_the_founding_document_is_read()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Engine.Tests", "Formats", "Lockfiles", "Fixtures", "gal.lock"));

        var lockfile = LockfileText.Read(text, "gal.lock");

        Assert.Equal(["actor-utils 1.2.3", "chaos-lib 0.5.2", "rand 0.8.5"], lockfile.Packages.Select(p => p.Id.ToString()));
        Assert.Equal(["rand"], lockfile.Packages[1].Dependencies.Select(edge => edge.LocalName));
        Assert.All(lockfile.Packages, package => Assert.Equal(new PackageSource.Feed("main"), package.Source));
        Assert.All(lockfile.Packages, package => Assert.Null(package.Checksum));
    }

    [Fact]
    public void An_update_touches_only_the_lines_of_what_it_updates()
    {
        var before = LockfileText.Read(Sample, "cairn.lock");
        var rand = before.Packages[4];
        var newer = rand with { Id = new(rand.Id.Name, new(0, 8, 6)) };
        var after = before with
        {
            Packages = [.. before.Packages.Select(package => package == rand ? newer : package with
            {
                Dependencies = [.. package.Dependencies.Select(edge => edge.Target == rand.Id ? edge with { Target = newer.Id } : edge)],
            })],
        };

        var changed = Sample.Split('\n').Except(LockfileText.Write(after).Split('\n')).ToArray();

        Assert.Equal(["version = \"0.8.5\""], changed);
    }

    [Theory]
    [InlineData("<<<<<<< HEAD\nversion = 1\n", 1)]
    [InlineData("version = 1\nroot = \"a\"\n<<<<<<< HEAD\n=======\n>>>>>>> other\n", 3)]
    [InlineData("version = 1\nroot = \"a\"\n>>>>>>> other\n", 3)]
    public void The_marks_of_a_merge_are_recognised_and_their_repair_named(string text, int line)
    {
        var problem = Refused(text);

        Assert.Equal(ProblemCode.LockfileConflicted, problem.Code);
        Assert.Equal(line, problem.Place!.Line);
        Assert.Contains("cairn lock --repair", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_sides_of_a_conflict_can_be_had()
    {
        var sides = LockfileConflict.Split("a\n<<<<<<< ours\nb\n||||||| base\nx\n=======\nc\n>>>>>>> theirs\nd");

        Assert.Equal(("a\nb\nd\n", "a\nc\nd\n"), sides);
        Assert.Null(LockfileConflict.Split("a\n<<<<<<< ours\nb\n"));
        Assert.Null(LockfileConflict.Split("a\n=======\n"));
    }

    [Theory]
    [InlineData("version = 2\nfuture = true\n", ProblemCode.LockfileTooNew)]
    [InlineData("version = 0\nroot = \"a\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("root = \"a\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = 1\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\npackages = 1\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\npackages = [1]\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"b\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"../b\"\nversion = \"1.0.0\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"b\"\nversion = \"1.0\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"b\"\nversion = \"1.0.0\"\nchecksum = \"sha256:1\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"b\"\nversion = \"1.0.0\"\nsource = \"feed+main\"\nchecksum = \"sha256:1...\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"b\"\nversion = \"1.0.0\"\ntree = \"tree:1\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"b\"\nversion = \"1.0.0\"\nsource = \"npm+x\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"b\"\nversion = \"1.0.0\"\ndependencies = [\n    \"c\",\n]\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \"a\"\n\n[[packages]]\nname = \"b\"\nversion = \"1.0.0\"\n\n[[packages]]\nname = \"B\"\nversion = \"1.0.0\"\n", ProblemCode.LockfileInvalid)]
    [InlineData("version = 1\nroot = \n", ProblemCode.LockfileInvalid)]
    public void What_is_no_lockfile_is_refused(string text, ProblemCode code)
    {
        var problem = Refused(text);

        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Place);
        Assert.NotNull(problem.Hint);
    }

    [Fact]
    public void An_edge_that_could_mean_two_packages_is_refused()
    {
        var problem = Refused(Sample.Replace("\"log 2.0.0\"", "\"log\"", StringComparison.Ordinal));

        Assert.Equal("`actor-utils 1.2.3` depends on `log`, and the lockfile has several versions of it", problem.Message);
        Assert.Equal(5, problem.Place!.Line);
    }

    private static Problem Refused(string text) =>
        Assert.Throws<ProblemException>(() => LockfileText.Read(text, "cairn.lock")).Problem;

    /// <summary>Where the scan reads something, the TOML reader reads the same; where it gives up, either may happen.</summary>
    private static void AssertSameReading(string text)
    {
        if (LockfileScan.Read(text) is not { } scanned)
        {
            return;
        }

        var read = LockfileText.ReadTables(text, "cairn.lock");
        Assert.Equal(read.Root, scanned.Root);
        Assert.Equal(read.Packages.Select(Describe), scanned.Packages.Select(Describe));
    }

    private static string Describe(LockfileEntry entry) =>
        $"{entry.Offset} {entry.Name} {entry.Version} {entry.Source} {entry.Checksum} {entry.Tree} [{string.Join('|', entry.Features)}] [{string.Join('|', entry.Edges)}]";
}
