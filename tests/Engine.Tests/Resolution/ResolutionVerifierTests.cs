using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Resolution;

public class ResolutionVerifierTests
{
    private static readonly PackageKey log = new(PackageName.Parse("log"), DependencyOrigin.Feed.Routed);

    [Fact]
    public void A_right_answer_passes_and_each_kind_of_wrong_one_is_a_bug()
    {
        var (request, supplies, right) = Answered();
        Assert.Same(right, ResolutionVerifier.Require(request, right, supplies));

        Broken(request, supplies, right with { Packages = [.. right.Packages.Where(package => package.Id.Name.Value != "text")] });
        Broken(request, supplies, right with { Packages = right.Packages.Add(Package("text 1.1.0")) });
        Broken(request, supplies, Changed(right, "text", package => package with { Features = ["fast"] }));
        Broken(request, supplies, Changed(right, "log", package => package with { Dependencies = [] }));
        Broken(request, supplies, Changed(right, "text", package => package with { Source = new PackageSource.Feed("other") }));
        Broken(request with { Wishes = [new Wish.Never(PackageName.Parse("text"), VersionSet.All)] }, supplies, right);
        Broken(request with { Options = request.Options with { AsOf = DateTimeOffset.UnixEpoch } }, supplies, Changed(right, "text", package => package with { Release = ReleaseText.Read("text 1.0.0 at 2026-01-01") }));
    }

    [Fact]
    public void Every_solve_is_checked_against_what_was_supplied()
    {
        var (request, supplies, _) = Answered();
        // The tables that the solver reads are made once; what is checked is what was said last.
        supplies.Add(new(log, new PackageSource.Feed("main"), new(log.Name, [ReleaseText.Read("log 2.0.0")])));
        var thrown = Assert.Throws<InvalidOperationException>(() => new Resolver(request, supplies).Step());
        Assert.Contains("does not hold when it is checked again", thrown.Message, StringComparison.Ordinal);
    }

    private static void Broken(ResolutionRequest request, Supplies supplies, Engine.Resolution.Resolution wrong) =>
        Assert.Throws<InvalidOperationException>(() => ResolutionVerifier.Require(request, wrong, supplies));

    private static (ResolutionRequest Request, Supplies Supplies, Engine.Resolution.Resolution Answer) Answered()
    {
        var world = new World();
        world.Publish(ReleaseText.Read("log 1.0.0 -> text ^1"));
        world.Publish(ReleaseText.Read("text 1.0.0"));
        var (request, supplies) = (Request(), new Supplies());
        var solved = Assert.IsType<ResolverStep.Solved>(world.Resolve(new Resolver(request, supplies)));
        Assert.Equal(3, solved.Resolution.Packages.Length);
        return (request, supplies, solved.Resolution);
    }

    private static Engine.Resolution.Resolution Changed(Engine.Resolution.Resolution right, string name, Func<ResolvedPackage, ResolvedPackage> change) =>
        right with { Packages = [.. right.Packages.Select(package => package.Id.Name.Value == name ? change(package) : package)] };

    private static ResolvedPackage Package(string text) => new(ReleaseText.Read(text), new PackageSource.Feed("main"), [], []);

    private static ResolutionRequest Request() => new(
        [new(new Manifest { Package = new(PackageName.Parse("app"), new(1, 0, 0)), Dependencies = [ReleaseText.Dependency("log ^1")] }, "cairn.toml", ".")],
        ResolutionTable.Default);
}
