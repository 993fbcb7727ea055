namespace Registry.Engine.Resolution.Solving;

/// <content>What follows from the choices so far.</content>
public sealed partial class Solver
{
    /// <summary>Draws all consequences; false when there is no solution.</summary>
    private bool Propagate()
    {
        while (changedCount > 0)
        {
            var slot = changed[--changedCount];
            slots[slot].IsChanged = false;
            var violated = Visit(slot);
            if (violated >= 0 && !Learn(violated))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Looks at the incompatibilities that watch a changed package, newest first. Returns one that is violated, or -1.
    /// </summary>
    private int Visit(int slot)
    {
        var before = -1;
        for (var link = slots[slot].Watch; link >= 0;)
        {
            var number = link >> 1;
            ref var rule = ref incompatibilities[number];
            var isFirst = (link & 1) == 0;
            var next = isFirst ? rule.FirstNext : rule.SecondNext;
            if (!IsQuiet(in rule))
            {
                var outcome = Look(slot, number, isFirst);
                if (outcome == Outcome.Violated)
                {
                    return number;
                }

                if (outcome == Outcome.Moved)
                {
                    Unlink(slot, before, next);
                    link = next;
                    continue;
                }
            }

            before = link;
            link = next;
        }

        return -1;
    }

    private enum Outcome
    {
        Kept,
        Moved,
        Violated,
    }

    private Outcome Look(int slot, int number, bool isFirst)
    {
        ref var rule = ref incompatibilities[number];
        ref var own = ref slots[slot];
        var ownSet = isFirst ? rule.FirstSet : rule.SecondSet;
        if (!sets.Subset(own.Current, ownSet, own.Versions))
        {
            if (sets.Disjoint(own.Current, ownSet, own.Versions))
            {
                Quieten(ref rule);
            }
            else if (rule.Second < 0)
            {
                Exclude(slot, ownSet, number);
            }

            return Outcome.Kept;
        }

        if (rule.Second < 0)
        {
            return Outcome.Violated;
        }

        var otherSlot = isFirst ? rule.Second : rule.First;
        var otherSet = isFirst ? rule.SecondSet : rule.FirstSet;
        ref var other = ref slots[otherSlot];
        if (sets.Disjoint(other.Current, otherSet, other.Versions))
        {
            Quieten(ref rule);
            return Outcome.Kept;
        }

        if (rule.RestCount > 0 && FindWatch(number, isFirst) is var found && found != Outcome.Violated)
        {
            return found;
        }

        if (sets.Subset(other.Current, otherSet, other.Versions))
        {
            return Outcome.Violated;
        }

        Exclude(otherSlot, otherSet, number);
        return Outcome.Kept;
    }

    /// <summary>
    /// Another term to watch instead of a satisfied one: moved when there is one that is open, kept when one is
    /// contradicted, and <see cref="Outcome.Violated"/> when all the rest is satisfied.
    /// </summary>
    private Outcome FindWatch(int number, bool isFirst)
    {
        ref var rule = ref incompatibilities[number];
        for (var i = rule.Rest; i < rule.Rest + rule.RestCount; i++)
        {
            ref var term = ref restTerms[i];
            ref var row = ref slots[term.Slot];
            if (sets.Subset(row.Current, term.Set, row.Versions))
            {
                continue;
            }

            if (sets.Disjoint(row.Current, term.Set, row.Versions))
            {
                Quieten(ref rule);
                return Outcome.Kept;
            }

            if (isFirst)
            {
                (rule.First, term.Slot) = (term.Slot, rule.First);
                (rule.FirstSet, term.Set) = (term.Set, rule.FirstSet);
                rule.FirstNext = row.Watch;
                row.Watch = 2 * number;
            }
            else
            {
                (rule.Second, term.Slot) = (term.Slot, rule.Second);
                (rule.SecondSet, term.Set) = (term.Set, rule.SecondSet);
                rule.SecondNext = row.Watch;
                row.Watch = (2 * number) + 1;
            }

            return Outcome.Moved;
        }

        return Outcome.Violated;
    }

    private void Unlink(int slot, int before, int next)
    {
        if (before < 0)
        {
            slots[slot].Watch = next;
        }
        else if ((before & 1) == 0)
        {
            incompatibilities[before >> 1].FirstNext = next;
        }
        else
        {
            incompatibilities[before >> 1].SecondNext = next;
        }
    }

    /// <summary>All other terms of the incompatibility hold, so this one must not.</summary>
    private void Exclude(int slot, ulong set, int number)
    {
        ref var row = ref slots[slot];
        Narrow(slot, sets.Intersect(row.Current, set ^ row.Any, row.Versions), number);
        Quieten(ref incompatibilities[number]);
    }

    private bool IsQuiet(in Incompatibility rule) =>
        rule.QuietLevel <= level && levelEpoch[rule.QuietLevel] == rule.QuietEpoch;

    private void Quieten(ref Incompatibility rule)
    {
        rule.QuietLevel = level;
        rule.QuietEpoch = levelEpoch[level];
    }

    private int AddUnit(int slot, ulong set, int fact)
    {
        var number = NewIncompatibility();
        ref var rule = ref incompatibilities[number];
        rule.First = slot;
        rule.FirstSet = set;
        rule.Second = -1;
        rule.Cause = fact;
        rule.Steps = -1;
        Watch(number);
        return number;
    }

    private int AddPair(int slot, ulong set, int otherSlot, ulong otherSet, int fact)
    {
        var number = NewIncompatibility();
        ref var rule = ref incompatibilities[number];
        rule.First = slot;
        rule.FirstSet = set;
        rule.Second = otherSlot;
        rule.SecondSet = otherSet;
        rule.Cause = fact;
        rule.Steps = -1;
        Watch(number);
        return number;
    }

    private int NewIncompatibility()
    {
        Arrays.Fit(ref incompatibilities, incompatibilityCount + 1);
        incompatibilities[incompatibilityCount] = new Incompatibility { Rest = restCount };
        return incompatibilityCount++;
    }

    private void AddRest(ref Incompatibility rule, int slot, ulong set)
    {
        Arrays.Fit(ref restTerms, restCount + 1);
        restTerms[restCount++] = new SlotTerm { Slot = slot, Set = set };
        rule.RestCount++;
    }

    private void Watch(int number)
    {
        ref var rule = ref incompatibilities[number];
        rule.FirstNext = slots[rule.First].Watch;
        slots[rule.First].Watch = 2 * number;
        if (rule.Second >= 0)
        {
            rule.SecondNext = slots[rule.Second].Watch;
            slots[rule.Second].Watch = (2 * number) + 1;
        }
    }
}
