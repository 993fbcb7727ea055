using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Archives;

namespace Registry.Engine.Tests.Formats.Archives;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_value_of_the_algorithm_is_right() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void Every_way_of_computing_and_cutting_agrees() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<NonNegativeInt>().Generator.Two().ToArbitrary(),
        pair =>
        {
            var random = new Random(pair.Item1.Get);
            var content = new byte[random.Next(0, 2000)];
            random.NextBytes(content);
            var cut = content.Length == 0 ? 0 : pair.Item2.Get % content.Length;
            var whole = Crc32.Of(content);
            return whole == Crc32.Portable(content)
                && whole == Crc32.Append(Crc32.Of(content.AsSpan(0, cut)), content.AsSpan(cut));
        }));
}
