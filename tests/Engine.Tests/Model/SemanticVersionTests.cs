using System.IO.Compression;
using Registry.Engine.Model;
using Registry.Testing;

namespace Registry.Engine.Tests.Model;

public sealed class SemanticVersionTests
{
    [Theory]
    [InlineData("1.0.0-alpha", "1.0.0-alpha.1")]
    [InlineData("1.0.0-alpha.1", "1.0.0-alpha.beta")]
    [InlineData("1.0.0-beta.2", "1.0.0-beta.11")]
    [InlineData("1.0.0-rc.1", "1.0.0")]
    [InlineData("1.0.0-A", "1.0.0-a")]
    [InlineData("1.9.9", "1.10.0")]
    public void Order_is_that_of_the_specification(string lower, string higher)
    {
        Assert.True(SemanticVersion.Parse(lower) < SemanticVersion.Parse(higher));
        Assert.True(SemanticVersion.Parse(higher) > SemanticVersion.Parse(lower));
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("01.2.3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-01")]
    [InlineData("99999999999999999999.0.0")]
    [InlineData("v1.2.3")]
    [InlineData("")]
    [InlineData(" 1.2.3")]
    public void What_is_not_a_version_is_refused(string text) => Assert.False(SemanticVersion.TryParse(text, out _));

    [Fact]
    public void Build_metadata_is_kept_and_does_not_count()
    {
        var version = SemanticVersion.Parse("1.2.3+build.5");

        Assert.Equal(SemanticVersion.Parse("1.2.3"), version);
        Assert.Equal("1.2.3+build.5", version.ToString());
    }

    [Fact]
    public void Order_agrees_with_the_published_fixtures()
    {
        var path = Repository.SharedData("security/version-order/semver-versions.txt.gz");
        Assert.SkipWhen(path is null, "the shared data is not beside this checkout");
        using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));

        var compared = 0;
        while (text.ReadLine() is { } line)
        {
            // The fixtures come from a lenient reader; forms that SemVer 2 refuses (`v1.2.3`, `1.2`) say nothing about order here.
            if (line.Split(' ') is not [var left, var sign, var right]
                || !SemanticVersion.TryParse(left, out var a) || !SemanticVersion.TryParse(right, out var b))
            {
                continue;
            }

            compared++;
            Assert.Equal(sign switch { "<" => -1, ">" => 1, _ => 0 }, Math.Sign(a.CompareTo(b)));
        }

        Assert.True(compared > 40, $"only {compared} lines were compared");
    }
}
