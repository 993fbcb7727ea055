using Registry.Benchmarks.Resolve;
using Registry.Engine.Resolution.Solving;
using Registry.Testing;

namespace Registry.Engine.Tests.Resolution.Solving;

/// <summary>The data sets of real registries against their oracles; every solution is checked edge by edge.</summary>
public sealed class DataSetTests
{
    [Theory]
    [InlineData("pubgrub-large-case", 1)]
    [InlineData("elm-packages-2020", 1)]
    [InlineData("crates-2025-08-hard", 20)]
    public void Every_root_agrees_with_the_oracle(string name, int every)
    {
        var packages = Read(name);
        var oracle = Repository.SharedData($"resolver/{name}.expected.tsv.gz");
        Assert.SkipWhen(oracle is null, "the shared data is not here");
        var universe = PlainUniverse.Build(packages);
        var solver = new Solver(universe);
        var reduction = new CoreReduction(universe);
        foreach (var root in Root.Read(oracle, packages).Where((_, index) => index % every == 0))
        {
            solver.Start(root.Package, root.Ordinal);
            Assert.Equal((root, root.Expected), (root, solver.Solve() == SolveState.Solved));
            if (root.Expected == true)
            {
                Assert.Equal(0, EdgeChecker.Violations(packages, root.Package, root.Ordinal, solver.Chosen.ToDictionary(package => package, solver.OrdinalOf)));
            }
            else
            {
                Assert.True(reduction.Fails(root.Package, root.Ordinal, solver.Core()));
            }
        }
    }

    [Theory]
    [InlineData("backtracking-disjoint")]
    [InlineData("backtracking-ranges")]
    [InlineData("backtracking-singletons")]
    [InlineData("no-backtracking")]
    [InlineData("sudoku-easy")]
    [InlineData("sudoku-hard")]
    public void Synthetic_sets_are_solved(string name)
    {
        var packages = Read($"synthetic-{name}");
        var solver = new Solver(PlainUniverse.Build(packages));
        var root = packages.FindIndex(package => package.Name is "p0" or "root");
        solver.Start(root, 0);

        Assert.Equal(SolveState.Solved, solver.Solve());
        Assert.Equal(0, EdgeChecker.Violations(packages, root, 0, solver.Chosen.ToDictionary(package => package, solver.OrdinalOf)));
    }

    private static List<PlainPackage> Read(string name)
    {
        var path = Repository.SharedData($"resolver/{name}.plain.jsonl.gz");
        Assert.SkipWhen(path is null, "the shared data is not here");
        return PlainFile.Read(path);
    }
}
