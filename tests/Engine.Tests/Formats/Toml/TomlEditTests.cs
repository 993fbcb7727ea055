using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;

namespace Registry.Engine.Tests.Formats.Toml;

/// <summary>Where edits land and what they leave alone, by example. A path is written `table.key`.</summary>
public sealed class TomlEditTests
{
    private static readonly ImmutableArray<string> Order = ["package", "dependencies", "dev-dependencies", "features"];

    [Theory]
    // a value is replaced where it stands, in its quotes
    [InlineData("a = \"1\"  # why\n", "a", "a = \"2\"  # why\n")]
    [InlineData("a = '1'\n", "a", "a = '2'\n")]
    [InlineData("[t]\na.b = { c = '1', d = 0 }", "t.a.b.c", "[t]\na.b = { c = '2', d = 0 }")]
    // at the end of its table, before what follows it
    [InlineData("[t]\nb = 1\na = 1 # last\n\n# about u\n[u]\n", "t.x", "[t]\nb = 1\na = 1 # last\nx = \"2\"\n\n# about u\n[u]\n")]
    [InlineData("[t]\nb = 1\na = 1", "t.x", "[t]\nb = 1\na = 1\nx = \"2\"")]
    [InlineData("[t]\n  b=1\n  a=1\n", "t.x", "[t]\n  b=1\n  a=1\n  x=\"2\"\n")]
    [InlineData("[t]\r\nb = 1\r\na = 1\r\n", "t.x", "[t]\r\nb = 1\r\na = 1\r\nx = \"2\"\r\n")]
    // in order when the keys are in order
    [InlineData("[t]\na = 1\nc = 1\n", "t.b", "[t]\na = 1\nb = \"2\"\nc = 1\n")]
    [InlineData("[t]\n# about c\nc = 1\nd = 1\n", "t.b", "[t]\nb = \"2\"\n# about c\nc = 1\nd = 1\n")]
    [InlineData("[t]\na = 1\n# about c\nc = 1\n", "t.b", "[t]\na = 1\nb = \"2\"\n# about c\nc = 1\n")]
    // in an empty table
    [InlineData("[t] # here\n\n[u]\n", "t.a", "[t] # here\na = \"2\"\n\n[u]\n")]
    [InlineData("[t]", "t.a", "[t]\na = \"2\"\n")]
    // in inline tables
    [InlineData("t = { a = 1 }\n", "t.b", "t = { a = 1, b = \"2\" }\n")]
    [InlineData("t = {}\n", "t.b", "t = { b = \"2\" }\n")]
    [InlineData("t = {a = 1}\n", "t.b.c", "t = {a = 1, b.c = \"2\"}\n")]
    // beside dotted keys
    [InlineData("t.a = 1\nz = 1\n", "t.b", "t.a = 1\nt.b = \"2\"\nz = 1\n")]
    // new tables: by the usual order, else at the end
    [InlineData("[package]\nn = 1\n\n[features]\nd = []\n", "dependencies.a", "[package]\nn = 1\n\n[dependencies]\na = \"2\"\n\n[features]\nd = []\n")]
    [InlineData("[package]\nn = 1\n", "dependencies.a", "[package]\nn = 1\n\n[dependencies]\na = \"2\"\n")]
    [InlineData("[package]\nn = 1", "dependencies.a", "[package]\nn = 1\n\n[dependencies]\na = \"2\"\n")]
    [InlineData("", "dependencies.a", "[dependencies]\na = \"2\"\n")]
    [InlineData("\uFEFF", "dependencies.a", "\uFEFF[dependencies]\na = \"2\"\n")]
    [InlineData("[dependencies.b]\nv = 1\n", "dependencies.a", "[dependencies]\na = \"2\"\n\n[dependencies.b]\nv = 1\n")]
    [InlineData("[r]\nx = 1\n\n[u]\n", "r.o.a", "[r]\nx = 1\n\n[r.o]\na = \"2\"\n\n[u]\n")]
    [InlineData("[package]\nn = 1\n# [dependencies] go here\n\n# all the features\n[features]\n", "dependencies.a", "[package]\nn = 1\n# [dependencies] go here\n\n[dependencies]\na = \"2\"\n\n# all the features\n[features]\n")]
    // a key of the root goes above the first header
    [InlineData("# top\n\n[t]\n", "a", "# top\n\na = \"2\"\n\n[t]\n")]
    [InlineData("b = 1\n\n[t]\n", "a", "a = \"2\"\nb = 1\n\n[t]\n")]
    // whatever looks like a comment inside a string is none
    [InlineData("[t]\na = \"\"\"\n# no\"\"\"\nc = 1\n", "t.b", "[t]\na = \"\"\"\n# no\"\"\"\nb = \"2\"\nc = 1\n")]
    public void A_key_is_set(string before, string path, string after) =>
        Assert.Equal(after, TomlDocument.Parse(before, "t").Set([.. path.Split('.')], TomlLiteral.Of("2"), Order, TomlKeyOrder.KeepSorted).Text);

    [Theory]
    [InlineData("[t]\na = 1\n# about b\nb = 1 # gone\nc = 1\n", "t.b", "[t]\na = 1\n# about b\nc = 1\n")]
    [InlineData("[t]\na = 1", "t.a", "[t]\n")]
    [InlineData("t = { a = 1, b = 2, c = 3 }", "t.b", "t = { a = 1, c = 3 }")]
    [InlineData("t = { a = 1, b = 2 }", "t.a", "t = { b = 2 }")]
    [InlineData("t = { a = 1 }", "t.a", "t = {}")]
    [InlineData("[t]\na.x = 1\nb = 1\na.y = 2\n", "t.a", "[t]\nb = 1\n")]
    [InlineData("[t]\nx = 1\n\n# about a\n[t.a]\nv = 1\n\n[t.a.b]\nw = 1\n\n[u]\n", "t.a", "[t]\nx = 1\n\n# about a\n[u]\n")]
    [InlineData("[t]\nx = 1\n\n[t.a]\nv = 1\n", "t.a", "[t]\nx = 1\n")]
    [InlineData("[[t]]\na = 1\n\n[[t]]\na = 2\n\n[u]\n", "t", "[u]\n")]
    [InlineData("a = [\n  1,\n  2,\n]\nb = 1\n", "a", "b = 1\n")]
    [InlineData("a = 1\n", "nothing", "a = 1\n")]
    public void A_key_is_removed(string before, string path, string after) =>
        Assert.Equal(after, TomlDocument.Parse(before, "t").Remove([.. path.Split('.')]).Text);

    [Fact]
    public void A_key_goes_last_where_order_means_nothing() =>
        Assert.Equal("[t]\nb = 1\nc = 1\na = 1\n", TomlDocument.Parse("[t]\nb = 1\nc = 1\n", "t").Set(["t", "a"], TomlLiteral.Of(1)).Text);

    [Fact]
    public void A_table_that_was_written_in_pieces_can_become_one_value()
    {
        var document = TomlDocument.Parse("[t]\na.x = 1\na.y = 1\n\n[t.a.z]\nw = 1\n", "t");

        Assert.Equal("[t]\na = \"2\"\n", document.Set(["t", "a"], TomlLiteral.Of("2")).Text);
    }

    [Fact]
    public void A_path_through_a_value_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => TomlDocument.Parse("a = 1", "t").Set(["a", "b"], TomlLiteral.Of(1)));
}
