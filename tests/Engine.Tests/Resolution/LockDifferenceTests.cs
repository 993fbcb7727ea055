using System.Text;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Resolution;

public class LockDifferenceTests
{
    [Theory]
    [InlineData("log 1.0.0", "log 1.0.1", "Upgraded log Patch")]
    [InlineData("log 1.0.0", "log 1.2.0", "Upgraded log Minor")]
    [InlineData("log 1.0.0", "log 2.0.0", "Upgraded log Major breaking")]
    [InlineData("log 0.1.0", "log 0.2.0", "Upgraded log Minor breaking")]
    [InlineData("log 1.0.0-rc.1", "log 1.0.0", "Upgraded log Label")]
    [InlineData("log 2.0.0", "log 1.0.0", "Downgraded log Major breaking")]
    [InlineData("", "log 1.0.0", "Added log None")]
    [InlineData("log 1.0.0", "", "Removed log None")]
    [InlineData("log 1.0.0", "log 1.0.0", "")]
    [InlineData("log 1.0.0, log 2.0.0", "log 1.1.0, log 2.0.0", "Upgraded log Minor")]
    [InlineData("log 1.0.0, log 2.0.0", "log 2.0.0", "Removed log None")]
    [InlineData("log 1.0.0", "log 1.0.0, log 2.0.0", "Added log None")]
    public void Pairs_versions_and_names_the_step(string before, string after, string expected) =>
        Assert.Equal(expected, string.Join("; ", LockDifference.Between(Locked(before), Locked(after)).Changes.Select(change =>
            $"{change.Kind} {change.Name} {change.Step}{(change.IsBreaking ? " breaking" : "")}")));

    [Fact]
    public void Everything_is_new_without_a_lockfile() =>
        Assert.Equal(2, LockDifference.Between(null, Locked("log 1.0.0, web 1.0.0")).Count(LockChangeKind.Added));

    [Fact]
    public void Between_a_lockfile_and_itself_there_is_nothing() =>
        Assert.True(LockDifference.Between(Locked("log 1.0.0, log 2.0.0, web 1.0.0"), Locked("log 1.0.0, log 2.0.0, web 1.0.0")).IsEmpty);

    [Fact]
    public void An_explanation_prints_as_json()
    {
        var explanation = new Explanation(
            StoryKind.NoOverlap, "a and b cannot be used together.",
            [new(1, "you ask for a", null, new TextPlace("cairn.toml", 4, 1), null), new(2, "a 1.0.0 needs log ^1", "why", null, PackageName.Parse("a"))],
            "So no log fits.", ["a hint"])
        {
            Packages = [PackageName.Parse("log")],
        };
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            explanation.WriteJson(json);
        }

        Assert.Equal(
            """{"story":"no-overlap","headline":"a and b cannot be used together.","facts":[{"number":1,"text":"you ask for a","file":"cairn.toml","line":4,"column":1},{"number":2,"text":"a 1.0.0 needs log ^1","detail":"why","package":"a"}],"conclusion":"So no log fits.","hints":["a hint"],"packages":["log"],"wishes":[]}""",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static Lockfile Locked(string text) => new("app", [.. text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(' '))
        .Select(words => new LockedPackage(
            new(PackageName.Parse(words[0]), SemanticVersion.Parse(words[1])), new PackageSource.Feed("main"), null, null, [], []))]);
}
