using Registry.Engine.Model;
using Registry.Engine.Operations.Searching;

namespace Registry.Engine.Tests.Operations;

public sealed class LookAlikeTests
{
    [Theory]
    [InlineData("http-core", "http-cores", true)]
    [InlineData("http-core", "htttp-core", true)]
    [InlineData("http-core", "http-cora", true)]
    [InlineData("http-core", "htpt-core", true)]
    [InlineData("http-core", "httpcore", true)]
    [InlineData("acme/http", "acme-http", true)]
    [InlineData("http-core", "http-client", false)]
    [InlineData("http-core", "grpc-http-core", false)]
    [InlineData("log", "lob", false)]
    [InlineData("http_core", "http-core", false)]
    public void Names_that_are_near_are_told_apart(string known, string name, bool isLookAlike) =>
        Assert.Equal(isLookAlike, LookAlike.Of(PackageName.Parse(name), [PackageName.Parse("other-name"), PackageName.Parse(known)]) is not null);

    [Fact]
    public void A_name_that_is_used_looks_like_nothing_else() =>
        Assert.Null(LookAlike.Of(PackageName.Parse("http-cor"), [PackageName.Parse("http-core"), PackageName.Parse("http-cor")]));
}
