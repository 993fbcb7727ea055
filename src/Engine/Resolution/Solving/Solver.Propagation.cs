namespace Registry.Engine.Resolution.Solving;

/// <content>What follows from the choices so far.</content>
public sealed partial class Solver
{
    /// <summary>Draws all consequences; false when there is no solution.</summary>
    private bool Propagate()
    {
        while (_changedCount > 0)
        {
            var slot = _changed[--_changedCount];
            _slots[slot].IsChanged = false;
            var violated = Visit(slot);
            if (violated >= 0 && !Learn(violated))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Looks at the incompatibilities that watch a changed package and whose term holds now, newest first. Returns one
    /// that is violated, or -1.
    /// </summary>
    private int Visit(int slot)
    {
        for (var index = FindHolding(slot, _watches.Count(slot)); index >= 0; index = FindHolding(slot, index))
        {
            var number = _watches.RuleAt(slot, index);
            ref var rule = ref _incompatibilities[number];
            if (IsQuiet(in rule))
            {
                if (rule.QuietLevel == 0)
                {
                    // Contradicted for good.
                    _watches.RemoveAt(slot, index);
                }

                continue;
            }

            switch (Look(slot, number))
            {
                case Outcome.Violated:
                    return number;
                case Outcome.Moved:
                    _watches.RemoveAt(slot, index);
                    break;
                default:
                    break;
            }
        }

        return -1;
    }

    private int FindHolding(int slot, int before)
    {
        ref readonly var row = ref _slots[slot];
        return row.Versions <= WideSets.NarrowLimit
            ? _watches.FindNarrow(slot, before, row.Current)
            : _watches.FindWide(slot, before, row.Current, _sets);
    }

    private enum Outcome
    {
        Kept,
        Moved,
        Violated,
    }

    private Outcome Look(int slot, int number)
    {
        ref var rule = ref _incompatibilities[number];
        if (rule.Second < 0)
        {
            return LookAtUnit(slot, number);
        }

        var isFirst = rule.First == slot;
        var otherSlot = isFirst ? rule.Second : rule.First;
        var otherSet = isFirst ? rule.SecondSet : rule.FirstSet;
        ref var other = ref _slots[otherSlot];
        if (_sets.Disjoint(other.Current, otherSet, other.Versions))
        {
            Quieten(ref rule);
            return Outcome.Kept;
        }

        if (rule.RestCount > 0 && FindWatch(number, isFirst) is var found && found != Outcome.Violated)
        {
            return found;
        }

        if (_sets.Subset(other.Current, otherSet, other.Versions))
        {
            return Outcome.Violated;
        }

        Exclude(otherSlot, otherSet, number);
        return Outcome.Kept;
    }

    private Outcome LookAtUnit(int slot, int number)
    {
        ref var rule = ref _incompatibilities[number];
        ref readonly var row = ref _slots[slot];
        if (_sets.Subset(row.Current, rule.FirstSet, row.Versions))
        {
            return Outcome.Violated;
        }

        if (!_sets.Disjoint(row.Current, rule.FirstSet, row.Versions))
        {
            Exclude(slot, rule.FirstSet, number);
        }

        Quieten(ref rule);
        return Outcome.Kept;
    }

    /// <summary>
    /// Another term to watch instead of a satisfied one: moved when there is one that is open, kept when one is
    /// contradicted, and <see cref="Outcome.Violated"/> when all the rest is satisfied.
    /// </summary>
    private Outcome FindWatch(int number, bool isFirst)
    {
        ref var rule = ref _incompatibilities[number];
        for (var i = rule.Rest; i < rule.Rest + rule.RestCount; i++)
        {
            ref var term = ref _restTerms[i];
            ref var row = ref _slots[term.Slot];
            if (_sets.Subset(row.Current, term.Set, row.Versions))
            {
                continue;
            }

            if (_sets.Disjoint(row.Current, term.Set, row.Versions))
            {
                Quieten(ref rule);
                return Outcome.Kept;
            }

            if (isFirst)
            {
                (rule.First, term.Slot) = (term.Slot, rule.First);
                (rule.FirstSet, term.Set) = (term.Set, rule.FirstSet);
                _watches.Add(rule.First, rule.FirstSet, number);
            }
            else
            {
                (rule.Second, term.Slot) = (term.Slot, rule.Second);
                (rule.SecondSet, term.Set) = (term.Set, rule.SecondSet);
                _watches.Add(rule.Second, rule.SecondSet, number);
            }

            return Outcome.Moved;
        }

        return Outcome.Violated;
    }

    /// <summary>All other terms of the incompatibility hold, so this one must not.</summary>
    private void Exclude(int slot, ulong set, int number)
    {
        ref var row = ref _slots[slot];
        Narrow(slot, _sets.Intersect(row.Current, set ^ row.Any, row.Versions), number);
        Quieten(ref _incompatibilities[number]);
    }

    private bool IsQuiet(in Incompatibility rule) =>
        rule.QuietLevel <= _level && _levelEpoch[rule.QuietLevel] == rule.QuietEpoch;

    private void Quieten(ref Incompatibility rule)
    {
        rule.QuietLevel = _level;
        rule.QuietEpoch = _levelEpoch[_level];
    }

    private int AddUnit(int slot, ulong set, int fact)
    {
        var number = NewIncompatibility();
        ref var rule = ref _incompatibilities[number];
        rule.First = slot;
        rule.FirstSet = set;
        rule.Second = -1;
        rule.Cause = fact;
        rule.Steps = Incompatibility.OfFact;
        Watch(number);
        return number;
    }

    private int AddPair(int slot, ulong set, int otherSlot, ulong otherSet, int fact)
    {
        var number = NewIncompatibility();
        ref var rule = ref _incompatibilities[number];
        rule.First = slot;
        rule.FirstSet = set;
        rule.Second = otherSlot;
        rule.SecondSet = otherSet;
        rule.Cause = fact;
        rule.Steps = Incompatibility.OfFact;
        Watch(number);
        return number;
    }

    private int NewIncompatibility()
    {
        Arrays.Fit(ref _incompatibilities, _incompatibilityCount + 1);
        _incompatibilities[_incompatibilityCount] = new Incompatibility { Rest = _restCount };
        return _incompatibilityCount++;
    }

    private void AddRest(ref Incompatibility rule, int slot, ulong set)
    {
        Arrays.Fit(ref _restTerms, _restCount + 1);
        _restTerms[_restCount++] = new SlotTerm { Slot = slot, Set = set };
        rule.RestCount++;
    }

    private void Watch(int number)
    {
        ref readonly var rule = ref _incompatibilities[number];
        if (rule.Second < 0)
        {
            // Alone it acts as soon as anything is known of the package, so it is found with any set.
            _watches.Add(rule.First, _slots[rule.First].Any, number);
            return;
        }

        _watches.Add(rule.First, rule.FirstSet, number);
        _watches.Add(rule.Second, rule.SecondSet, number);
    }
}
