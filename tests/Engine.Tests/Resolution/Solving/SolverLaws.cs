using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Tests.Resolution.Solving;

/// <summary>What must hold of every answer, over thousands of generated worlds that a brute-force search also decides.</summary>
public sealed class SolverLaws
{
    private const int Seeds = 4000;

    [Fact]
    public void The_answer_is_the_one_that_trying_everything_gives()
    {
        var failed = 0;
        for (var seed = 0; seed < 3 * Seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var solver = Solve(world);
            var isExpected = world.HasSolution();
            Assert.True(isExpected == (solver.State == SolveState.Solved), $"seed {seed}: {solver.State}, a solution exists: {isExpected}\n{world}");
            if (isExpected)
            {
                Assert.True(world.Accepts(Choice(world, solver)), $"seed {seed}: [{string.Join(' ', Choice(world, solver))}] breaks a rule of\n{world}");
            }

            failed += isExpected ? 0 : 1;
        }

        Assert.InRange(failed, Seeds / 10, 3 * Seeds * 9 / 10);
    }

    [Fact]
    public void The_facts_that_a_failure_names_fail_by_themselves() =>
        ForFailures((seed, world, solver) =>
        {
            var core = solver.Core().ToHashSet();
            var rest = world.Rules.Where((_, fact) => !core.Contains(fact)).ToArray();
            Assert.False(rest.Aggregate(world, (smaller, rule) => smaller.Without(rule)).HasSolution(), $"seed {seed}: facts {string.Join(' ', core)} of\n{world}");
        });

    [Fact]
    public void A_reduced_core_fails_and_nothing_can_be_left_out_of_it() =>
        ForFailures((seed, world, solver) =>
        {
            var universe = world.ToUniverse();
            var reduction = new CoreReduction(universe);
            var core = reduction.Reduce(0, 0, solver.Core());
            Assert.True(reduction.Fails(0, 0, core), $"seed {seed}");
            Assert.All(core, fact => Assert.False(reduction.Fails(0, 0, core.Where(other => other != fact)), $"seed {seed}: {fact} is not needed in\n{world}"));
            Assert.Equal(core.Order(), FailureOutline.Of(universe, 0, 0, core).Facts.Order());
        });

    [Fact]
    public void Every_statement_of_a_proof_follows_from_its_causes() =>
        ForFailures((seed, world, solver) =>
        {
            if (world.Versions.Contains(70))
            {
                return;
            }

            var nodes = solver.Proof().Nodes;
            Assert.Empty(nodes[^1].Terms);
            foreach (var node in nodes)
            {
                var isForbidden = (int[] choice) => node.IsLeaf
                    ? node.Facts.Any(fact => fact == Fact.Root ? choice[0] != 0 : world.Rules[fact].IsBroken(choice))
                    : Holds(nodes[node.First], choice) || Holds(nodes[node.Second], choice);
                Assert.All(world.Choices().Where(choice => Holds(node, choice)), choice => Assert.True(isForbidden(choice), $"seed {seed}"));
            }
        }, Seeds / 4);

