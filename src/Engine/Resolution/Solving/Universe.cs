using System.Runtime.InteropServices;

namespace Registry.Engine.Resolution.Solving;

/// <summary>
/// All that is known about packages, as integers: how many versions each has and the facts about them. It only grows,
/// also in the middle of a solve, and one universe serves any number of solves (one thread at a time).
/// Packages and facts are numbered from 0 in the order they were added; the numbers never decide an answer.
/// </summary>
public sealed class Universe
{
    /// <summary>More versions than any package has; two bounds and three flags fit into 64 bits.</summary>
    public const int MaxVersions = 1 << 30;

    private readonly List<PackageRow> _packages = [];
    private readonly List<PackedTerm[]> _clauses = [];
    private readonly Dictionary<(int Package, int Target), int> _lateSiblings = [];
    private readonly Dictionary<int, int> _siblings = [];
    private readonly Func<OrdinalSet, int, ulong> _pack;
    private FactRow[] _facts = new FactRow[16];
    private int[] _nextFact = new int[16];
    private int[] _versionFacts = new int[16];
    private int[] _versionStarts = new int[16];
    private int _versionFactCount;
    private int _versionStartCount;

    public Universe() => _pack = (set, versions) => WideSets.Encode(set, versions, Pool);

    public int PackageCount => _packages.Count;

    public int FactCount { get; private set; }

    internal IntervalPool Pool { get; } = new();

    internal bool HasGroups { get; private set; }

    internal ReadOnlySpan<PackageRow> Packages => CollectionsMarshal.AsSpan(_packages);

    internal FactRow[] Facts => _facts;

