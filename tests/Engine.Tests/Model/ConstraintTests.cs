using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Model;

public sealed class ConstraintTests
{
    [Theory]
    // caret, and bare which means caret
    [InlineData("^1.2.3", "1.2.3 1.2.4 1.9.0", "1.2.2 2.0.0 1.3.0-rc.1 1.2.3-rc.1 2.0.0-0")]
    [InlineData("1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0")]
    [InlineData("^1.2", "1.2.0 1.9.0", "1.1.9 2.0.0")]
    [InlineData("1", "1.0.0 1.9.0", "0.9.9 2.0.0")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.2.2 0.3.0 1.0.0")]
    [InlineData("0.5", "0.5.0 0.5.9", "0.4.9 0.6.0")]
    [InlineData("^0.0.3", "0.0.3", "0.0.2 0.0.4 0.1.0")]
    [InlineData("^0.0", "0.0.0 0.0.9", "0.1.0")]
    [InlineData("^0", "0.0.0 0.9.9", "1.0.0")]
    [InlineData("^0.0.0", "0.0.0", "0.0.1")]
    // tilde
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.2.2 1.3.0 1.3.0-rc.1")]
    [InlineData("~1.2", "1.2.0 1.2.9", "1.1.9 1.3.0")]
    [InlineData("~1", "1.0.0 1.9.0", "0.9.9 2.0.0")]
    [InlineData("~0.0.3", "0.0.3 0.0.9", "0.0.2 0.1.0")]
    // equals
    [InlineData("=1.2.3", "1.2.3 1.2.3+build", "1.2.4 1.2.2 1.2.3-rc.1")]
    [InlineData("=1.2", "1.2.0 1.2.9", "1.1.9 1.3.0")]
    [InlineData("=1", "1.0.0 1.9.9", "0.9.9 2.0.0")]
    // comparisons
    [InlineData(">1.2.3", "1.2.4 2.0.0", "1.2.3 1.2.4-rc.1")]
    [InlineData(">1.2", "1.3.0 2.0.0", "1.2.0 1.2.9")]
    [InlineData(">1", "2.0.0", "1.0.0 1.9.9")]
    [InlineData(">=1.2.3", "1.2.3 9.0.0", "1.2.2 1.2.3-rc.1")]
    [InlineData(">=1.2", "1.2.0 9.0.0", "1.1.9")]
    [InlineData("<1.2.3", "0.0.0 1.2.2", "1.2.3 1.2.3-rc.1")]
    [InlineData("<1.2", "1.1.9", "1.2.0 1.2.0-rc.1")]
    [InlineData("<1", "0.9.9", "1.0.0")]
    [InlineData("<=1.2.3", "1.2.3 0.0.0", "1.2.4")]
    [InlineData("<=1.2", "1.2.0 1.2.9", "1.3.0 1.3.0-rc.1")]
    [InlineData("<=1", "1.9.9", "2.0.0")]
    // wildcards
    [InlineData("*", "0.0.0 1.2.3 99.0.0", "1.2.3-rc.1")]
    [InlineData("x", "0.0.0 99.0.0", "1.0.0-rc.1")]
    [InlineData("1.*", "1.0.0 1.9.9", "0.9.9 2.0.0")]
    [InlineData("1.x.x", "1.0.0 1.9.9", "2.0.0")]
    [InlineData("1.2.*", "1.2.0 1.2.9", "1.1.9 1.3.0")]
    [InlineData("0.*", "0.0.0 0.9.9", "1.0.0")]
    [InlineData("1.2.X", "1.2.9", "1.3.0")]
    [InlineData(">=1.x", "1.0.0 2.0.0", "0.9.9")]
    // conjunction by comma and by space
    [InlineData(">=1.2, <1.5", "1.2.0 1.4.9", "1.1.9 1.5.0 1.5.0-rc.1")]
    [InlineData(">=1.2.0 <1.5.0", "1.2.0 1.4.9", "1.1.9 1.5.0")]
    [InlineData(">= 1.2 , < 1.5", "1.2.0 1.4.9", "1.1.9 1.5.0")]
    [InlineData("^1.2, >1.3.0", "1.3.1", "1.3.0 2.0.0")]
    [InlineData("^1 ^2", "", "1.0.0 2.0.0")]
    // alternatives
    [InlineData("^1.2 || ^3", "1.2.0 3.1.0", "2.0.0 1.1.0 4.0.0")]
    [InlineData("1.x || >=2.5.0 || 5.0.0 - 7.2.3", "1.2.3 2.5.0 8.0.0", "2.4.9")]
    // hyphen ranges
    [InlineData("1.2.3 - 2.3.4", "1.2.3 2.3.4", "1.2.2 2.3.5")]
    [InlineData("1.2 - 2.3", "1.2.0 2.3.9", "1.1.9 2.4.0")]
    [InlineData("1.2.3 - 2", "1.2.3 2.9.9", "3.0.0")]
    // pre-releases: only of a triple that the same alternative names
    [InlineData("^1.2.0-rc.1", "1.2.0-rc.1 1.2.0-rc.2 1.2.0 1.5.0", "1.2.0-alpha 1.3.0-rc.1 2.0.0-rc.1")]
    [InlineData("~1.2.3-beta.2", "1.2.3-beta.2 1.2.3-beta.4 1.2.3 1.2.9", "1.2.3-beta.1 1.2.4-beta.2 1.3.0")]
    [InlineData("=1.0.0-rc.1", "1.0.0-rc.1", "1.0.0 1.0.0-rc.2")]
    [InlineData(">1.0.0-alpha", "1.0.0-beta 1.0.0 2.0.0", "1.0.0-alpha 2.0.0-beta")]
    [InlineData(">=1.0.0-rc.1, <1.0.0", "1.0.0-rc.1 1.0.0-rc.9", "1.0.0 1.0.0-alpha")]
    [InlineData("<2.0.0-rc.1", "1.0.0 2.0.0-alpha", "2.0.0-rc.1 2.0.0 1.5.0-alpha")]
    [InlineData("1.0.0-rc.1 - 2.0.0", "1.0.0-rc.1 1.0.0 2.0.0", "1.0.0-alpha 2.0.0-rc.1")]
    [InlineData("=1.0.0-a || >=0.9.0 <2.0.0", "1.0.0-a 1.0.0", "1.0.0-b")]
    public void A_constraint_admits_what_its_family_says(string text, string admitted, string refused)
    {
        var constraint = Constraint.Parse(text);

        Assert.All(Versions(admitted), version => Assert.True(constraint.Admits(version), $"{text} should admit {version}"));
        Assert.All(Versions(refused), version => Assert.False(constraint.Admits(version), $"{text} should not admit {version}"));
        Assert.Equal(text, constraint.ToString());
    }

    [Theory]
    [InlineData("^1.2", "1.5.0-rc.1", true)]
    [InlineData("^1.2", "2.0.0-rc.1", false)]
    [InlineData("<2", "2.0.0-rc.1", false)]
    [InlineData("*", "1.0.0-rc.1", true)]
    [InlineData("<=1.2", "1.3.0-rc.1", false)]
    public void A_policy_that_allows_prereleases_does_not_widen_the_range(string text, string version, bool isAdmitted) =>
        Assert.Equal(isAdmitted, Constraint.Parse(text).AdmitsWithPrereleases(SemanticVersion.Parse(version)));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("latest")]
    [InlineData("v1.2.3")]
    [InlineData("1.2.3.4")]
    [InlineData("^")]
    [InlineData(">=")]
    [InlineData("1.2.3-")]
    [InlineData("01.2")]
    [InlineData("1.02")]
    [InlineData("*.1")]
    [InlineData("1.*.3")]
    [InlineData("1..2")]
    [InlineData("-1")]
    [InlineData("=>1.2")]
    [InlineData("==1.2")]
    [InlineData("> =1.2")]
    [InlineData(">=1.2,")]
    [InlineData(",>=1.2")]
    [InlineData(">=1.2,,<2")]
    [InlineData(">=1.2, ,<2")]
    [InlineData(">=,1.2")]
    [InlineData("^1 ||")]
    [InlineData("|| ^1")]
    [InlineData("^1 || || ^2")]
    [InlineData("^1 | ^2")]
    [InlineData(">1 - 2")]
    [InlineData("1.0.0 - 2.0.0 <3")]
    [InlineData("2147483647")]
    [InlineData("^2147483647.0.0")]
    [InlineData("^1.2147483647.0")]
    [InlineData("99999999999")]
    [InlineData("^1.2\n<2")]
    [InlineData("１.2")]
    public void What_is_no_constraint_is_refused(string text)
    {
        Assert.False(Constraint.TryParse(text, out _));
        Assert.Equal(ProblemCode.ConstraintInvalid, Assert.Throws<ProblemException>(() => Constraint.Parse(text)).Problem.Code);
    }

