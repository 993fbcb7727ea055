using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Tests.Resolution.Solving;

/// <summary>The packed sets against plain sets of numbers, in the narrow form, at its limit, and in the wide form.</summary>
public sealed class PackedSetLaws
{
    private const int Rounds = 3000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(300)]
    public void Packed_operations_are_the_operations_of_sets(int versions)
    {
        var (shared, own) = (new IntervalPool(), new IntervalPool());
        var sets = new WideSets(shared, own);
        var any = WideSets.AnyOf(versions);
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var (a, b) = (Member(random, versions), Member(random, versions));
            var (x, y) = (Pack(sets, a, versions, shared, round % 2 == 0), Pack(sets, b, versions, shared, round % 3 == 0));
            Assert.Equal(a, Unpack(sets, x, versions));
            Assert.Equal(a.Intersect(b).Order(), Unpack(sets, sets.Intersect(x, y, versions), versions).Order());
            Assert.Equal(a.Union(b).Order(), Unpack(sets, sets.Union(x, y, versions), versions).Order());
            Assert.Equal(Full(versions).Except(a).Order(), Unpack(sets, x ^ any, versions).Order());
            Assert.Equal(a.IsSubsetOf(b), sets.Subset(x, y, versions));
            Assert.Equal(!a.Overlaps(b), sets.Disjoint(x, y, versions));
            Assert.Equal(a.Count == 1 && !a.Contains(-1), WideSets.IsSingle(x, versions));
            Assert.Equal(a.Count == 0, x == 0);
            Assert.Equal(a.Count == versions + 1, x == any);
            if (!a.Contains(-1) && a.Count > 0)
            {
                Assert.Equal((a.Max, a.Min), (sets.Highest(x, versions), sets.Lowest(x, versions)));
            }
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    public void A_watch_list_finds_the_newest_set_that_contains_the_current_one(int versions)
    {
        var sets = new WideSets(new IntervalPool(), new IntervalPool());
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(round);
            var lists = new WatchLists();
            lists.Open(0);
            lists.Open(1);
            var members = Enumerable.Range(0, random.Next(20)).Select(_ => Member(random, versions)).Where(set => set.Count > 0).ToArray();
            for (var rule = 0; rule < members.Length; rule++)
            {
                lists.Add(0, Pack(sets, members[rule], versions, new IntervalPool(), isOwn: true), rule);
                lists.Add(1, 1, rule);
            }

            if (Member(random, versions) is not { Count: > 0 } current)
            {
                continue;
            }

            var packed = Pack(sets, current, versions, new IntervalPool(), isOwn: true);
            var before = random.Next(members.Length + 1);
            var found = versions <= WideSets.NarrowLimit ? lists.FindNarrow(0, before, packed) : lists.FindWide(0, before, packed, sets);
            Assert.Equal(Array.FindLastIndex(members[..before], current.IsSubsetOf), found);
        }
    }

    /// <summary>-1 stands for "not chosen".</summary>
    private static SortedSet<int> Member(Random random, int versions)
    {
        var set = new SortedSet<int>();
        for (var run = random.Next(4); run > 0; run--)
        {
            var low = random.Next(-1, versions);
            set.UnionWith(Enumerable.Range(low, random.Next(1, versions - low + 1)));
        }

        return random.Next(8) switch
        {
            0 => [],
            1 => [.. Full(versions)],
            2 => [.. Full(versions).Except(set)],
            _ => [.. set.Where(ordinal => ordinal < versions)],
        };
    }

    private static IEnumerable<int> Full(int versions) => Enumerable.Range(-1, versions + 1);

    private static ulong Pack(WideSets sets, SortedSet<int> members, int versions, IntervalPool shared, bool isOwn)
    {
        var isNegative = members.Contains(-1);
        var ordinals = OrdinalSet.FromOrdinals(isNegative ? Full(versions).Except(members) : members);
        var packed = isOwn ? sets.EncodeOwn(ordinals, versions) : WideSets.Encode(ordinals, versions, shared);
        return isNegative ? packed ^ WideSets.AnyOf(versions) : packed;
    }

    private static SortedSet<int> Unpack(WideSets sets, ulong packed, int versions)
    {
        var ordinals = sets.Decode(packed, versions);
        var members = Enumerable.Range(0, versions).Where(ordinals.Contains);
        return (packed & WideSets.Absent) != 0 ? [-1, .. members] : [.. members];
    }
}
