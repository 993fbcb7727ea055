using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;

namespace Registry.Engine.Tests.Sources;

public sealed class RoutesTests
{
    private static readonly RegistryEntry Main = new("main", "/main", []) { IsDefault = true };
    private static readonly RegistryEntry Corp = new("corp", "/corp", ["acme/*", "http-core"]);
    private static readonly RegistryEntry Vendor = new("vendor", "/vendor", ["acme/json"]);

    [Theory]
    [InlineData("log", "main")]
    [InlineData("acme/log", "corp")]
    [InlineData("Acme/Log", "corp")]
    [InlineData("acme/json", "vendor")]
    [InlineData("http_core", "corp")]
    [InlineData("acmex/log", "main")]
    [InlineData("acme", "main")]
    public void The_most_specific_pattern_wins(string name, string registry) =>
        Assert.Equal(registry, new Routes([Main, Corp, Vendor]).Resolve(PackageName.Parse(name)).Name);

    [Fact]
    public void A_dependency_may_name_its_registry()
    {
        var routes = new Routes([Main, Corp]);

        Assert.Equal("corp", routes.Resolve(PackageName.Parse("log"), new DependencyOrigin.Feed("corp")).Name);
        Assert.Equal(ProblemCode.RegistryNotFound, Code(() => routes.Resolve(PackageName.Parse("log"), new DependencyOrigin.Feed("other"))));
    }

    [Theory]
    [InlineData("acme/*")]
    [InlineData("ACME/*")]
    [InlineData("http-core")]
    [InlineData("http.core")]
    public void Two_registries_may_not_claim_the_same(string pattern) =>
        Assert.Equal(ProblemCode.RouteAmbiguous, Code(() => new Routes([Main, Corp, new("other", "/other", [pattern])])));

    [Fact]
    public void Two_registries_may_not_both_be_the_default() =>
        Assert.Equal(ProblemCode.RouteAmbiguous, Code(() => new Routes([Main, Main with { Name = "second" }])));

    [Fact]
    public void A_name_without_a_route_is_told_what_to_do()
    {
        var problem = Assert.Throws<ProblemException>(() => new Routes([Corp]).Resolve(PackageName.Parse("log"))).Problem;

        Assert.Equal(ProblemCode.RouteMissing, problem.Code);
        Assert.Contains("`corp`", problem.Hint, StringComparison.Ordinal);
        Assert.Contains("cairn registry add", Assert.Throws<ProblemException>(() => new Routes([]).Resolve(PackageName.Parse("log"))).Problem.Hint, StringComparison.Ordinal);
    }

    private static ProblemCode Code(Func<object> action) => Assert.Throws<ProblemException>(() => action()).Problem.Code;
}