    [Fact]
    public void A_constraint_has_a_bound()
    {
        Assert.False(Constraint.TryParse(string.Join(" || ", Enumerable.Repeat("1", 33)), out _));
        Assert.False(Constraint.TryParse(new string(' ', 300) + "^1", out _));
        Assert.True(Constraint.TryParse(string.Join(" || ", Enumerable.Repeat("1", 32)), out _));
    }

    [Theory]
    [InlineData("^1.2", "1.2")]
    [InlineData("^1.2", ">=1.2, <2")]
    [InlineData("~1.2", "1.2.*")]
    [InlineData("1.x || 2.x", "2 || 1")]
    [InlineData("*", "x")]
    [InlineData("1.2.3 - 2", ">=1.2.3 <=2")]
    public void Constraints_that_admit_the_same_are_equal(string one, string other)
    {
        Assert.Equal(Constraint.Parse(one), Constraint.Parse(other));
        Assert.Equal(Constraint.Parse(one).GetHashCode(), Constraint.Parse(other).GetHashCode());
    }

    [Theory]
    [InlineData("^1.2", "^1.2.1")]
    [InlineData("=1.0.0-a || >=0.9.0 <2.0.0", ">=0.9.0 <2.0.0 || >=1.0.0-a <2.0.0")]
    [InlineData(">=1.0.0-a, <2", ">=1.0.0-a, <2 || =1.5.0-a")]
    public void Constraints_that_admit_different_prereleases_are_not_equal(string one, string other) =>
        Assert.NotEqual(Constraint.Parse(one), Constraint.Parse(other));

    [Fact]
    public void Written_constraints_are_those_that_add_writes()
    {
        Assert.Equal("^1.2.3", Constraint.Caret(SemanticVersion.Parse("1.2.3+build.5")).Text);
        Assert.Equal("^1.2.3-rc.1", Constraint.Caret(SemanticVersion.Parse("1.2.3-rc.1")).Text);
        Assert.Equal("=1.2.3", Constraint.Exactly(SemanticVersion.Parse("1.2.3")).Text);
    }

    private static IEnumerable<SemanticVersion> Versions(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SemanticVersion.Parse);
}
