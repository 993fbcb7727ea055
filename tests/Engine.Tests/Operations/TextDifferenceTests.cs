using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Operations;

namespace Registry.Engine.Tests.Operations;

public sealed class TextDifferenceTests
{
    [Fact]
    public void An_edit_is_one_hunk_with_three_lines_around_it()
    {
        var old = string.Concat(Enumerable.Range(1, 20).Select(n => $"{n}\n"));

        var hunk = Assert.Single(TextDifference.Between("f", old, old.Replace("10\n", "ten\nelf\n", StringComparison.Ordinal)).Hunks);

        Assert.Equal((7, 7, 7, 8), (hunk.OldStart, hunk.OldCount, hunk.NewStart, hunk.NewCount));
        Assert.Equal(["7", "8", "9", "10", "ten", "elf", "11", "12", "13"], hunk.Lines.Select(line => line.Text));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(3, 2)]
    public void Edits_far_apart_are_hunks_of_their_own(int second, int hunks)
    {
        var lines = Enumerable.Range(1, 30).Select(n => $"{n}").ToArray();
        var edited = lines.ToArray();
        (edited[4], edited[second == 10 ? 10 : 25]) = ("x", "y");

        var difference = TextDifference.Between("f", string.Join('\n', lines), string.Join('\n', edited));

        Assert.Equal(hunks, difference.Hunks.Length);
    }

    [Fact]
    public void Line_ends_alone_are_no_difference() => Assert.True(TextDifference.Between("f", "a\r\nb\r\n", "a\nb\n").IsEmpty);

    [Fact]
    public void A_new_file_is_all_additions()
    {
        var difference = TextDifference.Between("f", null, "a\nb\n");

        Assert.True(difference.IsNew);
        Assert.All(difference.Hunks[0].Lines, line => Assert.Equal(TextLineKind.Added, line.Kind));
    }

    [Fact]
    public void The_hunks_turn_the_old_lines_into_the_new_ones() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<int>().Select(n => $"{Math.Abs(n % 4)}").ArrayOf().Two().ToArbitrary(),
        pair =>
        {
            var (old, @new) = pair;
            var hunks = TextDifference.Between("f", string.Concat(old.Select(l => l + "\n")), string.Concat(@new.Select(l => l + "\n"))).Hunks;
            var result = new List<string>();
            var at = 0;
            foreach (var hunk in hunks)
            {
                result.AddRange(old[at..(hunk.OldStart - 1)]);
                Assert.Equal(hunk.NewStart - 1, result.Count);
                result.AddRange(hunk.Lines.Where(line => line.Kind != TextLineKind.Removed).Select(line => line.Text));
                at = hunk.OldStart - 1 + hunk.OldCount;
            }

            result.AddRange(old[at..]);
            Assert.Equal(@new, result);
        }).QuickCheckThrowOnFailure();
}
