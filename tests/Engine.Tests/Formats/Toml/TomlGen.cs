using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Registry.Engine.Tests.Formats.Toml;

/// <summary>
/// Documents written in every style the format has: headers, supertables after subtables, dotted keys, inline tables,
/// arrays of tables, comments, odd spacing, CRLF. Keys are few, so that edits meet what is there.
/// </summary>
internal static class TomlGen
{
    public static readonly string[] Keys = ["a", "b", "c-d", "e_f", "g h"];

    private static readonly Gen<string> Scalars = Gen.Elements(
        "\"text\"", "'literal'", "1", "-0x1F".Replace("-", "", StringComparison.Ordinal), "1.5", "true", "2024-02-29", "\"\"\"\nline # no comment\n\"\"\"",
        "'''\n# not a comment'''", "[]", "[1, 2]", "[\n  \"x\", # why\n  # [y]\n  \"z\",\n]", "\"quote \\\" \\u00e9\"", "[{ a = 1 }, {}]");

    private static readonly Gen<string> Spaces = Gen.Elements("", " ", "  ", "\t");
    private static readonly Gen<string> Tails = Gen.Elements("", "", "  # tail", "# \"x\" = 1", " ");
    private static readonly Gen<string> Gaps = Gen.Elements("", "", "", "\n", "# note\n", "\n# note [a]\n", "  # one\n# two\n\n", "\n\n");

    public static Gen<string> Documents { get; } =
        from seed in Gen.Choose(int.MinValue, int.MaxValue)
        from newline in Gen.Elements("\n", "\n", "\r\n")
        from mark in Gen.Elements("", "", "", "\uFEFF")
        from ending in Gen.Elements("", "cut", "# last")
        from statements in Gen.ListOf(Statement)
        select mark + Ended(Assemble(statements), ending).Replace("\n", newline, StringComparison.Ordinal);

    public static Gen<string[]> Paths { get; } =
        from length in Gen.Choose(1, 4)
        from keys in Gen.ArrayOf(Gen.Elements(Keys), length)
        select keys;

    private static Gen<string> Statement => Gen.Frequency((5, Assignment), (2, Header));

    private static Gen<string> Assignment =>
        from gap in Gaps
        from indent in Gen.Elements("", "", "  ", "\t")
        from path in KeyPath
        from before in Spaces
        from after in Spaces
        from value in Values(2)
        from tail in Tails
        select $"{gap}{indent}{path}{before}={after}{value}{tail}\n";

    private static Gen<string> Header =>
        from gap in Gaps
        from indent in Gen.Elements("", "", "  ")
        from path in KeyPath
        from isArray in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from tail in Tails
        select isArray ? $"{gap}{indent}[[{path}]]{tail}\n" : $"{gap}{indent}[{path}]{tail}\n";

    private static Gen<string> KeyPath =>
        from length in Gen.Frequency((4, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)))
        from keys in Gen.ArrayOf(Gen.Elements("a", "b", "c-d", "e_f", "\"g h\"", "'g h'", "\"a\""), length)
        from dot in Gen.Elements(".", ".", " . ")
        select string.Join(dot, keys);

    private static Gen<string> Values(int depth) => depth == 0 ? Scalars : Gen.Frequency((4, Scalars), (1, Inline(depth - 1)));

    private static Gen<string> Inline(int depth) =>
        from count in Gen.Choose(0, 3)
        from keys in Gen.ArrayOf(KeyPath, count)
        from values in Gen.ArrayOf(Values(depth), count)
        from space in Gen.Elements("", " ")
        select $"{{{space}{string.Join(", ", keys.Zip(values, (key, value) => $"{key} = {value}"))}{space}}}";

    /// <summary>Keeps each statement that leaves the document valid.</summary>
    private static string Assemble(IEnumerable<string> statements)
    {
        var text = new StringBuilder();
        foreach (var statement in statements.Take(14))
        {
            if (IsValid(text + statement))
            {
                text.Append(statement);
            }
        }

        return text.ToString();
    }

    private static bool IsValid(string text)
    {
        try
        {
            Registry.Engine.Formats.Toml.TomlDocument.Parse(text, "t");
            return true;
        }
        catch (Registry.Engine.Problems.ProblemException)
        {
            return false;
        }
    }

    private static string Ended(string text, string ending) => ending switch
    {
        "cut" => text.TrimEnd('\n'),
        "" => text,
        _ => text + ending,
    };
}
