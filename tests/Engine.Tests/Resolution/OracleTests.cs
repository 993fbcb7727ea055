using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Resolution;

public class OracleTests
{
    private const int Seeds = 4000;

    [Fact]
    public void The_resolver_agrees_with_trying_everything()
    {
        var (solved, failed) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (world, request) = RandomWorld.Of(seed);
            var resolver = new Resolver(request);
            var step = world.Resolve(resolver);
            var truth = new BruteForce(world, request).HasResolution();
            if (truth is null)
            {
                continue;
            }

            Assert.True(truth == step is ResolverStep.Solved, $"seed {seed}: {(truth == true ? "there is a resolution" : "there is none")}, got {step}");
            try
            {
                Check(world, request, resolver, step, ref solved, ref failed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
            }
        }

        Assert.True(solved > Seeds / 5 && failed > Seeds / 10, $"{solved} solved, {failed} failed");
    }

    [Fact]
    public void Every_repair_of_a_generated_conflict_resolves()
    {
        var (conflicts, repaired) = (0, 0);
        for (var seed = 100_000; seed < 100_000 + (Seeds / 8); seed++)
        {
            var (world, request) = RandomWorld.Of(seed);
            var resolver = new Resolver(request);
            if (world.Resolve(resolver) is not ResolverStep.Unsolvable)
            {
                continue;
            }

            var repairs = world.Repairs(resolver.FindRepairs(), 4);
            conflicts++;
            repaired += repairs.Count > 0 ? 1 : 0;
            Assert.Equal(repairs.Count, repairs.Select(repair => repair.Id).Distinct().Count());
            foreach (var repair in repairs)
            {
                Laws.Repaired(world, request, repair);
            }
        }

        Assert.Equal(conflicts, repaired);
    }

    private static void Check(World world, ResolutionRequest request, Resolver resolver, ResolverStep step, ref int solved, ref int failed)
    {
        if (step is ResolverStep.Solved answer)
        {
            solved++;
            Laws.Solved(world, request, answer.Resolution);
        }
        else if (step is ResolverStep.Unsolvable failure)
        {
            failed++;
            Laws.Failed(world, request, resolver, failure.Explanation);
        }
    }
}
