namespace Registry.Engine.Resolution.Solving;

/// <content>What to learn from a violated incompatibility, and how far to go back.</content>
public sealed partial class Solver
{
    // The incompatibility under work: slot, set and satisfier (the trail entry since which the term holds) of each term.
    private int[] workSlots = new int[64];
    private ulong[] workSets = new ulong[64];
    private int[] workSatisfiers = new int[64];
    private int workCount;

    /// <summary>Where a slot is in the work arrays, plus one; 0 for nowhere.</summary>
    private int[] position = new int[64];

    // Derivations one after the other: a start, then pairs of cause and the slot it was resolved on.
    private int[] derivations = new int[256];
    private int derivationCount;
    private int failureStart;
    private int failureSteps;

    /// <summary>
    /// Resolves the violated incompatibility with the causes of its newest terms until it would have forced a package
    /// at an earlier level, goes back to there and applies it. False when nothing is left of it: no solution.
    /// </summary>
    private bool Learn(int violated)
    {
        Conflicts++;
        var start = derivationCount;
        var steps = 0;
        PushDerivation(violated);
        Load(violated, needsSatisfiers: true);
        while (workCount > 0)
        {
            var newest = Newest();
            ref readonly var entry = ref trail[workSatisfiers[newest]];
            var slot = entry.Slot;
            var before = LevelWithout(newest);
            var union = 0UL;
            var isChoice = entry.Cause == TrailEntry.Decided;
            if (!isChoice)
            {
                union = sets.Union(workSets[newest], TermOf(entry.Cause, slot), slots[slot].Versions);
                before = union == slots[slot].Any ? before : Math.Max(before, trail[SatisfierOf(slot, union)].Level);
            }

            if (before < entry.Level)
            {
                CountWork(slot, isLast: true);
                Return(violated, newest, before, start, steps);
                return true;
            }

            var cause = entry.Cause;
            PushDerivation(cause);
            PushDerivation(slot);
            steps++;
            Resolve(newest, union, cause, needsSatisfiers: true);
            CountWork(slot, isLast: false);
        }

        failureStart = start;
        failureSteps = steps;
        return false;
    }

    private void PushDerivation(int value)
    {
        Arrays.Fit(ref derivations, derivationCount + 1);
        derivations[derivationCount++] = value;
    }

    private int Newest()
    {
        var newest = 0;
        for (var i = 1; i < workCount; i++)
        {
            newest = workSatisfiers[i] > workSatisfiers[newest] ? i : newest;
        }

        return newest;
    }

    private int LevelWithout(int index)
    {
        var latest = -1;
        for (var i = 0; i < workCount; i++)
        {
            if (i != index && workSatisfiers[i] > latest)
            {
                latest = workSatisfiers[i];
            }
        }

        return latest < 0 ? 0 : trail[latest].Level;
    }

    /// <summary>Everybody in a conflict counts, also in its intermediate steps.</summary>
    private void CountWork(int pivot, bool isLast)
    {
        var hasPivot = false;
        for (var i = 0; i < workCount; i++)
        {
            hasPivot |= workSlots[i] == pivot;
            CountConflict(workSlots[i]);
        }

        if (!hasPivot && !isLast)
        {
            CountConflict(pivot);
        }
    }

    private void Return(int violated, int newest, int target, int start, int steps)
    {
        var slot = workSlots[newest];
        var set = workSets[newest];
        var number = violated;
        if (steps == 0 && incompatibilities[violated].RestCount == 0)
        {
            derivationCount = start;
        }
        else
        {
            number = StoreWork(newest, start, steps);
        }

        ClearWork();
        ClearChanged();
        Undo(levelStart[target + 1]);
        level = target;
        Exclude(slot, set, number);
    }

    private int StoreWork(int newest, int start, int steps)
    {
        var number = NewIncompatibility();
        ref var rule = ref incompatibilities[number];
        rule.First = workSlots[newest];
        rule.FirstSet = workSets[newest];
        rule.Second = -1;
        rule.Cause = start;
        rule.Steps = steps;
        var second = -1;
        for (var i = 0; i < workCount; i++)
        {
            if (i != newest && (second < 0 || workSatisfiers[i] > workSatisfiers[second]))
            {
                second = i;
            }
        }

        if (second >= 0)
        {
            rule.Second = workSlots[second];
            rule.SecondSet = workSets[second];
        }

        for (var i = 0; i < workCount; i++)
        {
            if (i != newest && i != second)
            {
                AddRest(ref rule, workSlots[i], workSets[i]);
            }
        }

        Watch(number);
        return number;
    }

