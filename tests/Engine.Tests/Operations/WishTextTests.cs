using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Operations;

public class WishTextTests
{
    [Theory]
    [InlineData("log", "log must not be used")]
    [InlineData("log@^1.2", "log 1.2 or newer but below 2 must not be used")]
    [InlineData("log@=1.2.0", "log 1.2.0 must not be used")]
    [InlineData("log@<1 || ^2.0.0-rc.1", "log below 1 or 2.0.0-rc.1 or newer but below 3 must not be used")]
    [InlineData("acme/log@prerelease", "acme/log must not be a pre-release")]
    [InlineData("log@copies", "there must not be two copies of log")]
    [InlineData("log@override", "overrides of log must not change")]
    public void What_must_not_be_is_read_and_written_back(string text, string words)
    {
        var wish = WishText.ParseNever(text);
        Assert.Equal(words, wish.Words);
        Assert.Equal(wish, WishText.ParseNever(WishText.Value(wish)!));
        Assert.Equal("--never", WishText.Flag(wish));
    }

    [Theory]
    [InlineData("log", DependencyGroup.Normal, "cairn.toml")]
    [InlineData("log:dev", DependencyGroup.Dev, "cairn.toml")]
    [InlineData("log:build:tools/cairn.toml", DependencyGroup.Build, "tools/cairn.toml")]
    public void A_line_is_read_and_written_back(string text, DependencyGroup group, string file)
    {
        var wish = Assert.IsType<Wish.KeepLine>(WishText.ParseKeepLine(text));
        Assert.Equal(("log", group, file, text), (wish.LocalName, wish.Group, wish.File, WishText.Value(wish)));
    }

    [Fact]
    public void A_package_without_a_version_is_kept_where_it_is_locked()
    {
        var name = PackageName.Parse("log");
        var locked = new Lockfile("app", [new(new(name, new(1, 4, 0)), new PackageSource.Feed("main"), null, null, [], [])]);
        Assert.Equal(new Wish.Keep(name, new(1, 4, 0)), WishText.ParseKeep("log", locked));
        Assert.Equal(new Wish.Keep(name, new(1, 5, 0)), WishText.ParseKeep("log@1.5.0", locked));
        Assert.Equal(ProblemCode.UsageInvalid, Assert.Throws<ProblemException>(() => WishText.ParseKeep("web", locked)).Problem.Code);
    }

    [Theory]
    [InlineData(":dev")]
    [InlineData("log:nowhere")]
    [InlineData("log:7")]
    public void What_names_no_line_is_refused(string text) =>
        Assert.Equal(ProblemCode.UsageInvalid, Assert.Throws<ProblemException>(() => WishText.ParseKeepLine(text)).Problem.Code);
}
