using Registry.Engine.Problems;
using Registry.Tui.Headless.Parsing;

namespace Registry.Tui.Tests.Headless;

public class ShellWordsTests
{
    [Theory]
    [InlineData("add log@^1 --dev", "add|log@^1|--dev")]
    [InlineData("  add 'log@>=1 <2'  ", "add|log@>=1 <2")]
    [InlineData("edit --reason \"it's fine\"", "edit|--reason|it's fine")]
    [InlineData("a\\ b ''", "a b|")]
    [InlineData("", "")]
    public void A_line_is_taken_apart_as_a_shell_would(string line, string words) => Assert.Equal(words, string.Join('|', ShellWords.Split(line)));

    [Theory]
    [InlineData("add 'log")]
    [InlineData("add \"log'")]
    public void A_quote_that_is_not_closed_is_said(string line) =>
        Assert.Equal(ProblemCode.UsageInvalid, Assert.Throws<ProblemException>(() => ShellWords.Split(line)).Problem.Code);

    [Fact]
    public void A_line_that_nobody_writes_is_refused() =>
        Assert.Throws<ProblemException>(() => ShellWords.Split(new string('a', 9_000)));
}
