using Registry.Engine.Formats.Lockfiles;

namespace Registry.Engine.Tests.Formats.Lockfiles;

public sealed class PackageSourceTextTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("feed+main")]
    [InlineData("path+../local-dep")]
    [InlineData("member+.")]
    [InlineData("member+crates/a")]
    [InlineData("git+https://host/repo#" + Commit)]
    [InlineData("git+https://host/repo?tag=v1.0#" + Commit)]
    [InlineData("git+git@host:repo.git?branch=fix#12#" + Commit)]
    [InlineData("git+file:///srv/repo?rev=abc123#" + Commit)]
    public void A_source_is_read_back_from_its_text(string text)
    {
        Assert.True(PackageSourceText.TryParse(text, out var source));
        Assert.Equal(text, source.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("feed+")]
    [InlineData("feed+a b")]
    [InlineData("path+/etc")]
    [InlineData("path+")]
    [InlineData("member+C:/x")]
    [InlineData("git+https://host/repo")]
    [InlineData("git+https://host/repo#main")]
    [InlineData("git+ext::sh -c x#" + Commit)]
    [InlineData("git+--upload-pack=x#" + Commit)]
    [InlineData("git+ssh://-oProxyCommand=x/y#" + Commit)]
    [InlineData("git+https://host/repo?tag=-x#" + Commit)]
    [InlineData("git+https://host/repo?what=x#" + Commit)]
    [InlineData("npm+x")]
    public void What_is_no_source_is_refused(string? text) => Assert.False(PackageSourceText.TryParse(text, out _));
}
