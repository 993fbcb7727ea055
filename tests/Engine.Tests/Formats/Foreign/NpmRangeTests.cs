using Registry.Engine.Formats.Foreign;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Formats.Foreign;

public sealed class NpmRangeTests
{
    // The left side is from npm's own documentation and from package.json files seen in the wild.
    [Theory]
    [InlineData("1.2.3", "=1.2.3")]
    [InlineData("=1.2.3", "=1.2.3")]
    [InlineData("v1.2.3", "=1.2.3")]
    [InlineData("= v1.2.3", "=1.2.3")]
    [InlineData("1.2", "1.2.*")]
    [InlineData("1", "1.*")]
    [InlineData("1.x", "1.x")]
    [InlineData("1.2.x", "1.2.x")]
    [InlineData("", "*")]
    [InlineData("*", "*")]
    [InlineData("x", "*")]
    [InlineData("latest", "*")]
    [InlineData("^1.2.3", "^1.2.3")]
    [InlineData("^v1.2.3", "^1.2.3")]
    [InlineData("~1.2.3", "~1.2.3")]
    [InlineData("~> 1.2", "~1.2")]
    [InlineData(">= 0.10.0", ">=0.10.0")]
    [InlineData(">=1.2.3<2.0.0", ">=1.2.3 <2.0.0")]
    [InlineData(">=1.2.7 <1.3.0", ">=1.2.7 <1.3.0")]
    [InlineData("1.2 - 2.3.4", "1.2 - 2.3.4")]
    [InlineData("^1.0.0 || ^2.0.0", "^1.0.0 || ^2.0.0")]
    [InlineData("^1.0.0||>=3", "^1.0.0 || >=3")]
    [InlineData("||", "* || *")]
    [InlineData(">*", "<0.0.0")]
    [InlineData("1.2.3-beta.4", "=1.2.3-beta.4")]
    public void A_range_is_written_our_way(string npm, string ours) =>
        Assert.Equal(ours, NpmRange.Parse(npm)?.Text);

    [Theory]
    [InlineData("^0", "0.9.9", true)]
    [InlineData("^0", "1.0.0", false)]
    [InlineData("^0.0", "0.0.7", true)]
    [InlineData("^0.0", "0.1.0", false)]
    [InlineData("1.2", "1.2.9", true)]
    [InlineData("1.2", "1.3.0", false)]
    [InlineData("<2.0.0", "2.0.0-alpha", false)]
    [InlineData("^1.2.3-beta.2", "1.2.3-beta.4", true)]
    [InlineData("^1.2.3-beta.2", "1.2.4-beta.2", false)]
    public void A_range_admits_what_npm_says(string npm, string version, bool isAdmitted) =>
        Assert.Equal(isAdmitted, NpmRange.Parse(npm)!.Admits(SemanticVersion.Parse(version)));

    [Theory]
    [InlineData("next")]
    [InlineData("1.2.3.4")]
    [InlineData("not a range")]
    [InlineData(">=1.2.3 <")]
    [InlineData("99999999999999999999.0.0")]
    public void What_is_no_range_is_not_guessed(string npm) => Assert.Null(NpmRange.Parse(npm));

    [Fact]
    public void A_range_of_any_length_ends() => Assert.Null(NpmRange.Parse(string.Join("||", Enumerable.Repeat("1.2.3", 100_000))));
}