    /// <summary>
    /// Adds a package with <paramref name="versions"/> versions and returns its number. It is open: its facts are
    /// stated next, and a solve that is about to choose a version of it waits for <see cref="Close"/>.
    /// </summary>
    /// <param name="versions">How many versions; 0 for a package that is named but has nothing.</param>
    /// <param name="group">The package it belongs to when choosing an order (a feature belongs to its package); -1 for itself.</param>
    public int AddPackage(int versions, int group = -1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(versions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(versions, MaxVersions);
        var id = _packages.Count;
        HasGroups |= group >= 0 && group != id;
        _packages.Add(new PackageRow
        {
            Any = WideSets.AnyOf(versions),
            Versions = versions,
            Group = group < 0 ? id : group,
            FirstVersion = -1,
            FirstFact = -1,
            LastFact = -1,
        });
        return id;
    }

    public int VersionCount(int package) => _packages[package].Versions;

    public int GroupOf(int package) => _packages[package].Group;

    /// <summary>
    /// Each of <paramref name="versions"/> needs <paramref name="target"/> in <paramref name="allowed"/>; with nothing
    /// allowed they can never be chosen. Returns the fact's number.
    /// </summary>
    public int Require(int package, OrdinalSet versions, int target, OrdinalSet allowed, int tag = 0)
    {
        var fact = Add(FactKind.Requires, package, versions, tag);
        SetTarget(ref _facts[fact], target, allowed);
        return fact;
    }

    /// <summary>A requirement whose target is not known yet; a solve that needs it says so, and <see cref="Resolve"/> tells it.</summary>
    public int RequireLater(int package, OrdinalSet versions, int tag = 0)
    {
        var fact = Add(FactKind.Requires, package, versions, tag);
        CollectionsMarshal.AsSpan(_packages)[package].HasSpecialFacts = true;
        return fact;
    }

    /// <summary>Says what a <see cref="RequireLater"/> fact requires. Once.</summary>
    public void Resolve(int fact, int target, OrdinalSet allowed)
    {
        if (_facts[fact].Shape != FactShape.Pending)
        {
            throw new InvalidOperationException($"fact {fact} is already resolved");
        }

        SetTarget(ref _facts[fact], target, allowed);
        ref var sibling = ref CollectionsMarshal.GetValueRefOrAddDefault(_lateSiblings, (_facts[fact].Package, target), out var isKnown);
        JoinSiblings(fact, ref sibling, isKnown);
    }

    public bool IsResolved(int fact) => _facts[fact].Shape != FactShape.Pending;

    /// <summary>With each of <paramref name="versions"/>, <paramref name="target"/> is in <paramref name="allowed"/> or not chosen at all.</summary>
    public int Restrict(int package, OrdinalSet versions, int target, OrdinalSet allowed, int tag = 0)
    {
        var fact = Add(FactKind.Restricts, package, versions, tag);
        SetTarget(ref _facts[fact], target, allowed);
        return fact;
    }

    /// <summary><paramref name="versions"/> cannot be chosen, for a reason that the caller knows by <paramref name="tag"/>.</summary>
    public int Forbid(int package, OrdinalSet versions, int tag = 0)
    {
        var fact = Add(FactKind.Unavailable, package, versions, tag);
        _facts[fact].Shape = FactShape.Unit;
        _facts[fact].Target = -1;
        return fact;
    }

    /// <summary>
    /// "<paramref name="package"/> in <paramref name="versions"/>" and all of <paramref name="others"/> must not hold
    /// together. The others are about packages that differ from it and from each other, and at most one of them may
    /// hold by absence: "this or that must be there" is a choice and needs a package whose versions are the choices.
    /// </summary>
    public int AddClause(int package, OrdinalSet versions, ReadOnlySpan<Term> others, int tag = 0)
    {
        var fact = Add(FactKind.Clause, package, versions, tag);
        var terms = new List<PackedTerm>(others.Length);
        var canHold = true;
        var absences = 0;
        foreach (var other in others)
        {
            absences += other.OrAbsent ? 1 : 0;
            var set = PackTerm(other);
            canHold &= set != 0;
            if (set != _packages[other.Package].Any)
            {
                terms.Add(new PackedTerm(other.Package, set));
            }
        }

        if (absences > 1)
        {
            throw new ArgumentException("more than one term may hold by absence", nameof(others));
        }

        _facts[fact].Shape = canHold ? FactShape.Clause : FactShape.Void;
        _facts[fact].Target = _clauses.Count;
        _clauses.Add([.. terms]);
        return fact;
    }

    /// <summary>The facts of the package are complete; from now on versions of it can be chosen.</summary>
    public void Close(int package)
    {
        ref var row = ref CollectionsMarshal.AsSpan(_packages)[package];
        if (row.FirstVersion >= 0)
        {
            return;
        }

        row.FirstVersion = _versionStartCount;
        _versionStartCount += row.Versions + 1;
        Arrays.Fit(ref _versionStarts, _versionStartCount);
        var starts = _versionStarts.AsSpan(row.FirstVersion, row.Versions + 1);
        SortByVersion(row, starts);
        LinkSiblings(row.FirstFact);
    }

    /// <summary>What was stated under this number. A fact of several terms keeps its other terms in <see cref="ClauseTerms"/>.</summary>
    public Fact Fact(int id)
    {
        ref readonly var row = ref _facts[id];
        var versions = Unpack(row.Set, row.Package);
        if (row.Kind is FactKind.Clause or FactKind.Unavailable || row.Shape == FactShape.Pending)
        {
            return new Fact(id, row.Kind, row.Package, versions, -1, OrdinalSet.Empty, row.Tag);
        }

        var target = _packages[row.Target];
        var allowed = row.Kind == FactKind.Requires
            ? Unpack(row.Term ^ target.Any, row.Target)
            : Unpack(row.Term, row.Target).Complement(target.Versions);
        return new Fact(id, row.Kind, row.Package, versions, row.Target, allowed, row.Tag);
    }

    /// <summary>The caller's own number of a fact.</summary>
    public int TagOf(int fact) => _facts[fact].Tag;

    /// <summary>The other terms of a fact made by <see cref="AddClause"/>.</summary>
    public IReadOnlyList<Term> ClauseTerms(int fact) =>
        [.. ClauseOf(fact).Select(term => new Term(term.Package, Unpack(term.Set, term.Package), (term.Set & WideSets.Absent) != 0))];

    internal PackedTerm[] ClauseOf(int fact) => _clauses[_facts[fact].Target];

    /// <summary>The facts that a version of a closed package has, in the order they were stated.</summary>
    internal ReadOnlySpan<int> FactsOf(int firstVersion, int ordinal)
    {
        var start = _versionStarts[firstVersion + ordinal];
        return _versionFacts.AsSpan(start, _versionStarts[firstVersion + ordinal + 1] - start);
    }

    /// <summary>
    /// Fills in the target of "requires" or "restricts" as a solve reads it: the term over the target that must not hold
    /// with the versions, and the shape of the fact. <paramref name="encode"/> packs a set of the target's ordinals.
    /// </summary>
    internal void Describe(ref FactRow row, int target, OrdinalSet allowed, Func<OrdinalSet, int, ulong> encode)
    {
        var (any, versions) = (_packages[target].Any, _packages[target].Versions);
        row.Target = target;
        row.Term = row.Kind == FactKind.Requires
            ? encode(allowed, versions) ^ any
            : encode(allowed.Complement(versions), versions);
        row.Shape = row.Term == 0 ? FactShape.Void
            : target == row.Package ? FactShape.Self
            : row.Term == any ? FactShape.Unit
            : FactShape.Pair;
    }

    private void SetTarget(ref FactRow row, int target, OrdinalSet allowed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, _packages.Count);
        Describe(ref row, target, allowed, _pack);
        CollectionsMarshal.AsSpan(_packages)[row.Package].HasSpecialFacts |= row.Shape is not (FactShape.Pair or FactShape.Void);
    }

