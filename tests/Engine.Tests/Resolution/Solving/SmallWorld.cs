using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Tests.Resolution.Solving;

/// <summary>
/// A few packages with a few versions, generated from a seed: small enough that every choice can be tried. Package 0 is
/// the root and has one version.
/// </summary>
internal sealed class SmallWorld
{
    private SmallWorld(int[] versions, List<WorldRule> rules)
    {
        Versions = versions;
        Rules = rules;
    }

    public int[] Versions { get; }

    public List<WorldRule> Rules { get; }

    public static SmallWorld Generate(int seed)
    {
        var random = new Random(seed);
        // Most worlds are tiny; some have one package that needs the wide form of sets.
        var versions = Enumerable.Range(0, random.Next(2, 7)).Select(i => i == 0 ? 1 : random.Next(0, 5)).ToArray();
        if (random.Next(8) == 0)
        {
            versions[^1] = 70;
        }

        var rules = new List<WorldRule>();
        for (var package = 0; package < versions.Length; package++)
        {
            for (var i = random.Next(0, package == 0 ? 4 : 5); i > 0 && versions[package] > 0; i--)
            {
                rules.Add(Rule(random, versions, package));
            }
        }

        return new SmallWorld(versions, rules);
    }

    public SmallWorld Without(WorldRule rule) => new(Versions, [.. Rules.Where(other => !ReferenceEquals(other, rule))]);

    public SmallWorld With(WorldRule rule) => new(Versions, [.. Rules, rule]);

    /// <summary>Every way to choose, good or bad.</summary>
    public IEnumerable<int[]> Choices()
    {
        IEnumerable<int[]> choices = [[]];
        return Versions.Aggregate(choices, (some, versions) =>
            some.SelectMany(choice => Enumerable.Range(-1, versions + 1).Select(ordinal => (int[])[.. choice, ordinal])));
    }

    /// <summary>The same world with the versions of one package forbidden.</summary>
    public SmallWorld WithForbidden(int package, OrdinalSet versions) =>
        new(Versions, [.. Rules, new WorldRule(FactKind.Unavailable, package, versions, [])]);

    public Universe ToUniverse()
    {
        var universe = new Universe();
        foreach (var count in Versions)
        {
            universe.AddPackage(count);
        }

        foreach (var rule in Rules)
        {
            rule.AddTo(universe);
        }

        for (var package = 0; package < Versions.Length; package++)
        {
            universe.Close(package);
        }

        return universe;
    }

    /// <summary>Whether a choice (ordinal or -1 for each package) breaks no rule and has the root.</summary>
    public bool Accepts(int[] choice) =>
        choice[0] == 0 && Rules.TrueForAll(rule => !rule.IsBroken(choice));

    public override string ToString() =>
        $"versions {string.Join(' ', Versions)}\n" + string.Join('\n', Rules.Select(rule =>
            $"{rule.Kind} {rule.Package} [{rule.Versions}]: {string.Join("; ", rule.Terms.Select(term => $"{term.Package} [{term.Versions}]{(term.OrAbsent ? "?" : "")}"))}"));

    /// <summary>By trying everything: whether there is an accepted choice.</summary>
    public bool HasSolution()
    {
        var choice = new int[Versions.Length];
        Array.Fill(choice, -1);
        choice[0] = 0;
        return Search(choice, 1);
    }

    private bool Search(int[] choice, int package)
    {
        if (package == choice.Length)
        {
            return Accepts(choice);
        }

        for (choice[package] = -1; choice[package] < Versions[package]; choice[package]++)
        {
            if (Search(choice, package + 1))
            {
                return true;
            }
        }

        return false;
    }

    private static WorldRule Rule(Random random, int[] versions, int package)
    {
        var own = SomeOf(random, versions[package], isNonEmpty: true);
        var target = random.Next(0, versions.Length);
        var allowed = SomeOf(random, versions[target], isNonEmpty: false);
        var others = Enumerable.Range(0, versions.Length).Where(other => other != package).ToArray();
        switch (random.Next(12))
        {
            case 0:
                return new WorldRule(FactKind.Unavailable, package, own, []);
            case 1:
                return new WorldRule(FactKind.Restricts, package, own, [new Term(target, allowed, false)]);
            case 2:
                random.Shuffle(others);
                var terms = others.Take(2).Select((other, i) => new Term(other, SomeOf(random, versions[other], false), i == 0 && random.Next(2) == 0));
                return new WorldRule(FactKind.Clause, package, own, [.. terms]);
            default:
                return new WorldRule(FactKind.Requires, package, own, [new Term(target, allowed, false)]);
        }
    }

    private static OrdinalSet SomeOf(Random random, int versions, bool isNonEmpty)
    {
        var chance = random.Next(1, 4);
        var set = OrdinalSet.FromOrdinals(Enumerable.Range(0, versions).Where(_ => random.Next(4) < chance));
        return set.IsEmpty && isNonEmpty ? OrdinalSet.Single(random.Next(versions)) : set;
    }
}

/// <summary>One rule of a world; `Terms` is the target and what is allowed, or the other terms of a clause.</summary>
internal sealed record WorldRule(FactKind Kind, int Package, OrdinalSet Versions, Term[] Terms)
{
    public int AddTo(Universe universe) => Kind switch
    {
        FactKind.Requires => universe.Require(Package, Versions, Terms[0].Package, Terms[0].Versions),
        FactKind.Restricts => universe.Restrict(Package, Versions, Terms[0].Package, Terms[0].Versions),
        FactKind.Unavailable => universe.Forbid(Package, Versions),
        _ => universe.AddClause(Package, Versions, Terms),
    };

    public bool IsBroken(int[] choice)
    {
        if (choice[Package] < 0 || !Versions.Contains(choice[Package]))
        {
            return false;
        }

        return Kind switch
        {
            FactKind.Requires => choice[Terms[0].Package] < 0 || !Terms[0].Versions.Contains(choice[Terms[0].Package]),
            FactKind.Restricts => choice[Terms[0].Package] >= 0 && !Terms[0].Versions.Contains(choice[Terms[0].Package]),
            FactKind.Unavailable => true,
            _ => Array.TrueForAll(Terms, term => choice[term.Package] < 0 ? term.OrAbsent : term.Versions.Contains(choice[term.Package])),
        };
    }
}
