using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Toml;

namespace Registry.Engine.Tests.Formats.Toml;

public sealed class TomlEditLaws
{
    private static readonly Gen<(string Text, string[] Path)> Cases =
        from text in TomlGen.Documents from path in TomlGen.Paths select (text, path);

    [Fact]
    public void A_document_that_is_not_edited_prints_as_it_was() => Law.Holds(TomlGen.Documents, text =>
        Assert.Equal(text, TomlDocument.Parse(text, "t").ToString()));

    [Fact]
    public void Setting_changes_that_value_and_nothing_else() => Law.Holds(Cases, test =>
    {
        var (text, path) = test;
        var before = TomlDocument.Parse(text, "t");
        if (!CanHold(before, path))
        {
            return;
        }

        var after = before.Set([.. path], TomlLiteral.Of("new value"));

        var expected = TomlData.Of(before);
        RemoveBelow(expected, path);
        expected[TomlData.Path(path)] = "s:new value";
        Assert.Equal(expected, TomlData.Of(after));
    }, 2000);

    [Fact]
    public void Removing_takes_that_key_and_nothing_else() => Law.Holds(Cases, test =>
    {
        var (text, path) = test;
        var before = TomlDocument.Parse(text, "t");

        var after = before.Remove([.. path]);

        var expected = TomlData.Of(before);
        RemoveBelow(expected, path);
        Assert.Equal(expected, TomlData.Of(after));
        Assert.Null(after.Find(path));
        Assert.Equal(before.Find(path) is null, text == after.Text);
        Assert.True(IsSubsequence(after.Text, text), $"removing only takes text away:\n{text}\n--\n{after.Text}");
    }, 2000);

    [Fact]
    public void Inserting_keeps_every_byte() => Law.Holds(Cases, test =>
    {
        var (text, path) = test;
        var before = TomlDocument.Parse(text, "t");
        if (before.Find(path) is not null || !CanHold(before, path))
        {
            return;
        }

        var after = before.Set([.. path], TomlLiteral.Of(true), keyOrder: path.Length % 2 == 0 ? TomlKeyOrder.KeepSorted : TomlKeyOrder.AsAdded).Text;

        var isSplice = Enumerable.Range(0, text.Length + 1).Any(at =>
            after.AsSpan().StartsWith(text.AsSpan(0, at)) && after.AsSpan().EndsWith(text.AsSpan(at)));
        Assert.True(isSplice, $"{text}\n--\n{after}");
        Assert.Equal(
            text.Contains("\r\n", StringComparison.Ordinal),
            after.Contains('\r', StringComparison.Ordinal) && after.Count(c => c == '\r') == after.Count(c => c == '\n'));
    }, 2000);

    [Fact]
    public void Taking_out_what_was_put_in_says_the_same_again() => Law.Holds(Cases, test =>
    {
        var (text, path) = test;
        var before = TomlDocument.Parse(text, "t");
        if (before.Find(path) is not null || !CanHold(before, path))
        {
            return;
        }

        var again = before.Set([.. path], TomlLiteral.Of(1)).Remove([.. path]);
        Assert.Equal(TomlData.Of(before), TomlData.Of(again));
    }, 1000);

    /// <summary>Whether every step of a path but the last is a table or missing.</summary>
    private static bool CanHold(TomlDocument document, string[] path)
    {
        for (var length = 1; length < path.Length; length++)
        {
            if (document.Find(path.AsSpan(0, length)) is { } value and not TomlTable)
            {
                return false;
            }
        }

        return true;
    }

    private static void RemoveBelow(SortedDictionary<string, string> facts, string[] path)
    {
        var prefix = TomlData.Path(path);
        foreach (var key in facts.Keys.Where(key => key == prefix || key.StartsWith(prefix + "/", StringComparison.Ordinal)).ToList())
        {
            facts.Remove(key);
        }
    }

    private static bool IsSubsequence(string part, string whole)
    {
        var at = 0;
        foreach (var c in part)
        {
            at = whole.IndexOf(c, at) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }
}