    private int Add(FactKind kind, int package, OrdinalSet versions, int tag)
    {
        ref var owner = ref CollectionsMarshal.AsSpan(_packages)[package];
        if (owner.FirstVersion >= 0)
        {
            throw new InvalidOperationException($"package {package} is closed");
        }

        var id = FactCount++;
        Arrays.Fit(ref _facts, FactCount);
        Arrays.Fit(ref _nextFact, FactCount);
        _facts[id] = new FactRow { Kind = kind, Package = package, Target = -1, Tag = tag, Sibling = id, Set = Pack(versions, package) };
        _nextFact[id] = -1;
        if (owner.LastFact < 0)
        {
            owner.FirstFact = id;
        }
        else
        {
            _nextFact[owner.LastFact] = id;
        }

        owner.LastFact = id;
        owner.HasSpecialFacts |= kind is FactKind.Unavailable or FactKind.Clause;
        return id;
    }

    private void LinkSiblings(int first)
    {
        _siblings.Clear();
        for (var fact = first; fact >= 0; fact = _nextFact[fact])
        {
            if (_facts[fact].Shape == FactShape.Pair && _facts[fact].Sibling == fact)
            {
                ref var sibling = ref CollectionsMarshal.GetValueRefOrAddDefault(_siblings, _facts[fact].Target, out var isKnown);
                JoinSiblings(fact, ref sibling, isKnown);
            }
        }
    }

    private void JoinSiblings(int fact, ref int sibling, bool isKnown)
    {
        if (isKnown)
        {
            (_facts[fact].Sibling, _facts[sibling].Sibling) = (_facts[sibling].Sibling, fact);
        }

        sibling = fact;
    }

    /// <summary>Counting sort: how many facts each version has, where its list starts, then the lists.</summary>
    private void SortByVersion(in PackageRow row, Span<int> starts)
    {
        var cursor = new int[row.Versions];
        for (var fact = row.FirstFact; fact >= 0; fact = _nextFact[fact])
        {
            foreach (var ordinal in Ordinals(fact))
            {
                cursor[ordinal]++;
            }
        }

        for (var ordinal = 0; ordinal < cursor.Length; ordinal++)
        {
            starts[ordinal] = _versionFactCount;
            _versionFactCount += cursor[ordinal];
            cursor[ordinal] = starts[ordinal];
        }

        starts[^1] = _versionFactCount;
        Arrays.Fit(ref _versionFacts, _versionFactCount);
        for (var fact = row.FirstFact; fact >= 0; fact = _nextFact[fact])
        {
            foreach (var ordinal in Ordinals(fact))
            {
                _versionFacts[cursor[ordinal]++] = fact;
            }
        }
    }

    private IEnumerable<int> Ordinals(int fact)
    {
        var set = Unpack(_facts[fact].Set, _facts[fact].Package);
        for (var i = 0; i < set.IntervalCount; i++)
        {
            var (low, high) = set.Interval(i);
            for (var ordinal = low; ordinal < high; ordinal++)
            {
                yield return ordinal;
            }
        }
    }

    private ulong Pack(OrdinalSet set, int package) => WideSets.Encode(set, _packages[package].Versions, Pool);

    private ulong PackTerm(Term term)
    {
        var row = _packages[term.Package];
        return term.OrAbsent
            ? WideSets.Encode(term.Versions.Complement(row.Versions), row.Versions, Pool) ^ row.Any
            : WideSets.Encode(term.Versions, row.Versions, Pool);
    }

    private OrdinalSet Unpack(ulong set, int package) => WideSets.Decode(set, _packages[package].Versions, Pool, Pool);
}
