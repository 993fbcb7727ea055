namespace Registry.Engine.Resolution.Solving;

/// <content>Which package is next and which version of it.</content>
public sealed partial class Solver
{
    /// <summary>
    /// How often a choice of a package may be taken back before its requirements are watched. Watching pays when the
    /// same versions are tried again and again (long chains of exact requirements), and costs far more than it saves
    /// otherwise: on historic crates 1 takes 9 times as long as 8, and never takes 100 times as long on the chains.
    /// </summary>
    private const int PatientTakeBacks = 8;

    private SolveState Choose()
    {
        if (Decisions + (long)Conflicts >= _limits.Turns || _incompatibilityCount >= _limits.Incompatibilities)
        {
            return SolveState.Undecided;
        }

        if (!TakeNext(out var slot))
        {
            return SolveState.Solved;
        }

        var ordinal = Pick(slot);
        ref readonly var package = ref _universe.Packages[_slots[slot].Package];
        if (package.FirstVersion < 0 || package.HasSpecialFacts || _edits is not null)
        {
            ForgetNeeds();
            if (!Prepare(slot, ordinal, package.FirstVersion))
            {
                _slots[slot].Key = 0;
                Change(slot);
                return _neededFacts.Count + _neededPackages.Count > 0 ? SolveState.Needs : SolveState.Running;
            }
        }

        return Decide(slot, ordinal, package.FirstVersion) ? SolveState.Running : SolveState.Failed;
    }

    /// <summary>Most conflicts first, then those with one candidate left, then in the order of discovery.</summary>
    private bool TakeNext(out int slot)
    {
        while (_dirtyCount > 0)
        {
            slot = _dirty[--_dirtyCount];
            ref var row = ref _slots[slot];
            row.IsDirty = false;
            if (IsOpen(row))
            {
                var key = KeyOf(slot);
                if (row.Key != key)
                {
                    row.Key = key;
                    _queue.Add(key);
                }
            }
        }

        while (_queue.TryTake(out var key))
        {
            slot = (int)(uint)key;
            ref var row = ref _slots[slot];
            if (row.Key != key)
            {
                continue;
            }

            row.Key = 0;
            if (IsOpen(row))
            {
                return true;
            }
        }

        slot = -1;
        return false;
    }

    private static bool IsOpen(in Slot row) => row.Decision < 0 && (row.Current & WideSets.Absent) == 0;

    private ulong KeyOf(int slot)
    {
        ref readonly var row = ref _slots[slot];
        var conflicts = (ulong)(MaxConflictCount - _slots[row.Group].Conflicts);
        var isForced = WideSets.IsSingle(row.Current, row.Versions);
        return (conflicts << 33) | (isForced ? 0 : 1UL << 32) | (uint)slot;
    }

    private int Pick(int slot)
    {
        ref readonly var row = ref _slots[slot];
        if (_preferences is null)
        {
            return _sets.Highest(row.Current, row.Versions);
        }

        var known = _preferences.Known;
        var choice = row.Package < known.Length ? known[row.Package] : default;
        if (choice.Preferred > 0 && choice.Preferred <= row.Versions && _sets.Contains(row.Current, choice.Preferred - 1, row.Versions))
        {
            return choice.Preferred - 1;
        }

        var candidates = row.Current;
        if (!choice.Postponed.IsEmpty)
        {
            var rest = _sets.Intersect(candidates, _encode(choice.Postponed, row.Versions) ^ row.Any, row.Versions);
            candidates = rest == 0 ? candidates : rest;
        }

        var order = choice.Order == 0 ? _preferences.DefaultOrder : (VersionOrder)(choice.Order - 1);
        return order == VersionOrder.Newest ? _sets.Highest(candidates, row.Versions) : _sets.Lowest(candidates, row.Versions);
    }

