using Registry.Engine.Problems;
using Registry.Engine.Sources.Transport;

namespace Registry.Engine.Tests.Sources;

public sealed class HttpHandlersTests
{
    [Theory]
    [InlineData("https_proxy", "http://proxy.example:3128", "https://feed.example/", true)]
    [InlineData("HTTP_PROXY", "proxy.example:3128", "http://feed.example/", true)]
    [InlineData("ALL_PROXY", "proxy.example:3128", "https://inside.corp.example/", false)]
    [InlineData("ALL_PROXY", "proxy.example:3128", "https://corp.example/", false)]
    [InlineData("ALL_PROXY", "proxy.example:3128", "https://notcorp.example/", true)]
    [InlineData("ALL_PROXY", "proxy.example:3128", "http://127.0.0.1:8000/", false)]
    public void Proxies_are_taken_from_the_usual_variables(string variable, string proxy, string address, bool isUsed)
    {
        var options = HttpOptions.From(new Dictionary<string, string> { [variable] = proxy, ["NO_PROXY"] = "localhost, .corp.example" });
        using var handler = HttpHandlers.Create(options);

        Assert.True(handler.UseProxy);
        Assert.Equal(isUsed, !handler.Proxy!.IsBypassed(new(address)));
        Assert.Equal("proxy.example", handler.Proxy.GetProxy(new(address))?.Host);
    }

    [Fact]
    public void Credentials_of_a_proxy_are_used()
    {
        using var handler = HttpHandlers.Create(new() { Proxy = "http://me:p%40ss@proxy.example" });

        Assert.Equal("p@ss", handler.Proxy!.Credentials?.GetCredential(new("http://proxy.example"), "Basic")?.Password);
    }

    [Fact]
    public void Nothing_is_followed_kept_or_unpacked_by_itself()
    {
        using var handler = HttpHandlers.Create(HttpOptions.From(new Dictionary<string, string>()));

        Assert.False(handler.UseProxy || handler.AllowAutoRedirect || handler.UseCookies);
        Assert.Equal(System.Net.DecompressionMethods.None, handler.AutomaticDecompression);
    }

    [Fact]
    public void Certificate_authorities_that_cannot_be_read_are_a_problem_of_their_own() =>
        Assert.Equal(
            ProblemCode.FileUnavailable,
            Assert.Throws<ProblemException>(() => HttpHandlers.Create(new() { CertificateAuthorities = "/no/such.pem" })).Problem.Code);
}
