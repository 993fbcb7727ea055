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

    private readonly Universe universe;
    private readonly IntervalPool pool = new();
    private readonly WideSets sets;
    private readonly DecisionQueue queue = new();
    private readonly WatchLists watches = new();
    private readonly List<int> neededFacts = [];
    private readonly List<int> neededPackages = [];
    private readonly Func<OrdinalSet, int, ulong> encode;
    private Preferences? preferences;
    private Edits? edits;
    private SolveLimits limits = new();
    private SolveState state = SolveState.Failed;
    private int generation;

    private int[] slotOf = [];
    private int[] groupSlot = [];
    private int[] stamps = [];
    private Slot[] slots = new Slot[64];
    private int slotCount;
    private TrailEntry[] trail = new TrailEntry[256];
    private int trailCount;
    private int[] levelStart = new int[64];
    private int[] levelEpoch = new int[64];
    private int level;
    private int epoch;
    private int[] changed = new int[64];
    private int changedCount;
    private int[] dirty = new int[64];
    private int dirtyCount;
    private Incompatibility[] incompatibilities = new Incompatibility[256];
    private int incompatibilityCount;
    private SlotTerm[] restTerms = new SlotTerm[256];
    private int restCount;

    public Solver(Universe universe)
    {
        ArgumentNullException.ThrowIfNull(universe);
        this.universe = universe;
        sets = new WideSets(universe.Pool, pool);
        encode = sets.EncodeOwn;
    }

    /// <summary>How many times a version was chosen, also where it was taken back.</summary>
    public int Decisions { get; private set; }

    /// <summary>How many times a choice was refused or taken back.</summary>
    public int Conflicts { get; private set; }

    public SolveState State => state;

    /// <summary>After <see cref="SolveState.Needs"/>: the unresolved requirements of the version that is next.</summary>
    public IReadOnlyList<int> NeededFacts => neededFacts;

    /// <summary>After <see cref="SolveState.Needs"/>: the open package that is next.</summary>
    public IReadOnlyList<int> NeededPackages => neededPackages;

    /// <summary>Begins a solve that wants <paramref name="ordinal"/> of <paramref name="root"/>, forgetting the last one.</summary>
    public void Start(int root, int ordinal, Preferences? preferences = null, Edits? edits = null, SolveLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, universe.VersionCount(root));
        Forget();
        this.preferences = preferences;
        this.edits = edits is { IsEmpty: false } ? edits : null;
        this.limits = limits ?? new SolveLimits();
        state = SolveState.Running;
        var slot = SlotOf(root);
        var unwanted = encode(OrdinalSet.Single(ordinal), slots[slot].Versions) ^ slots[slot].Any;
        AddUnit(slot, unwanted, Fact.Root);
        Change(slot);
    }

    /// <summary>Works until the next choice is made, or the solve ends or waits.</summary>
    public SolveState Step()
    {
        if (state is not (SolveState.Running or SolveState.Needs))
        {
            return state;
        }

        return state = Propagate() ? Choose() : SolveState.Failed;
    }

    /// <summary>Works until the solve ends or waits.</summary>
    public SolveState Solve()
    {
        while (Step() == SolveState.Running)
        {
        }

        return state;
    }

    /// <summary>The chosen ordinal of a package; -1 when it is not chosen.</summary>
    public int OrdinalOf(int package) =>
        package < slotOf.Length && slotOf[package] > 0 ? slots[slotOf[package] - 1].Decision : -1;

    /// <summary>The packages that are chosen so far, in the order in which they were chosen.</summary>
    public IReadOnlyList<int> Chosen
    {
        get
        {
            var chosen = new List<int>(slotCount);
            for (var i = 0; i < trailCount; i++)
            {
                if (trail[i].Cause is TrailEntry.Decided or TrailEntry.Confirmed)
                {
                    chosen.Add(slots[trail[i].Slot].Package);
                }
            }

            return chosen;
        }
    }

    private void Forget()
    {
        for (var i = 0; i < slotCount; i++)
        {
            slotOf[slots[i].Package] = 0;
            var group = universe.GroupOf(slots[i].Package);
            if (group < groupSlot.Length)
            {
                groupSlot[group] = 0;
            }
        }

        slotCount = trailCount = changedCount = dirtyCount = incompatibilityCount = restCount = derivationCount = 0;
        level = 0;
        epoch = 1;
        levelEpoch[0] = epoch;
        levelStart[0] = 0;
        Decisions = Conflicts = 0;
        generation++;
        pool.Clear();
        watches.Clear();
        queue.Clear();
        ForgetNeeds();
    }

    private void ForgetNeeds()
    {
        neededFacts.Clear();
        neededPackages.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(int package)
    {
        var map = slotOf;
        return (uint)package < (uint)map.Length && map[package] > 0 ? map[package] - 1 : Discover(package);
    }

    private int Discover(int package)
    {
        Arrays.Fit(ref slotOf, universe.PackageCount);
        Arrays.Fit(ref slots, slotCount + 1);
        Arrays.Fit(ref position, slotCount + 1);
        ref readonly var row = ref universe.Packages[package];
        var index = slotCount++;
        slotOf[package] = index + 1;
        watches.Open(index);
        slots[index] = new Slot
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
        if (edits is not null)
        {
            Limit(index);
        }

        return index;
    }

    private void JoinGroup(int index, int group)
    {
        if (!universe.HasGroups)
        {
            return;
        }

        Arrays.Fit(ref groupSlot, universe.PackageCount);
        if (groupSlot[group] == 0)
        {
            groupSlot[group] = index + 1;
            return;
        }

        var head = groupSlot[group] - 1;
        slots[index].Group = head;
        slots[index].NextInGroup = slots[head].NextInGroup;
        slots[head].NextInGroup = index;
    }

    private void Limit(int slot)
    {
        for (var i = 0; i < edits!.Limits.Count; i++)
        {
            var (package, allowed) = edits.Limits[i];
            if (package == slots[slot].Package)
            {
                var versions = slots[slot].Versions;
                AddUnit(slot, encode(allowed.Complement(versions), versions), Edits.LimitFact(i));
                Change(slot);
            }
        }
    }

    /// <summary>The package's set is now smaller.</summary>
    private void Narrow(int slot, ulong set, int cause)
    {
        Arrays.Fit(ref trail, trailCount + 1);
        ref var row = ref slots[slot];
        ref var entry = ref trail[trailCount];
        entry.Set = set;
        entry.Slot = slot;
        entry.Previous = row.Last;
        entry.Cause = cause;
        entry.Level = level;
        row.Last = trailCount++;
        row.Current = set;
        Change(slot);
    }

    /// <summary>The package has to be looked at again: its incompatibilities and its place in the queue.</summary>
    private void Change(int slot)
    {
        ref var row = ref slots[slot];
        if (!row.IsChanged)
        {
            row.IsChanged = true;
            Arrays.Fit(ref changed, changedCount + 1);
            changed[changedCount++] = slot;
        }

        MarkDirty(slot);
    }

    private void MarkDirty(int slot)
    {
        ref var row = ref slots[slot];
        if (!row.IsDirty)
        {
            row.IsDirty = true;
            Arrays.Fit(ref dirty, dirtyCount + 1);
            dirty[dirtyCount++] = slot;
        }
    }

    private void OpenLevel()
    {
        level++;
        Arrays.Fit(ref levelStart, level + 1);
        Arrays.Fit(ref levelEpoch, level + 1);
        levelStart[level] = trailCount;
        levelEpoch[level] = ++epoch;
    }
}
