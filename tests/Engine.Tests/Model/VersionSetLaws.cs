using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Model;

public sealed class VersionSetLaws
{
    private static readonly Gen<(VersionSet A, VersionSet B)> Pairs = from a in VersionGen.Sets from b in VersionGen.Sets select (a, b);

    private static readonly Gen<(VersionSet A, VersionSet B, VersionSet C)> Triples =
        from a in VersionGen.Sets from b in VersionGen.Sets from c in VersionGen.Sets select (a, b, c);

    [Fact]
    public void Union_holds_what_either_holds() => Law.Holds(Pairs, pair =>
        AssertMembers(pair.A.Union(pair.B), v => pair.A.Contains(v) || pair.B.Contains(v)));

    [Fact]
    public void Intersection_holds_what_both_hold() => Law.Holds(Pairs, pair =>
        AssertMembers(pair.A.Intersect(pair.B), v => pair.A.Contains(v) && pair.B.Contains(v)));

    [Fact]
    public void Complement_holds_what_the_set_does_not() => Law.Holds(VersionGen.Sets, set =>
        AssertMembers(set.Complement(), v => !set.Contains(v)));

    [Fact]
    public void Difference_holds_what_only_the_first_holds() => Law.Holds(Pairs, pair =>
        AssertMembers(pair.A.Except(pair.B), v => pair.A.Contains(v) && !pair.B.Contains(v)));

    [Fact]
    public void Algebra_is_that_of_sets() => Law.Holds(Triples, sets =>
    {
        var (a, b, c) = sets;
        Assert.Equal(a.Union(b), b.Union(a));
        Assert.Equal(a.Intersect(b), b.Intersect(a));
        Assert.Equal(a.Union(b.Union(c)), a.Union(b).Union(c));
        Assert.Equal(a.Intersect(b.Intersect(c)), a.Intersect(b).Intersect(c));
        Assert.Equal(a.Intersect(b.Union(c)), a.Intersect(b).Union(a.Intersect(c)));
        Assert.Equal(a.Union(b.Intersect(c)), a.Union(b).Intersect(a.Union(c)));
    });

    [Fact]
    public void Complements_follow_de_Morgan() => Law.Holds(Pairs, pair =>
    {
        var (a, b) = pair;
        Assert.Equal(a, a.Complement().Complement());
        Assert.Equal(a.Union(b).Complement(), a.Complement().Intersect(b.Complement()));
        Assert.Equal(a.Intersect(b).Complement(), a.Complement().Union(b.Complement()));
        Assert.True(a.Union(a.Complement()).IsAll);
        Assert.True(a.Intersect(a.Complement()).IsEmpty);
    });

    [Fact]
    public void Subset_and_overlap_say_what_they_mean() => Law.Holds(Pairs, pair =>
    {
        var (a, b) = pair;
        Assert.True(a.Intersect(b).IsSubsetOf(a));
        Assert.True(a.IsSubsetOf(a.Union(b)));
        Assert.Equal(a.IsSubsetOf(b), a.Union(b).Equals(b));
        Assert.Equal(a.Overlaps(b), !a.IsSubsetOf(b.Complement()));
    });

    [Fact]
    public void The_form_is_canonical() => Law.Holds(VersionGen.Sets, set =>
    {
        foreach (var interval in set.Intervals)
        {
            Assert.False(interval.IsEmpty);
        }

        for (var i = 1; i < set.Intervals.Length; i++)
        {
            var (upper, lower) = (set.Intervals[i - 1].Upper, set.Intervals[i].Lower);
            var order = upper.Version!.CompareTo(lower.Version);
            Assert.True(order < 0 || (order == 0 && !upper.IsInclusive && !lower.IsInclusive), set.ToString());
        }
    });

    [Fact]
    public void Equal_sets_have_equal_hashes() => Law.Holds(Pairs, pair =>
    {
        var (a, b) = pair;
        Assert.Equal(a.Union(b).GetHashCode(), b.Union(a).GetHashCode());
    });

    [Fact]
    public void A_set_is_printed_as_a_constraint()
    {
        Assert.Equal("none", VersionSet.Empty.ToString());
        Assert.Equal("*", VersionSet.All.ToString());
        Assert.Equal(">=1.2.0 <2.0.0", Constraint.Parse("^1.2").Versions.ToString());
        Assert.Equal("=1.2.3 || >=2.0.0", Constraint.Parse("=1.2.3 || >=2").Versions.ToString());
        Assert.Equal("<1.0.0 || >1.0.0", VersionSet.Only(new(1, 0, 0)).Complement().ToString());
    }

    private static void AssertMembers(VersionSet set, Func<SemanticVersion, bool> isMember)
    {
        foreach (var version in VersionGen.All)
        {
            Assert.Equal(isMember(version), set.Contains(version));
        }
    }
}
