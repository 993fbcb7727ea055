using System.Text;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Formats.Toml;

public sealed class TomlDocumentTests
{
    [Theory]
    [InlineData("a = ", 1, 5, "expected a value, found the end of the file")]
    [InlineData("a = 1\nb = tru\n", 2, 5, "`tru` is not a value")]
    [InlineData("a = 1\r\nb = \"x\r\n", 2, 5, "the string does not end on its line")]
    [InlineData("# é😀\n  é = 1", 2, 3, "expected a key, found `é`")]
    [InlineData("\"é😀\" = 1 2", 1, 10, "expected the end of the line, found `2`")]
    [InlineData("\uFEFFa == 1", 1, 4, "expected a value, found `=`")]
    [InlineData("a = 1\n[b]\n[b]\n", 3, 2, "`b` is already defined as a table on line 2")]
    [InlineData("a = 1\na = 2\n", 2, 1, "`a` is already defined as an integer on line 1")]
    [InlineData("a = [1, 2", 1, 10, "expected `,` or `]` in the array `a`, found the end of the file")]
    [InlineData("a = { b = 1,\n}", 1, 13, "expected a key, found the end of the line")]
    [InlineData("a = \"\\x\"", 1, 6, "unknown escape in the string")]
    [InlineData("a = \"\u0001\"", 1, 6, "control character U+0001 in the text")]
    [InlineData("[a", 1, 3, "expected `]`, found the end of the file")]
    public void An_error_names_its_place(string text, int line, int column, string message)
    {
        var problem = Refused(text);

        Assert.Equal((ProblemCode.TomlInvalid, message), (problem.Code, problem.Message));
        Assert.Equal(new TextPlace("t.toml", line, column), problem.Place);
        Assert.NotNull(problem.Hint);
    }

    [Theory]
    [InlineData("dotted key")]
    [InlineData("header")]
    [InlineData("array")]
    [InlineData("inline table")]
    [InlineData("headers, then keys")]
    [InlineData("unclosed")]
    public void What_is_nested_without_end_is_refused(string kind)
    {
        const int depth = 10_000;
        var dotted = string.Join('.', Enumerable.Repeat("a", depth));
        var half = string.Join('.', Enumerable.Repeat("a", 100));
        var text = kind switch
        {
            "dotted key" => $"{dotted} = 1",
            "header" => $"[{dotted}]",
            "array" => $"a = {new string('[', depth)}{new string(']', depth)}",
            "inline table" => $"a = {string.Concat(Enumerable.Repeat("{a=", depth))}1{new string('}', depth)}",
            "headers, then keys" => $"[{half}]\n{half} = 1",
            _ => $"a = {new string('[', 1_000_000)}",
        };

        Assert.Contains("nested deeper than 128 levels", Refused(text).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.Equal(new TextPlace("t.toml", 1, 6), Refused($"a = \"{(char)0xD800}\"").Place);
        Assert.Equal(new TextPlace("t.toml", 1, 3), Refused($"# {(char)0xDC00}").Place);
    }

    [Fact]
    public void The_deepest_allowed_nesting_is_read()
    {
        var keys = string.Join('.', Enumerable.Repeat("a", TomlDocument.DepthMax));
        Assert.NotNull(TomlDocument.Parse($"{keys} = 1", "t").Root);
    }

    [Fact]
    public void Only_utf8_is_read_and_one_byte_order_mark()
    {
        Assert.Equal("\uFEFFa = 1", TomlDocument.Parse([0xEF, 0xBB, 0xBF, .. "a = 1"u8], "t").Text);
        var problem = Assert.Throws<ProblemException>(() => TomlDocument.Parse([.. "a = 1\nb = \"é"u8, 0xFF, .. "\""u8], "t")).Problem;
        Assert.Equal((ProblemCode.TomlInvalid, new TextPlace("t", 2, 7)), (problem.Code, problem.Place!));
        Assert.Throws<ProblemException>(() => TomlDocument.Parse("\uFEFF\uFEFFa = 1", "t"));
        Assert.Throws<ProblemException>(() => TomlDocument.Parse(Encoding.Unicode.GetBytes("a = 1"), "t"));
    }

    [Fact]
    public void A_document_has_a_bound() =>
        Assert.Contains("longer than", Refused(new string(' ', TomlDocument.LengthMax + 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0,")]
    [InlineData("{},")]
    [InlineData("[],")]
    public void A_document_has_a_bound_on_its_values(string item) =>
        Assert.Equal("more than 1000000 values", Refused($"a = [{string.Concat(Enumerable.Repeat(item, TomlDocument.ValuesMax))}]").Message);

    [Fact]
    public void Values_know_their_place()
    {
        var document = TomlDocument.Parse("[a]\nb = { c = [1, 'x'] }\n", "t.toml");

        Assert.Equal("t.toml:2:5", document.PlaceOf(document.Find("a", "b")!).ToString());
        Assert.Equal("'x'", Slice(document, ((TomlArray)document.Find("a", "b", "c")!).Items[1]));
        Assert.Equal("{ c = [1, 'x'] }", Slice(document, document.Find("a", "b")!));
        Assert.Null(document.Find("a", "b", "c", "d"));
    }

    [Theory]
    [InlineData("key", "key")]
    [InlineData("a-b_1", "a-b_1")]
    [InlineData("acme/json", "\"acme/json\"")]
    [InlineData("", "\"\"")]
    [InlineData("a.b", "\"a.b\"")]
    public void Keys_are_quoted_where_they_must(string key, string text) => Assert.Equal(text, TomlLiteral.Key(key));

    [Theory]
    [InlineData("plain")]
    [InlineData("quote \" back\\slash")]
    [InlineData("line\nbreak\ttab\rreturn\u0001\u007F")]
    [InlineData("é😀")]
    public void A_written_string_is_read_back(string value)
    {
        var text = $"a = {TomlLiteral.Of(value).Text}";
        Assert.Equal(value, ((TomlString)TomlDocument.Parse(text, "t").Find("a")!).Value);
    }

    private static string Slice(TomlDocument document, TomlValue value) => document.Text[value.Span.Start..value.Span.End];

    private static Problem Refused(string text) => Assert.Throws<ProblemException>(() => TomlDocument.Parse(text, "t.toml")).Problem;
}
