namespace Registry.Engine.Resolution.Solving;

/// <content>What to learn from a violated incompatibility, and how far to go back.</content>
public sealed partial class Solver
{
    // The incompatibility under work: slot, set and satisfier (the trail entry since which the term holds) of each term.
    private int[] _workSlots = new int[64];
    private ulong[] _workSets = new ulong[64];
    private int[] _workSatisfiers = new int[64];
    private int _workCount;

    /// <summary>Where a slot is in the work arrays, plus one; 0 for nowhere.</summary>
    private int[] _position = new int[64];

    // Derivations one after the other: a start, then pairs of cause and the slot it was resolved on.
    private int[] _derivations = new int[256];
    private int _derivationCount;
    private int _failureStart;
    private int _failureSteps;

    /// <summary>
    /// Resolves the violated incompatibility with the causes of its newest terms until it would have forced a package
    /// at an earlier level, goes back to there and applies it. False when nothing is left of it: no solution.
    /// </summary>
    private bool Learn(int violated)
    {
        Conflicts++;
        var start = _derivationCount;
        var steps = 0;
        PushDerivation(violated);
        Load(violated, needsSatisfiers: true);
        while (_workCount > 0)
        {
            var newest = Newest();
            ref readonly var entry = ref _trail[_workSatisfiers[newest]];
            var slot = entry.Slot;
            var before = LevelWithout(newest);
            var union = 0UL;
            var isChoice = entry.Cause == TrailEntry.Decided;
            if (!isChoice)
            {
                union = _sets.Union(_workSets[newest], TermOf(entry.Cause, slot), _slots[slot].Versions);
                before = union == _slots[slot].Any ? before : Math.Max(before, _trail[SatisfierOf(slot, union)].Level);
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

        _failureStart = start;
        _failureSteps = steps;
        return false;
    }

    private void PushDerivation(int value)
    {
        Arrays.Fit(ref _derivations, _derivationCount + 1);
        _derivations[_derivationCount++] = value;
    }

    private int Newest()
    {
        var newest = 0;
        for (var i = 1; i < _workCount; i++)
        {
            newest = _workSatisfiers[i] > _workSatisfiers[newest] ? i : newest;
        }

        return newest;
    }

    private int LevelWithout(int index)
    {
        var latest = -1;
        for (var i = 0; i < _workCount; i++)
        {
            if (i != index && _workSatisfiers[i] > latest)
            {
                latest = _workSatisfiers[i];
            }
        }

        return latest < 0 ? 0 : _trail[latest].Level;
    }

    /// <summary>Everybody in a conflict counts, also in its intermediate steps.</summary>
    private void CountWork(int pivot, bool isLast)
    {
        var hasPivot = false;
        for (var i = 0; i < _workCount; i++)
        {
            hasPivot |= _workSlots[i] == pivot;
            CountConflict(_workSlots[i]);
        }

        if (!hasPivot && !isLast)
        {
            CountConflict(pivot);
        }
    }

    private void Return(int violated, int newest, int target, int start, int steps)
    {
        var slot = _workSlots[newest];
        var set = _workSets[newest];
        var number = violated;
        if (steps == 0 && _incompatibilities[violated].RestCount == 0)
        {
            _derivationCount = start;
        }
        else
        {
            number = StoreWork(newest, start, steps);
        }

        ClearWork();
        ClearChanged();
        Undo(_levelStart[target + 1]);
        _level = target;
        Exclude(slot, set, number);
    }

    private int StoreWork(int newest, int start, int steps)
    {
        var number = NewIncompatibility();
        ref var rule = ref _incompatibilities[number];
        rule.First = _workSlots[newest];
        rule.FirstSet = _workSets[newest];
        rule.Second = -1;
        rule.Cause = start;
        rule.Steps = steps;
        var second = -1;
        for (var i = 0; i < _workCount; i++)
        {
            if (i != newest && (second < 0 || _workSatisfiers[i] > _workSatisfiers[second]))
            {
                second = i;
            }
        }

        if (second >= 0)
        {
            rule.Second = _workSlots[second];
            rule.SecondSet = _workSets[second];
        }

        for (var i = 0; i < _workCount; i++)
        {
            if (i != newest && i != second)
            {
                AddRest(ref rule, _workSlots[i], _workSets[i]);
            }
        }

        Watch(number);
        return number;
    }

    private void ClearChanged()
    {
        while (_changedCount > 0)
        {
            _slots[_changed[--_changedCount]].IsChanged = false;
        }
    }

    /// <summary>The first trail entry since which the term holds. It must hold now.</summary>
    private int SatisfierOf(int slot, ulong set)
    {
        ref readonly var row = ref _slots[slot];
        var at = row.Last;
        for (var previous = _trail[at].Previous; previous >= 0 && _sets.Subset(_trail[previous].Set, set, row.Versions); previous = _trail[at].Previous)
        {
            at = previous;
        }

        return at;
    }

    private ulong TermOf(int cause, int slot)
    {
        if (cause < 0)
        {
            ref readonly var row = ref _universe.Facts[~cause];
            return _slotOf[row.Package] - 1 == slot ? row.Set : row.Term;
        }

        ref readonly var rule = ref _incompatibilities[cause];
        if (rule.First == slot)
        {
            return rule.FirstSet;
        }

        if (rule.Second == slot)
        {
            return rule.SecondSet;
        }

        var at = rule.Rest;
        while (_restTerms[at].Slot != slot)
        {
            at++;
        }

        return _restTerms[at].Set;
    }

    private void Load(int cause, bool needsSatisfiers)
    {
        ClearWork();
        MergeCause(cause, -1, needsSatisfiers);
    }

    private void ClearWork()
    {
        for (var i = 0; i < _workCount; i++)
        {
            _position[_workSlots[i]] = 0;
        }

        _workCount = 0;
    }

    /// <summary>Replaces the term at <paramref name="index"/> by its union with the cause's, and adds the cause's other terms.</summary>
    private void Resolve(int index, ulong union, int cause, bool needsSatisfiers)
    {
        var slot = _workSlots[index];
        if (union == _slots[slot].Any)
        {
            RemoveWork(index);
        }
        else
        {
            _workSets[index] = union;
            _workSatisfiers[index] = needsSatisfiers ? SatisfierOf(slot, union) : 0;
        }

        MergeCause(cause, slot, needsSatisfiers);
    }

    private void RemoveWork(int index)
    {
        _position[_workSlots[index]] = 0;
        _workCount--;
        if (index < _workCount)
        {
            _workSlots[index] = _workSlots[_workCount];
            _workSets[index] = _workSets[_workCount];
            _workSatisfiers[index] = _workSatisfiers[_workCount];
            _position[_workSlots[index]] = index + 1;
        }
    }

    private void MergeCause(int cause, int except, bool needsSatisfiers)
    {
        if (cause < 0)
        {
            var row = _universe.Facts[~cause];
            MergeTerm(_slotOf[row.Package] - 1, row.Set, except, needsSatisfiers);
            MergeTerm(_slotOf[row.Target] - 1, row.Term, except, needsSatisfiers);
            return;
        }

        var rule = _incompatibilities[cause];
        MergeTerm(rule.First, rule.FirstSet, except, needsSatisfiers);
        if (rule.Second >= 0)
        {
            MergeTerm(rule.Second, rule.SecondSet, except, needsSatisfiers);
        }

        for (var i = rule.Rest; i < rule.Rest + rule.RestCount; i++)
        {
            MergeTerm(_restTerms[i].Slot, _restTerms[i].Set, except, needsSatisfiers);
        }
    }

    private void MergeTerm(int slot, ulong set, int except, bool needsSatisfiers)
    {
        if (slot == except)
        {
            return;
        }

        var at = _position[slot] - 1;
        if (at < 0)
        {
            at = _workCount++;
            Arrays.Fit(ref _workSlots, _workCount);
            Arrays.Fit(ref _workSets, _workCount);
            Arrays.Fit(ref _workSatisfiers, _workCount);
            _workSlots[at] = slot;
            _workSets[at] = set;
            _position[slot] = at + 1;
        }
        else
        {
            var both = _sets.Intersect(_workSets[at], set, _slots[slot].Versions);
            if (both == _workSets[at])
            {
                return;
            }

            _workSets[at] = both;
        }

        _workSatisfiers[at] = needsSatisfiers ? SatisfierOf(slot, _workSets[at]) : 0;
    }
}
