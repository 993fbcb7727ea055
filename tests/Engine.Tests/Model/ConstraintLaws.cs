using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Model;

/// <summary>Generated constraints against an evaluator that knows nothing of intervals: it compares numbers.</summary>
public sealed class ConstraintLaws
{
    private static readonly Gen<Comparator> Comparators =
        from operation in Gen.Elements("", "^", "~", "=", ">", ">=", "<", "<=")
        from parts in Gen.Choose(0, 3)
        from star in Gen.Elements("", ".*", ".x")
        from numbers in Gen.ArrayOf(Gen.Choose(0, 2), 3)
        from label in Gen.Elements("", "", "", "-alpha", "-rc.1", "-0")
        select new Comparator(operation, numbers[..parts], parts == 3 ? label : "", parts is 1 or 2 ? star : "");

    private static readonly Gen<Comparator[][]> Alternatives =
        from alternatives in Gen.Choose(1, 3)
        from sizes in Gen.ArrayOf(Gen.Choose(1, 3), alternatives)
        from comparators in Gen.ArrayOf(Comparators, 9)
        select sizes.Select((size, index) => comparators.Skip(index * 3).Take(size).ToArray()).ToArray();

    [Fact]
    public void Admission_agrees_with_comparing_numbers() => Law.Holds(Alternatives, alternatives =>
    {
        var constraint = Parse(alternatives, ", ");
        foreach (var version in VersionGen.All)
        {
            Assert.True(
                alternatives.Any(alternative => IsAdmitted(alternative, version)) == constraint.Admits(version),
                $"{constraint} and {version}");
        }
    }, 500);

    [Fact]
    public void The_set_of_versions_agrees_with_comparing_numbers() => Law.Holds(Alternatives, alternatives =>
    {
        var constraint = Parse(alternatives, " ");
        foreach (var version in VersionGen.All)
        {
            Assert.True(
                alternatives.Any(alternative => alternative.All(c => IsInRange(c, version, alternative))) == constraint.Versions.Contains(version),
                $"{constraint} and {version}");
        }
    }, 500);

    [Fact]
    public void Comma_and_space_mean_the_same_and_the_text_stays() => Law.Holds(Alternatives, alternatives =>
    {
        Assert.Equal(Parse(alternatives, ", "), Parse(alternatives, " "));
        Assert.Equal(Print(alternatives, " , "), Parse(alternatives, " , ").ToString());
    });

    [Fact]
    public void Equality_is_admitting_the_same() => Law.Holds(
        from one in Alternatives from other in Alternatives select (Parse(one, " "), Parse(other, " ")),
        pair =>
        {
            var (one, other) = pair;
            if (one.Equals(other))
            {
                Assert.All(VersionGen.All, version => Assert.Equal(one.Admits(version), other.Admits(version)));
                Assert.Equal(one.GetHashCode(), other.GetHashCode());
            }
        }, 1000);

    [Fact]
    public void Any_text_is_read_or_refused_without_surprise() => Law.Holds(
        from pieces in Gen.ListOf(Gen.Elements("1", "0", "2.3", ".", "*", "x", "^", "~", ">=", "<", "=", "-", " - ", "||", ",", " ", "rc", "+b", "é"))
        select string.Concat(pieces),
        text =>
        {
            if (Constraint.TryParse(text, out var constraint))
            {
                Assert.Equal(constraint, Constraint.Parse(constraint.Text));
            }
        }, 3000);

    private static Constraint Parse(Comparator[][] alternatives, string separator) => Constraint.Parse(Print(alternatives, separator));

    private static string Print(Comparator[][] alternatives, string separator) =>
        string.Join(" || ", alternatives.Select(comparators => string.Join(separator, comparators.Select(c => c.Text))));

    private static bool IsAdmitted(Comparator[] alternative, SemanticVersion version) =>
        alternative.All(c => IsInRange(c, version, alternative))
        && (!version.IsPrerelease || alternative.Any(c => c.Label.Length > 0 && c.Triple == Triple(version)));

    private static bool IsInRange(Comparator c, SemanticVersion version, Comparator[] alternative)
    {
        var (low, triple) = (c.Lowest, Triple(version));
        var isEverything = c.Numbers.Length == 0;
        var isAlike = c.Operation is "" or "=" && c.Numbers.Length < 3 && (c.Operation == "=" || c.Star.Length > 0);
        return c.Operation switch
        {
            "<" or ">" when isEverything => false,
            _ when isEverything => true,
            ">=" => version >= low,
            ">" when c.Numbers.Length == 3 => version > low,
            ">" => version >= c.Next,
            "<=" when c.Numbers.Length == 3 => version <= low,
            "<=" => triple.CompareTo(c.Triple) < 0 || HasPrefix(triple, c.Numbers),
            "<" when c.Label.Length > 0 || alternative.Any(other => other.Label.Length > 0 && other.Triple == c.Triple) => version < low,
            "<" => triple.CompareTo(c.Triple) < 0,
            "=" when c.Numbers.Length == 3 => version == low,
            _ when isAlike => version >= low && HasPrefix(triple, c.Numbers),
            "~" => version >= low && HasPrefix(triple, c.Numbers.Take(2)),
            _ => version >= low && HasPrefix(triple, c.Numbers[..(Array.FindIndex(c.Numbers, n => n > 0) is >= 0 and var i ? i + 1 : c.Numbers.Length)]),
        };
    }

    private static bool HasPrefix((int Major, int Minor, int Patch) triple, IEnumerable<int> prefix) =>
        prefix.Zip([triple.Major, triple.Minor, triple.Patch]).All(pair => pair.First == pair.Second);

    private static (int Major, int Minor, int Patch) Triple(SemanticVersion version) => (version.Major, version.Minor, version.Patch);

    private sealed record Comparator(string Operation, int[] Numbers, string Label, string Star)
    {
        public (int Major, int Minor, int Patch) Triple => (At(0), At(1), At(2));

        public SemanticVersion Lowest => SemanticVersion.Parse($"{At(0)}.{At(1)}.{At(2)}{Label}");

        /// <summary>The first release after everything a partial covers: `>1.2` is `>=1.3.0`.</summary>
        public SemanticVersion Next => Numbers.Length == 1 ? new(At(0) + 1, 0, 0) : new(At(0), At(1) + 1, 0);

        public string Text => Operation + (Numbers.Length == 0 ? "*" : string.Join('.', Numbers)) + Star + Label;

        private int At(int index) => index < Numbers.Length ? Numbers[index] : 0;
    }
}
