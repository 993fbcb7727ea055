using System.Runtime.CompilerServices;

namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// PubGrub over integers: picks one version of each needed package, or proves that there is no choice.
/// Pure and synchronous: the same universe, root, preferences and edits give the same answer on every machine.
/// One object serves any number of solves after each other; <see cref="Start"/> costs what the last solve touched.
/// </summary>
public sealed partial class Solver
{
    private const int MaxConflictCount = 0x3FFF_FFFF;

    private readonly Universe _universe;
    private readonly IntervalPool _pool = new();
    private readonly WideSets _sets;
    private readonly DecisionQueue _queue = new();
    private readonly WatchLists _watches = new();
    private readonly List<int> _neededFacts = [];
    private readonly List<int> _neededPackages = [];
    private readonly Func<OrdinalSet, int, ulong> _encode;
    private Preferences? _preferences;
    private Edits? _edits;
    private SolveLimits _limits = new();
    private SolveState _state = SolveState.Failed;
    private int _generation;

    private int[] _slotOf = [];
    private int[] _groupSlot = [];
    private int[] _stamps = [];
    private Slot[] _slots = new Slot[64];
    private int _slotCount;
    private TrailEntry[] _trail = new TrailEntry[256];
    private int _trailCount;
    private int[] _levelStart = new int[64];
    private int[] _levelEpoch = new int[64];
    private int _level;
    private int _epoch;
    private int[] _changed = new int[64];
    private int _changedCount;
    private int[] _dirty = new int[64];
    private int _dirtyCount;
    private Incompatibility[] _incompatibilities = new Incompatibility[256];
    private int _incompatibilityCount;
    private SlotTerm[] _restTerms = new SlotTerm[256];
    private int _restCount;

    public Solver(Universe universe)
    {
        ArgumentNullException.ThrowIfNull(universe);
        _universe = universe;
        _sets = new WideSets(universe.Pool, _pool);
        _encode = _sets.EncodeOwn;
    }

    /// <summary>How many times a version was chosen, also where it was taken back.</summary>
    public int Decisions { get; private set; }

    /// <summary>How many times a choice was refused or taken back.</summary>
    public int Conflicts { get; private set; }

    public SolveState State => _state;

    /// <summary>After <see cref="SolveState.Needs"/>: the unresolved requirements of the version that is next.</summary>
    public IReadOnlyList<int> NeededFacts => _neededFacts;

    /// <summary>After <see cref="SolveState.Needs"/>: the open package that is next.</summary>
    public IReadOnlyList<int> NeededPackages => _neededPackages;

