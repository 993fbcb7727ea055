using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Tests.Resolution.Solving;

public sealed class OrdinalSetTests
{
    private const int Versions = 12;

    [Fact]
    public void Intervals_are_joined_and_empty_ones_dropped()
    {
        var set = OrdinalSet.FromBounds([7, 9, 3, 3, 0, 2, 2, 4, 8, 8]);

        Assert.Equal("0-3, 7-8", set.ToString());
        Assert.Equal(2, set.IntervalCount);
        Assert.Equal((0, 8, 6), (set.Min, set.Max, set.Count));
        Assert.Equal(OrdinalSet.FromOrdinals([8, 7, 3, 2, 1, 0]), set);
        Assert.True(OrdinalSet.FromBounds([5, 5]).IsEmpty);
        Assert.True(OrdinalSet.FromBounds([9, 2]).IsEmpty);
    }

    [Fact]
    public void Operations_are_those_of_sets()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var (a, b) = (Some(random), Some(random));
            var (x, y) = (OrdinalSet.FromOrdinals(a), OrdinalSet.FromOrdinals(b));
            Assert.Equal(OrdinalSet.FromOrdinals(a.Union(b)), x.Union(y));
            Assert.Equal(OrdinalSet.FromOrdinals(a.Intersect(b)), x.Intersect(y));
            Assert.Equal(OrdinalSet.FromOrdinals(a.Except(b)), x.Except(y));
            Assert.Equal(OrdinalSet.FromOrdinals(Enumerable.Range(0, Versions).Except(a)), x.Complement(Versions));
            Assert.Equal(a.All(b.Contains), x.IsSubsetOf(y));
            Assert.Equal(a.Intersect(b).Any(), x.Overlaps(y));
            Assert.All(Enumerable.Range(0, Versions), ordinal => Assert.Equal(a.Contains(ordinal), x.Contains(ordinal)));
        }
    }

    private static int[] Some(Random random) => [.. Enumerable.Range(0, Versions).Where(_ => random.Next(2) == 0)];
}
