using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Tests.Resolution.Solving;

public sealed class SolverTests
{
    private readonly Universe universe = new();

    [Fact]
    public void The_newest_allowed_version_is_chosen_and_the_oldest_on_request()
    {
        var (root, lib) = (universe.AddPackage(1), universe.AddPackage(9));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Range(2, 7));
        CloseAll();

        Assert.Equal(6, Solve().OrdinalOf(lib));
        Assert.Equal(2, Solve(new Preferences { DefaultOrder = VersionOrder.Oldest }).OrdinalOf(lib));
    }

    [Fact]
    public void A_preferred_version_wins_where_it_is_allowed()
    {
        var (root, lib) = (universe.AddPackage(1), universe.AddPackage(100));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Range(2, 70));
        CloseAll();
        var preferences = new Preferences();
        preferences.Prefer(lib, 40);

        Assert.Equal(40, Solve(preferences).OrdinalOf(lib));
        preferences.Prefer(lib, 80);
        Assert.Equal(69, Solve(preferences).OrdinalOf(lib));
    }

    [Fact]
    public void Postponed_versions_are_chosen_only_when_nothing_else_is_left()
    {
        var (root, lib, other) = (universe.AddPackage(1), universe.AddPackage(5), universe.AddPackage(70));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Range(0, 5));
        universe.Require(root, OrdinalSet.Single(0), other, OrdinalSet.Range(60, 70));
        CloseAll();
        var preferences = new Preferences();
        preferences.Postpone(lib, OrdinalSet.Range(3, 5));
        preferences.Postpone(other, OrdinalSet.Range(50, 70));

        var solver = Solve(preferences);

        Assert.Equal((2, 69), (solver.OrdinalOf(lib), solver.OrdinalOf(other)));
    }

    [Fact]
    public void One_version_that_asks_one_package_for_two_things_cannot_be_chosen()
    {
        var (root, lib, both) = (universe.AddPackage(1), universe.AddPackage(2), universe.AddPackage(4));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Range(0, 2));
        universe.Require(lib, OrdinalSet.Single(1), both, OrdinalSet.Range(0, 2));
        universe.Require(lib, OrdinalSet.Single(1), both, OrdinalSet.Range(2, 4));
        CloseAll();

        Assert.Equal(0, Solve().OrdinalOf(lib));
    }

    [Fact]
    public void A_requirement_on_itself_is_met_or_rules_the_version_out()
    {
        var (root, lib) = (universe.AddPackage(1), universe.AddPackage(3));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Range(0, 3));
        universe.Require(lib, OrdinalSet.Range(1, 3), lib, OrdinalSet.Single(1));
        CloseAll();

        Assert.Equal(1, Solve().OrdinalOf(lib));
    }

    [Fact]
    public void A_weak_requirement_acts_only_when_all_of_its_terms_hold()
    {
        var (root, lib, feature, extra) = (universe.AddPackage(1), universe.AddPackage(1), universe.AddPackage(1), universe.AddPackage(2));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Single(0));
        universe.AddClause(lib, OrdinalSet.Single(0), [new Term(feature, OrdinalSet.Single(0), false), new Term(extra, OrdinalSet.Single(1), true)]);
        var wish = universe.Require(root, OrdinalSet.Single(0), feature, OrdinalSet.Single(0));
        CloseAll();

        Assert.Equal(0, Solve().OrdinalOf(extra));
        Assert.Equal(-1, Solve(edits: new Edits().Disable(wish)).OrdinalOf(extra));
    }

    [Fact]
    public void Two_absences_in_one_fact_are_refused() =>
        Assert.Throws<ArgumentException>(() =>
        {
            var (a, b, c) = (universe.AddPackage(1), universe.AddPackage(1), universe.AddPackage(1));
            universe.AddClause(a, OrdinalSet.Single(0), [new Term(b, OrdinalSet.Empty, true), new Term(c, OrdinalSet.Empty, true)]);
        });

    [Fact]
    public void Missing_facts_are_named_all_at_once_and_only_for_the_version_that_is_next()
    {
        var (root, lib) = (universe.AddPackage(1), universe.AddPackage(2));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Range(0, 2));
        universe.RequireLater(lib, OrdinalSet.Single(0));
        var first = universe.RequireLater(lib, OrdinalSet.Range(0, 2));
        var second = universe.RequireLater(lib, OrdinalSet.Single(1));
        CloseAll();
        var solver = Solve();

        Assert.Equal(SolveState.Needs, solver.State);
        Assert.Equal([first, second], solver.NeededFacts);

        var late = universe.AddPackage(1);
        universe.Resolve(first, late, OrdinalSet.Single(0));
        universe.Resolve(second, late, OrdinalSet.Single(0));
        Assert.Equal(SolveState.Needs, solver.Solve());
        Assert.Equal([late], solver.NeededPackages);

        universe.Close(late);
        Assert.Equal(SolveState.Solved, solver.Solve());
        Assert.Equal([root, lib, late], solver.Chosen);
    }

    [Fact]
    public void A_limit_leaves_the_question_undecided()
    {
        var (root, lib) = (universe.AddPackage(1), universe.AddPackage(1));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Single(0));
        CloseAll();
        var solver = new Solver(universe);
        solver.Start(0, 0, limits: new SolveLimits(Turns: 1));

        Assert.Equal(SolveState.Undecided, solver.Solve());
        Assert.Equal(SolveState.Undecided, solver.Step());
    }

    [Fact]
    public void Steps_go_where_a_solve_goes()
    {
        var world = SmallWorld.Generate(11).ToUniverse();
        var (stepped, solved) = (new Solver(world), new Solver(world));
        stepped.Start(0, 0);
        solved.Start(0, 0);
        while (stepped.Step() == SolveState.Running)
        {
        }

        Assert.Equal(solved.Solve(), stepped.State);
        Assert.Equal(solved.Chosen, stepped.Chosen);
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_packages_needs_no_deep_stack()
    {
        const int Length = 100_000;
        for (var package = 0; package < Length; package++)
        {
            universe.AddPackage(package == Length - 1 ? 0 : 1);
        }

        for (var package = 0; package + 1 < Length; package++)
        {
            universe.Require(package, OrdinalSet.Single(0), package + 1, OrdinalSet.Single(0));
        }

        CloseAll();
        var solver = Solve();

        Assert.Equal(SolveState.Failed, solver.State);
        Assert.Equal(Length - 1, solver.Core().Count);
        Assert.Empty(solver.Proof().Nodes[^1].Terms);
        Assert.Single(FailureOutline.Of(universe, 0, 0, solver.Core()).Lines);
    }

    [Fact]
    public void A_package_may_have_more_versions_than_sixteen_bits_count()
    {
        var (root, lib) = (universe.AddPackage(1), universe.AddPackage(200_000));
        universe.Require(root, OrdinalSet.Single(0), lib, OrdinalSet.Range(0, 200_000));
        universe.Forbid(lib, OrdinalSet.FromBounds([0, 70_000, 150_000, 200_000]));
        CloseAll();

        Assert.Equal(149_999, Solve().OrdinalOf(lib));
    }

    private void CloseAll()
    {
        for (var package = 0; package < universe.PackageCount; package++)
        {
            universe.Close(package);
        }
    }

    private Solver Solve(Preferences? preferences = null, Edits? edits = null)
    {
        var solver = new Solver(universe);
        solver.Start(0, 0, preferences, edits);
        solver.Solve();
        return solver;
    }
}
