using System.Collections.Immutable;

namespace Registry.Engine.Resolution.Solving;

/// <content>Why a solve failed.</content>
public sealed partial class Solver
{
    /// <summary>
    /// After <see cref="SolveState.Failed"/>: the facts that the proof rests on, ascending. They have no solution by
    /// themselves. <see cref="Fact.Root"/> is left out; limits of the edits are below it.
    /// </summary>
    public IReadOnlyList<int> Core()
    {
        var facts = new SortedSet<int>();
        foreach (var cause in Causes(_failureStart, _failureSteps).Where(cause => cause < 0))
        {
            CollectFact(cause, facts);
        }

        foreach (var number in Reached())
        {
            CollectFact(number, facts);
        }

        facts.Remove(Fact.Root);
        return [.. facts];
    }

    /// <summary>After <see cref="SolveState.Failed"/>: the whole derivation.</summary>
    public Proof Proof()
    {
        MustHaveFailed();
        var nodes = ImmutableArray.CreateBuilder<ProofNode>();
        var leaves = new Dictionary<int, int>();
        var nodeOf = new Dictionary<int, int>();
        foreach (var number in Reached())
        {
            ref readonly var rule = ref _incompatibilities[number];
            if (rule.Steps >= 0)
            {
                nodeOf[number] = AddDerivation(rule.Cause, rule.Steps, nodes, leaves, nodeOf);
            }
        }

        AddDerivation(_failureStart, _failureSteps, nodes, leaves, nodeOf);
        return new Proof(nodes.ToImmutable());
    }

    private void MustHaveFailed()
    {
        if (_state != SolveState.Failed)
        {
            throw new InvalidOperationException("only a failed solve has a proof");
        }
    }

    private void CollectFact(int cause, SortedSet<int> facts)
    {
        if (cause < 0 || _incompatibilities[cause].Steps < 0)
        {
            facts.UnionWith(FactsOf(cause));
            return;
        }

        foreach (var step in Causes(_incompatibilities[cause].Cause, _incompatibilities[cause].Steps))
        {
            if (step < 0)
            {
                facts.Add(~step);
            }
        }
    }

    /// <summary>The facts that a leaf of the derivation stands for.</summary>
    private ImmutableArray<int> FactsOf(int cause)
    {
        if (cause < 0)
        {
            return [~cause];
        }

        ref readonly var rule = ref _incompatibilities[cause];
        return rule.Steps == Incompatibility.OfFact
            ? [rule.Cause]
            : [.. _derivations.AsSpan(rule.Cause + 1, _derivations[rule.Cause])];
    }

    private IEnumerable<int> Causes(int start, int steps)
    {
        yield return _derivations[start];
        for (var i = 0; i < steps; i++)
        {
            yield return _derivations[start + 1 + (2 * i)];
        }
    }

    /// <summary>All incompatibilities that the failure was derived from, causes before effects.</summary>
    private List<int> Reached()
    {
        MustHaveFailed();
        var seen = new HashSet<int>();
        var open = new Stack<int>();
        Reach(_failureStart, _failureSteps, seen, open);
        while (open.TryPop(out var number))
        {
            ref readonly var rule = ref _incompatibilities[number];
            if (rule.Steps >= 0)
            {
                Reach(rule.Cause, rule.Steps, seen, open);
            }
        }

        // Nothing is derived from what was not there yet, so the numbers are an order.
        return [.. seen.Order()];
    }

    private void Reach(int start, int steps, HashSet<int> seen, Stack<int> open)
    {
        foreach (var cause in Causes(start, steps))
        {
            if (cause >= 0 && seen.Add(cause))
            {
                open.Push(cause);
            }
        }
    }

    private int AddDerivation(int start, int steps, ImmutableArray<ProofNode>.Builder nodes, Dictionary<int, int> leaves, Dictionary<int, int> nodeOf)
    {
        var node = NodeOf(_derivations[start], nodes, leaves, nodeOf);
        Load(_derivations[start], needsSatisfiers: false);
        for (var i = 0; i < steps; i++)
        {
            var (cause, slot) = (_derivations[start + 1 + (2 * i)], _derivations[start + 2 + (2 * i)]);
            var second = NodeOf(cause, nodes, leaves, nodeOf);
            var index = _position[slot] - 1;
            var union = _sets.Union(_workSets[index], TermOf(cause, slot), _slots[slot].Versions);
            Resolve(index, union, cause, needsSatisfiers: false);
            nodes.Add(new ProofNode([], node, second, WorkTerms()));
            node = nodes.Count - 1;
        }

        ClearWork();
        return node;
    }

    private int NodeOf(int cause, ImmutableArray<ProofNode>.Builder nodes, Dictionary<int, int> leaves, Dictionary<int, int> nodeOf)
    {
        if (cause >= 0 && nodeOf.TryGetValue(cause, out var derived))
        {
            return derived;
        }

        // One fact can stand in the derivation by itself and as an incompatibility; several facts are one of these.
        var facts = FactsOf(cause);
        var (map, key) = facts.Length == 1 ? (leaves, facts[0]) : (nodeOf, cause);
        if (map.TryGetValue(key, out var known))
        {
            return known;
        }

        nodes.Add(new ProofNode(facts, -1, -1, TermsOf(cause)));
        map[key] = nodes.Count - 1;
        return nodes.Count - 1;
    }

    private ImmutableArray<Term> TermsOf(int cause)
    {
        if (cause < 0)
        {
            var row = _universe.Facts[~cause];
            return [Outer(_slotOf[row.Package] - 1, row.Set), Outer(_slotOf[row.Target] - 1, row.Term)];
        }

        var rule = _incompatibilities[cause];
        var terms = ImmutableArray.CreateBuilder<Term>(2 + rule.RestCount);
        terms.Add(Outer(rule.First, rule.FirstSet));
        if (rule.Second >= 0)
        {
            terms.Add(Outer(rule.Second, rule.SecondSet));
        }

        for (var i = rule.Rest; i < rule.Rest + rule.RestCount; i++)
        {
            terms.Add(Outer(_restTerms[i].Slot, _restTerms[i].Set));
        }

        return terms.ToImmutable();
    }

    private ImmutableArray<Term> WorkTerms()
    {
        var terms = ImmutableArray.CreateBuilder<Term>(_workCount);
        for (var i = 0; i < _workCount; i++)
        {
            terms.Add(Outer(_workSlots[i], _workSets[i]));
        }

        return terms.MoveToImmutable();
    }

    private Term Outer(int slot, ulong set) =>
        new(_slots[slot].Package, _sets.Decode(set, _slots[slot].Versions), (set & WideSets.Absent) != 0);
}