    /// <summary>Begins a solve that wants <paramref name="ordinal"/> of <paramref name="root"/>, forgetting the last one.</summary>
    public void Start(int root, int ordinal, Preferences? preferences = null, Edits? edits = null, SolveLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, _universe.VersionCount(root));
        Forget();
        _preferences = preferences;
        _edits = edits is { IsEmpty: false } ? edits : null;
        _limits = limits ?? new SolveLimits();
        _state = SolveState.Running;
        var slot = SlotOf(root);
        var unwanted = _encode(OrdinalSet.Single(ordinal), _slots[slot].Versions) ^ _slots[slot].Any;
        AddUnit(slot, unwanted, Fact.Root);
        Change(slot);
    }

    /// <summary>Works until the next choice is made, or the solve ends or waits.</summary>
    public SolveState Step()
    {
        if (_state is not (SolveState.Running or SolveState.Needs))
        {
            return _state;
        }

        return _state = Propagate() ? Choose() : SolveState.Failed;
    }

    /// <summary>Works until the solve ends or waits.</summary>
    public SolveState Solve()
    {
        while (Step() == SolveState.Running)
        {
        }

        return _state;
    }

    /// <summary>The chosen ordinal of a package; -1 when it is not chosen.</summary>
    public int OrdinalOf(int package) =>
        package < _slotOf.Length && _slotOf[package] > 0 ? _slots[_slotOf[package] - 1].Decision : -1;

    /// <summary>The packages that are chosen so far, in the order in which they were chosen.</summary>
    public IReadOnlyList<int> Chosen
    {
        get
        {
            var chosen = new List<int>(_slotCount);
            for (var i = 0; i < _trailCount; i++)
            {
                if (_trail[i].Cause is TrailEntry.Decided or TrailEntry.Confirmed)
                {
                    chosen.Add(_slots[_trail[i].Slot].Package);
                }
            }

            return chosen;
        }
    }

    private void Forget()
    {
        for (var i = 0; i < _slotCount; i++)
        {
            _slotOf[_slots[i].Package] = 0;
            var group = _universe.GroupOf(_slots[i].Package);
            if (group < _groupSlot.Length)
            {
                _groupSlot[group] = 0;
            }
        }

        _slotCount = _trailCount = _changedCount = _dirtyCount = _incompatibilityCount = _restCount = _derivationCount = 0;
        _level = 0;
        _epoch = 1;
        _levelEpoch[0] = _epoch;
        _levelStart[0] = 0;
        Decisions = Conflicts = 0;
        _generation++;
        _pool.Clear();
        _watches.Clear();
        _queue.Clear();
        ForgetNeeds();
    }

    private void ForgetNeeds()
    {
        _neededFacts.Clear();
        _neededPackages.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(int package)
    {
        var map = _slotOf;
        return (uint)package < (uint)map.Length && map[package] > 0 ? map[package] - 1 : Discover(package);
    }

    private int Discover(int package)
    {
        Arrays.Fit(ref _slotOf, _universe.PackageCount);
        Arrays.Fit(ref _slots, _slotCount + 1);
        Arrays.Fit(ref _position, _slotCount + 1);
        ref readonly var row = ref _universe.Packages[package];
        var index = _slotCount++;
        _slotOf[package] = index + 1;
        _watches.Open(index);
        _slots[index] = new Slot
        {
            Current = row.Any,
            Any = row.Any,
            Package = package,
            Versions = row.Versions,
            Last = -1,
            Decision = -1,
            Group = index,
            NextInGroup = -1,
        };
        JoinGroup(index, row.Group);
        if (_edits is not null)
        {
            Limit(index);
        }

        return index;
    }

    private void JoinGroup(int index, int group)
    {
        if (!_universe.HasGroups)
        {
            return;
        }

        Arrays.Fit(ref _groupSlot, _universe.PackageCount);
        if (_groupSlot[group] == 0)
        {
            _groupSlot[group] = index + 1;
            return;
        }

        var head = _groupSlot[group] - 1;
        _slots[index].Group = head;
        _slots[index].NextInGroup = _slots[head].NextInGroup;
        _slots[head].NextInGroup = index;
    }

    private void Limit(int slot)
    {
        for (var i = 0; i < _edits!.Limits.Count; i++)
        {
            var (package, allowed) = _edits.Limits[i];
            if (package == _slots[slot].Package)
            {
                var versions = _slots[slot].Versions;
                AddUnit(slot, _encode(allowed.Complement(versions), versions), Edits.LimitFact(i));
                Change(slot);
            }
        }
    }

    /// <summary>The package's set is now smaller.</summary>
    private void Narrow(int slot, ulong set, int cause)
    {
        Arrays.Fit(ref _trail, _trailCount + 1);
        ref var row = ref _slots[slot];
        ref var entry = ref _trail[_trailCount];
        entry.Set = set;
        entry.Slot = slot;
        entry.Previous = row.Last;
        entry.Cause = cause;
        entry.Level = _level;
        row.Last = _trailCount++;
        row.Current = set;
        Change(slot);
    }

    /// <summary>The package has to be looked at again: its incompatibilities and its place in the queue.</summary>
    private void Change(int slot)
    {
        ref var row = ref _slots[slot];
        if (!row.IsChanged)
        {
            row.IsChanged = true;
            Arrays.Fit(ref _changed, _changedCount + 1);
            _changed[_changedCount++] = slot;
        }

        MarkDirty(slot);
    }

    private void MarkDirty(int slot)
    {
        ref var row = ref _slots[slot];
        if (!row.IsDirty)
        {
            row.IsDirty = true;
            Arrays.Fit(ref _dirty, _dirtyCount + 1);
            _dirty[_dirtyCount++] = slot;
        }
    }

    private void OpenLevel()
    {
        _level++;
        Arrays.Fit(ref _levelStart, _level + 1);
        Arrays.Fit(ref _levelEpoch, _level + 1);
        _levelStart[_level] = _trailCount;
        _levelEpoch[_level] = ++_epoch;
    }
}