    /// <summary>
    /// Everything that is not a plain pair of an unedited fact: what is missing, versions that cannot be chosen,
    /// edited facts and facts of several terms. False when the version is not to be chosen now.
    /// </summary>
    private bool Prepare(int slot, int ordinal, int firstVersion)
    {
        if (firstVersion < 0)
        {
            _neededPackages.Add(_slots[slot].Package);
            return false;
        }

        Arrays.Fit(ref _stamps, _universe.FactCount);
        foreach (var fact in _universe.FactsOf(firstVersion, ordinal))
        {
            if (_stamps[fact] != _generation && _universe.Facts[fact].Shape == FactShape.Pending && !IsEdited(fact))
            {
                _neededFacts.Add(fact);
            }
        }

        if (_neededFacts.Count > 0)
        {
            return false;
        }

        foreach (var fact in _universe.FactsOf(firstVersion, ordinal))
        {
            if (_stamps[fact] != _generation && !StateSpecial(slot, fact))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsEdited(int fact) => _edits is not null && _edits.Touches(fact, out _);

    /// <summary>Makes an incompatibility of a special fact. False when it rules the version out by itself.</summary>
    private bool StateSpecial(int slot, int fact)
    {
        var row = _universe.Facts[fact];
        var isEdited = false;
        if (_edits is not null && _edits.Touches(fact, out var replacement))
        {
            isEdited = true;
            if (replacement is null)
            {
                _stamps[fact] = _generation;
                return true;
            }

            _universe.Describe(ref row, replacement.Target, replacement.Allowed, _encode);
        }

        switch (row.Shape)
        {
            case FactShape.Unit:
                AddUnit(slot, row.Set, fact);
                break;
            case FactShape.Self:
                AddUnit(slot, _sets.Intersect(row.Set, row.Term, _slots[slot].Versions), fact);
                break;
            case FactShape.Clause:
                AddClause(slot, row.Set, fact);
                break;
            case FactShape.Pair when isEdited:
                AddPair(slot, row.Set, SlotOf(row.Target), row.Term, fact);
                break;
            default:
                return true;
        }

        _stamps[fact] = _generation;
        return row.Shape is FactShape.Clause or FactShape.Pair;
    }

    private void AddClause(int slot, ulong set, int fact)
    {
        var terms = _universe.ClauseOf(fact);
        if (terms.Length == 0)
        {
            AddUnit(slot, set, fact);
            return;
        }

        foreach (var term in terms)
        {
            SlotOf(term.Package);
        }

        // The second watch should be open, or the clause would be noticed late.
        var best = 0;
        for (var i = terms.Length - 1; i >= 0; i--)
        {
            ref readonly var row = ref _slots[SlotOf(terms[i].Package)];
            best = _sets.Subset(row.Current, terms[i].Set, row.Versions) ? best : i;
        }

        var number = NewIncompatibility();
        ref var rule = ref _incompatibilities[number];
        (rule.First, rule.FirstSet) = (slot, set);
        (rule.Second, rule.SecondSet) = (SlotOf(terms[best].Package), terms[best].Set);
        (rule.Cause, rule.Steps) = (fact, Incompatibility.OfFact);
        for (var i = 0; i < terms.Length; i++)
        {
            if (i != best)
            {
                AddRest(ref rule, SlotOf(terms[i].Package), terms[i].Set);
            }
        }

        Watch(number);
    }

    /// <summary>
    /// Chooses a version and applies what it requires. Where a requirement has no room the choice is taken back at
    /// once and ruled out instead. False when there is no solution.
    /// </summary>
    private bool Decide(int slot, int ordinal, int firstVersion)
    {
        Arrays.Fit(ref _stamps, _universe.FactCount);
        var mark = _trailCount;
        var markLevel = _level;
        Take(slot, ordinal);
        var facts = _universe.Facts;
        foreach (var fact in _universe.FactsOf(firstVersion, ordinal))
        {
            ref readonly var row = ref facts[fact];
            if (_stamps[fact] == _generation || row.Shape == FactShape.Void)
            {
                continue;
            }

            var target = SlotOf(row.Target);
            ref readonly var other = ref _slots[target];
            var allowed = _sets.Intersect(other.Current, row.Term ^ other.Any, other.Versions);
            if (allowed == other.Current)
            {
                continue;
            }

            if (allowed == 0)
            {
                if (!HadRoom(target, mark, row.Term ^ other.Any))
                {
                    Undo(mark);
                    _level = markLevel;
                    return Refuse(slot, target, fact);
                }

                // Two requirements of this very version leave no room together.
                return Learn(StatePair(fact));
            }

            Narrow(target, allowed, ~fact);
        }

        return true;
    }

    /// <summary>Whether the package could have been in the set before the trail reached <paramref name="mark"/>.</summary>
    private bool HadRoom(int slot, int mark, ulong set)
    {
        ref readonly var row = ref _slots[slot];
        var at = row.Last;
        while (at >= mark)
        {
            at = _trail[at].Previous;
        }

        return !_sets.Disjoint(at < 0 ? row.Any : _trail[at].Set, set, row.Versions);
    }

    private void Take(int slot, int ordinal)
    {
        Decisions++;
        ref var row = ref _slots[slot];
        var isForced = WideSets.IsSingle(row.Current, row.Versions);
        if (!isForced)
        {
            OpenLevel();
        }

        row.Decision = ordinal;
        var set = isForced ? row.Current
            : row.Versions <= WideSets.NarrowLimit ? 1UL << ordinal : WideSets.Interval(ordinal, ordinal + 1);
        Narrow(slot, set, isForced ? TrailEntry.Confirmed : TrailEntry.Decided);
    }

    /// <summary>The version cannot be chosen as things are, because of one requirement.</summary>
    private bool Refuse(int slot, int target, int fact)
    {
        Conflicts++;
        CountConflict(slot);
        CountConflict(target);
        var number = StateSiblings(slot, target, fact);
        ref readonly var row = ref _slots[slot];
        var set = _incompatibilities[number].FirstSet;
        if (_sets.Subset(row.Current, set, row.Versions))
        {
            return Learn(number);
        }

        Exclude(slot, set, number);
        return true;
    }

    /// <summary>
    /// One incompatibility for all requirements of the package on the same target that have no room now, so that it
    /// need not be tried version by version.
    /// </summary>
    private int StateSiblings(int slot, int target, int fact)
    {
        var facts = _universe.Facts;
        var (set, term) = (facts[fact].Set, facts[fact].Term);
        ref readonly var own = ref _slots[slot];
        ref readonly var other = ref _slots[target];
        var start = _derivationCount;
        PushDerivation(1);
        PushDerivation(fact);
        for (var sibling = facts[fact].Sibling; sibling != fact; sibling = facts[sibling].Sibling)
        {
            ref readonly var row = ref facts[sibling];
            if (_stamps[sibling] != _generation
                && row.Shape == FactShape.Pair
                && !IsEdited(sibling)
                && !_sets.Disjoint(own.Current, row.Set, own.Versions)
                && _sets.Subset(other.Current, row.Term, other.Versions))
            {
                set = _sets.Union(set, row.Set, own.Versions);
                term = _sets.Intersect(term, row.Term, other.Versions);
                _derivations[start]++;
                PushDerivation(sibling);
            }
        }

        if (_derivations[start] == 1)
        {
            _derivationCount = start;
            return StatePair(fact);
        }

        var number = AddPair(slot, set, target, term, start);
        _incompatibilities[number].Steps = Incompatibility.OfFacts;
        return number;
    }

    private int StatePair(int fact)
    {
        var row = _universe.Facts[fact];
        _stamps[fact] = _generation;
        return AddPair(SlotOf(row.Package), row.Set, SlotOf(row.Target), row.Term, fact);
    }

    /// <summary>
    /// Forgets the trail from <paramref name="mark"/> on. The requirements of a chosen version are applied directly and
    /// not watched; they become incompatibilities only when the package has been taken back many times.
    /// </summary>
    private void Undo(int mark)
    {
        while (_trailCount > mark)
        {
            ref readonly var entry = ref _trail[--_trailCount];
            var slot = entry.Slot;
            ref var row = ref _slots[slot];
            row.Last = entry.Previous;
            row.Current = entry.Previous < 0 ? row.Any : _trail[entry.Previous].Set;
            if (entry.Cause is TrailEntry.Decided or TrailEntry.Confirmed)
            {
                var ordinal = row.Decision;
                row.Decision = -1;
                if (++row.TakenBack > PatientTakeBacks)
                {
                    StateFacts(row.Package, ordinal);
                }
            }

            MarkDirty(slot);
        }
    }

    private void StateFacts(int package, int ordinal)
    {
        foreach (var fact in _universe.FactsOf(_universe.Packages[package].FirstVersion, ordinal))
        {
            if (_stamps[fact] != _generation && _universe.Facts[fact].Shape == FactShape.Pair)
            {
                StatePair(fact);
            }
        }
    }

    private void CountConflict(int slot)
    {
        var group = _slots[slot].Group;
        _slots[group].Conflicts = Math.Min(_slots[group].Conflicts + 1, MaxConflictCount);
        for (var member = group; member >= 0; member = _slots[member].NextInGroup)
        {
            MarkDirty(member);
        }
    }
}