    private void ClearChanged()
    {
        while (changedCount > 0)
        {
            slots[changed[--changedCount]].IsChanged = false;
        }
    }

    /// <summary>The first trail entry since which the term holds. It must hold now.</summary>
    private int SatisfierOf(int slot, ulong set)
    {
        ref readonly var row = ref slots[slot];
        var at = row.Last;
        for (var previous = trail[at].Previous; previous >= 0 && sets.Subset(trail[previous].Set, set, row.Versions); previous = trail[at].Previous)
        {
            at = previous;
        }

        return at;
    }

    private ulong TermOf(int cause, int slot)
    {
        if (cause < 0)
        {
            ref readonly var row = ref universe.Facts[~cause];
            return slotOf[row.Package] - 1 == slot ? row.Set : row.Term;
        }

        ref readonly var rule = ref incompatibilities[cause];
        if (rule.First == slot)
        {
            return rule.FirstSet;
        }

        if (rule.Second == slot)
        {
            return rule.SecondSet;
        }

        var at = rule.Rest;
        while (restTerms[at].Slot != slot)
        {
            at++;
        }

        return restTerms[at].Set;
    }

    private void Load(int cause, bool needsSatisfiers)
    {
        ClearWork();
        MergeCause(cause, -1, needsSatisfiers);
    }

    private void ClearWork()
    {
        for (var i = 0; i < workCount; i++)
        {
            position[workSlots[i]] = 0;
        }

        workCount = 0;
    }

    /// <summary>Replaces the term at <paramref name="index"/> by its union with the cause's, and adds the cause's other terms.</summary>
    private void Resolve(int index, ulong union, int cause, bool needsSatisfiers)
    {
        var slot = workSlots[index];
        if (union == slots[slot].Any)
        {
            RemoveWork(index);
        }
        else
        {
            workSets[index] = union;
            workSatisfiers[index] = needsSatisfiers ? SatisfierOf(slot, union) : 0;
        }

        MergeCause(cause, slot, needsSatisfiers);
    }

    private void RemoveWork(int index)
    {
        position[workSlots[index]] = 0;
        workCount--;
        if (index < workCount)
        {
            workSlots[index] = workSlots[workCount];
            workSets[index] = workSets[workCount];
            workSatisfiers[index] = workSatisfiers[workCount];
            position[workSlots[index]] = index + 1;
        }
    }

    private void MergeCause(int cause, int except, bool needsSatisfiers)
    {
        if (cause < 0)
        {
            var row = universe.Facts[~cause];
            MergeTerm(slotOf[row.Package] - 1, row.Set, except, needsSatisfiers);
            MergeTerm(slotOf[row.Target] - 1, row.Term, except, needsSatisfiers);
            return;
        }

        var rule = incompatibilities[cause];
        MergeTerm(rule.First, rule.FirstSet, except, needsSatisfiers);
        if (rule.Second >= 0)
        {
            MergeTerm(rule.Second, rule.SecondSet, except, needsSatisfiers);
        }

        for (var i = rule.Rest; i < rule.Rest + rule.RestCount; i++)
        {
            MergeTerm(restTerms[i].Slot, restTerms[i].Set, except, needsSatisfiers);
        }
    }

    private void MergeTerm(int slot, ulong set, int except, bool needsSatisfiers)
    {
        if (slot == except)
        {
            return;
        }

        var at = position[slot] - 1;
        if (at < 0)
        {
            at = workCount++;
            Arrays.Fit(ref workSlots, workCount);
            Arrays.Fit(ref workSets, workCount);
            Arrays.Fit(ref workSatisfiers, workCount);
            workSlots[at] = slot;
            workSets[at] = set;
            position[slot] = at + 1;
        }
        else
        {
            var both = sets.Intersect(workSets[at], set, slots[slot].Versions);
            if (both == workSets[at])
            {
                return;
            }

            workSets[at] = both;
        }

        workSatisfiers[at] = needsSatisfiers ? SatisfierOf(slot, workSets[at]) : 0;
    }
}
