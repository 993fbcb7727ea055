using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Tests.Resolution.Solving;

/// <summary>What must hold of every answer, over thousands of generated worlds that a brute-force search also decides.</summary>
public sealed class SolverLaws
{
    private const int Seeds = 6000;

    [Fact]
    public void The_answer_is_the_one_that_trying_everything_gives()
    {
        var failed = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var solver = Solve(world);
            var isExpected = world.HasSolution();
            Assert.True(isExpected == (solver.State == SolveState.Solved), $"seed {seed}: {solver.State}, a solution exists: {isExpected}");
            if (isExpected)
            {
                Assert.True(world.Accepts(Choice(world, solver)), $"seed {seed}: [{string.Join(' ', Choice(world, solver))}] breaks a rule of\n{world}");
            }

            failed += isExpected ? 0 : 1;
        }

        Assert.InRange(failed, Seeds / 10, Seeds * 9 / 10);
    }

    [Fact]
    public void The_facts_that_a_failure_names_fail_by_themselves()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var solver = Solve(world);
            if (solver.State != SolveState.Failed)
            {
                continue;
            }

            var core = solver.Core().ToHashSet();
            var rules = world.Rules.Where((_, fact) => !core.Contains(fact)).ToArray();
            var reduced = rules.Aggregate(world, (rest, rule) => rest.Without(rule));
            Assert.False(reduced.HasSolution(), $"seed {seed}: facts {string.Join(' ', core)} of\n{world}");
        }
    }

    private static Solver Solve(SmallWorld world)
    {
        var solver = new Solver(world.ToUniverse());
        solver.Start(0, 0);
        solver.Solve();
        return solver;
    }

    private static int[] Choice(SmallWorld world, Solver solver) =>
        [.. Enumerable.Range(0, world.Versions.Length).Select(solver.OrdinalOf)];
}