    [Fact]
    public void The_same_question_has_the_same_answer_also_from_a_used_solver()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var universe = world.ToUniverse();
            var used = new Solver(universe);
            var other = new Edits();
            other.Limit(world.Versions.Length - 1, OrdinalSet.Empty);
            used.Start(0, 0, edits: other);
            used.Solve();
            used.Start(0, 0);
            used.Solve();
            var fresh = Solve(world);
            Assert.Equal((fresh.State, fresh.Decisions, fresh.Conflicts), (used.State, used.Decisions, used.Conflicts));
            Assert.Equal(fresh.Chosen, used.Chosen);
        }
    }

    [Fact]
    public void Fewer_requirements_only_help_and_fewer_versions_only_hurt()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var random = new Random(seed);
            if (Solve(world).State == SolveState.Solved)
            {
                var rule = world.Rules.Count == 0 ? null : world.Rules[random.Next(world.Rules.Count)];
                Assert.True(rule is null || Solve(world.Without(rule)).State == SolveState.Solved, $"seed {seed}");
            }
            else
            {
                var package = random.Next(world.Versions.Length);
                var versions = OrdinalSet.Range(0, random.Next(world.Versions[package] + 1));
                Assert.True(Solve(world.WithForbidden(package, versions)).State == SolveState.Failed, $"seed {seed}");
            }
        }
    }

    [Fact]
    public void The_order_in_which_things_are_supplied_does_not_matter()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var expected = Solve(world);
            var supply = new LateSupply(world, new Random(seed));
            Assert.True(expected.State == supply.Solve(), $"seed {seed}\n{world}");
            Assert.Equal(Choice(world, expected), supply.Choice());
        }
    }

    [Fact]
    public void An_edit_is_the_same_as_another_universe()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var random = new Random(seed);
            var fact = random.Next(world.Rules.Count + 1);
            var package = random.Next(1, world.Versions.Length);
            var forbidden = OrdinalSet.Range(0, random.Next(world.Versions[package] + 1));
            var edits = new Edits();
            edits.Limit(package, forbidden.Complement(world.Versions[package]));
            var edited = world.WithForbidden(package, forbidden);
            if (fact < world.Rules.Count)
            {
                edits.Disable(fact);
                edited = edited.Without(world.Rules[fact]);
            }

            var solver = new Solver(world.ToUniverse());
            solver.Start(0, 0, edits: edits);
            Assert.True((solver.Solve() == SolveState.Solved) == edited.HasSolution(), $"seed {seed}\n{world}");
        }
    }

    [Fact]
    public void A_replaced_requirement_is_the_same_as_another_universe()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var fact = world.Rules.FindIndex(rule => rule.Kind == FactKind.Requires);
            if (fact < 0)
            {
                continue;
            }

            var random = new Random(seed);
            var target = random.Next(world.Versions.Length);
            var allowed = OrdinalSet.Range(0, random.Next(world.Versions[target] + 1));
            var rule = world.Rules[fact] with { Terms = [new Term(target, allowed, false)] };
            var solver = new Solver(world.ToUniverse());
            solver.Start(0, 0, edits: new Edits().Replace(fact, target, allowed));
            Assert.True((solver.Solve() == SolveState.Solved) == world.Without(world.Rules[fact]).With(rule).HasSolution(), $"seed {seed}\n{world}");
        }
    }

    private static bool Holds(ProofNode node, int[] choice) =>
        node.Terms.All(term => choice[term.Package] < 0 ? term.OrAbsent : term.Versions.Contains(choice[term.Package]));

    private static void ForFailures(Action<int, SmallWorld, Solver> check, int seeds = Seeds)
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            var world = SmallWorld.Generate(seed);
            var solver = Solve(world);
            if (solver.State == SolveState.Failed)
            {
                check(seed, world, solver);
            }
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

    /// <summary>
    /// Supplies a world piece by piece, packages in any order and every requirement only when the solve asks for it.
    /// </summary>
    private sealed class LateSupply
    {
        private readonly SmallWorld world;
        private readonly Random random;
        private readonly Universe universe = new();
        private readonly int[] idOf;
        private readonly List<WorldRule> later = [];
        private readonly Solver solver;

        public LateSupply(SmallWorld world, Random random)
        {
            (this.world, this.random) = (world, random);
            idOf = new int[world.Versions.Length];
            var order = Enumerable.Range(0, idOf.Length).ToArray();
            random.Shuffle(order);
            foreach (var package in order)
            {
                idOf[package] = universe.AddPackage(world.Versions[package]);
            }

            solver = new Solver(universe);
            solver.Start(idOf[0], 0);
        }

        public SolveState Solve()
        {
            while (solver.Solve() == SolveState.Needs)
            {
                foreach (var id in solver.NeededPackages)
                {
                    State(Array.IndexOf(idOf, id));
                }

                // Some now, some when asked again.
                var facts = solver.NeededFacts.ToArray();
                random.Shuffle(facts);
                foreach (var fact in facts.Take(random.Next(1, facts.Length + 1)))
                {
                    var term = later[universe.Fact(fact).Tag].Terms[0];
                    universe.Resolve(fact, idOf[term.Package], term.Versions);
                }
            }

            return solver.State;
        }

        public int[] Choice() => [.. idOf.Select(solver.OrdinalOf)];

        private void State(int package)
        {
            foreach (var rule in world.Rules.Where(rule => rule.Package == package))
            {
                if (rule.Kind == FactKind.Requires)
                {
                    later.Add(rule);
                    universe.RequireLater(idOf[package], rule.Versions, later.Count - 1);
                }
                else
                {
                    var terms = rule.Terms.Select(term => term with { Package = idOf[term.Package] }).ToArray();
                    (rule with { Package = idOf[package], Terms = terms }).AddTo(universe);
                }
            }

            universe.Close(idOf[package]);
        }
    }
}
