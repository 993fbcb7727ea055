using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Resolution;

public class WishTests
{
    private const int Seeds = 1500;

    private static readonly string[] Names = ["a", "b", "c", "d", "e"];
    private static readonly string[] Versions = ["0.1.0", "0.2.0", "1.0.0", "1.1.0", "2.0.0"];
    private static readonly string[] Ranges = ["^1", "^2", "=1.0.0", ">=1.1", "<2"];

    [Fact]
    public void Wishes_hold_in_every_answer_and_the_resolver_finds_one_where_trying_everything_does()
    {
        var (solved, failed, blocked) = (0, 0, 0);
        for (var seed = 200_000; seed < 200_000 + Seeds; seed++)
        {
            var (world, request) = RandomWorld.Of(seed);
            request = request with { Wishes = Wishes(new(seed)) };
            var resolver = new Resolver(request);
            var step = world.Resolve(resolver);
            var truth = new BruteForce(world, request).HasResolution();
            Assert.True(truth is null || truth == step is ResolverStep.Solved, $"seed {seed}: trying everything says {truth}, got {step}");
            if (step is ResolverStep.Solved answer)
            {
                solved++;
                Assert.Empty(ResolutionVerifier.Check(request, answer.Resolution, world.Find));
            }
            else if (step is ResolverStep.Unsolvable failure)
            {
                failed++;
                blocked += failure.Explanation.Wishes.IsEmpty ? 0 : 1;
                Laws.Failed(world, request, resolver, failure.Explanation, [SupplyOrder.LastFirst]);
                WishesAreNamedOnlyWhenNeeded(world, request, failure.Explanation);
            }
        }

        Assert.True(solved > Seeds / 5 && failed > Seeds / 10 && blocked > Seeds / 20, $"{solved} solved, {failed} failed, {blocked} of them by wishes");
    }

    [Fact]
    public void No_repair_goes_against_a_wish()
    {
        var repaired = 0;
        for (var seed = 300_000; seed < 300_000 + (Seeds / 4); seed++)
        {
            var (world, request) = RandomWorld.Of(seed);
            request = request with { Wishes = Wishes(new(seed)) };
            var resolver = new Resolver(request);
            if (world.Resolve(resolver) is not ResolverStep.Unsolvable)
            {
                continue;
            }

            foreach (var repair in world.Repairs(resolver.FindRepairs(), 4))
            {
                repaired++;
                Laws.Repaired(world, request, repair);
                Assert.DoesNotContain(repair.Edits, edit => request.Wishes.Any(wish => wish.RulesOut(edit)));
            }
        }

        Assert.True(repaired > Seeds / 20, $"{repaired} repairs");
    }

    [Fact]
    public void The_verifier_sees_a_wish_that_does_not_hold()
    {
        var (world, request) = (new World(), Request("log", "^1"));
        world.Publish(ReleaseText.Read("log 1.0.0"));
        var answer = Assert.IsType<ResolverStep.Solved>(world.Resolve(request)).Resolution;
        ImmutableArray<Wish> broken =
            [new Wish.Keep(PackageName.Parse("log"), new(1, 1, 0)), new Wish.Never(PackageName.Parse("log"), VersionSet.All)];
        Assert.Equal(2, ResolutionVerifier.Check(request with { Wishes = broken }, answer, world.Find).Length);
    }

    /// <summary>A reason that names no wish is one without them too.</summary>
    private static void WishesAreNamedOnlyWhenNeeded(World world, ResolutionRequest request, Explanation explanation)
    {
        if (explanation.Wishes.IsEmpty)
        {
            Assert.IsType<ResolverStep.Unsolvable>(world.Resolve(request with { Wishes = [] }));
        }

        Assert.IsType<ResolverStep.Unsolvable>(world.Resolve(request with { Wishes = explanation.Wishes }));
    }

    private static ImmutableArray<Wish> Wishes(Random random) => [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Wish(random)).Distinct()];

    private static Wish Wish(Random random)
    {
        var name = PackageName.Parse(Names[random.Next(Names.Length)]);
        return random.Next(6) switch
        {
            0 => new Wish.Keep(name, SemanticVersion.Parse(Versions[random.Next(Versions.Length)])),
            1 => new Wish.NeverCopies(name),
            2 => new Wish.KeepLine("cairn.toml", (DependencyGroup)random.Next(3), name.Value),
            3 => new Wish.NeverOverride(name),
            _ => new Wish.Never(name, Constraint.Parse(Ranges[random.Next(Ranges.Length)]).Versions),
        };
    }

    private static ResolutionRequest Request(string name, string range) => new(
        [new(new Manifest { Package = new(PackageName.Parse("app"), new(1, 0, 0)), Dependencies = [ReleaseText.Dependency($"{name} {range}")] }, "cairn.toml", ".")],
        ResolutionTable.Default);
}
