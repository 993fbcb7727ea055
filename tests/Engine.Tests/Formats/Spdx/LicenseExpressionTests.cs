using System.Text.Json;
using Registry.Engine.Formats.Spdx;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats.Spdx;

public sealed class LicenseExpressionTests
{
    [Theory]
    [InlineData("MIT", "MIT")]
    [InlineData("mit or apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("MIT OR Apache-2.0 AND BSD-3-Clause", "MIT OR Apache-2.0 AND BSD-3-Clause")]
    [InlineData("(MIT OR Apache-2.0) AND BSD-3-Clause", "(MIT OR Apache-2.0) AND BSD-3-Clause")]
    [InlineData("((MIT)) AND ((ISC AND Zlib))", "MIT AND ISC AND Zlib")]
    [InlineData("MIT/Apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("MIT / Apache-2.0", "MIT OR Apache-2.0")]
    [InlineData("Apache-2.0 WITH llvm-exception OR MIT", "Apache-2.0 WITH LLVM-exception OR MIT")]
    [InlineData("GPL-2.0", "GPL-2.0-only")]
    [InlineData("GPL-2.0+", "GPL-2.0-or-later")]
    [InlineData("GPL-2.0-only+", "GPL-2.0-or-later")]
    [InlineData("Apache-1.1+", "Apache-1.1+")]
    [InlineData("GPL-2.0-with-classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0")]
    [InlineData("GPL-2.0-with-classpath-exception+", "GPL-2.0-or-later WITH Classpath-exception-2.0")]
    [InlineData("wxWindows", "GPL-2.0-or-later WITH WxWindows-exception-3.1")]
    [InlineData("LicenseRef-ours AND DocumentRef-a:LicenseRef-b", "LicenseRef-ours AND DocumentRef-a:LicenseRef-b")]
    [InlineData("MIT OR Whatever-1.0", "MIT OR Whatever-1.0")]
    public void Expressions_are_read_and_printed_in_the_spelling_of_the_list(string text, string printed)
    {
        Assert.True(LicenseExpression.TryParse(text, out var expression, out var why), why);
        Assert.Equal(printed, expression.ToString());
        Assert.True(LicenseExpression.TryParse(printed, out var again, out _));
        Assert.Equal(printed, again.ToString());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("   ", "is empty")]
    [InlineData("()", "has `)` where a licence should stand")]
    [InlineData("(", "ends where a licence should follow")]
    [InlineData("MIT OR", "ends where a licence should follow")]
    [InlineData("OR MIT", "has `OR` where a licence should stand")]
    [InlineData("MIT AND OR ISC", "has `OR` where a licence should stand")]
    [InlineData("(MIT", "has a parenthesis that is not closed")]
    [InlineData("MIT)", "closes a parenthesis that is not open")]
    [InlineData("MIT ISC", "has `ISC` where AND, OR or WITH should stand")]
    [InlineData("MIT WITH", "has no exception after WITH")]
    [InlineData("(MIT) WITH LLVM-exception", "has `WITH` where AND, OR or WITH should stand")]
    [InlineData("wxWindows WITH LLVM-exception", "has two exceptions at `wxWindows`")]
    [InlineData("SEE LICENSE IN COPYING", "has `LICENSE` where AND, OR or WITH should stand")]
    [InlineData("MIT\u001b[2J", "has `MIT\\u001B[2J` where a licence should stand")]
    public void What_is_no_expression_says_why(string text, string expected)
    {
        Assert.False(LicenseExpression.TryParse(text, out _, out var why));
        Assert.Equal(expected, why);
    }

    [Fact]
    public void Parentheses_and_chains_of_any_depth_take_no_stack()
    {
        Assert.True(LicenseExpression.TryParse(new string('(', 10_000) + "MIT" + new string(')', 10_000), out var deep, out _));
        Assert.Equal("MIT", deep.ToString());
        var nested = string.Concat(Enumerable.Repeat("MIT AND (ISC OR ", 1500)) + "Zlib" + new string(')', 1500);
        Assert.True(LicenseExpression.TryParse(nested, out var chain, out _));
        Assert.Equal(["MIT", "ISC", "Zlib"], chain.Terms.Select(term => term.Id));
        Assert.False(chain.Fold(term => term.Id == "ISC", (a, b) => a || b, (a, b) => a && b));
        Assert.False(LicenseExpression.TryParse(new string('(', LicenseExpression.LengthMax + 1), out _, out var why));
        Assert.Equal("is longer than 32768 characters", why);
    }

    [Fact]
    public void The_ids_are_those_of_the_list()
    {
        var path = Repository.SharedData("security/spdx/spdx-ids.json");
        Assert.SkipWhen(path is null, "the shared data is not beside this checkout");
        using var list = JsonDocument.Parse(File.ReadAllBytes(path));

        var seen = 0;
        foreach (var license in list.RootElement.GetProperty("licenses").EnumerateArray())
        {
            var id = license.GetProperty("id").GetString()!;
            Assert.True(LicenseExpression.TryParse(id.ToUpperInvariant(), out var read, out _), id);
            Assert.Equal(PrintedAs(license, id), read.ToString());
            seen++;
        }

        foreach (var exception in list.RootElement.GetProperty("exceptions").EnumerateArray())
        {
            var id = exception.GetProperty("id").GetString()!;
            Assert.True(LicenseExpression.TryParse($"MIT WITH {id.ToLowerInvariant()}", out var read, out _), id);
            Assert.Equal($"MIT WITH {PrintedAs(exception, id)}", read.ToString());
            Assert.True(Assert.Single(read.Terms).IsKnown);
            seen++;
        }

        Assert.Equal(seen, Words(SpdxList.Licenses) + Words(SpdxList.Exceptions));
    }

    /// <summary>What the list says to write instead of a deprecated id, itself without deprecated ids.</summary>
    private static string PrintedAs(JsonElement entry, string id)
    {
        if (!entry.TryGetProperty("deprecatedIn", out _) || !entry.TryGetProperty("obsoletedBy", out var instead))
        {
            return id;
        }

        var plain = instead.EnumerateArray().First(one => !one.TryGetProperty("expression", out _)).GetProperty("by").GetString()!;
        return plain.Replace("GPL-2.0 WITH", "GPL-2.0-only WITH", StringComparison.Ordinal).Replace("GPL-3.0 WITH", "GPL-3.0-only WITH", StringComparison.Ordinal);
    }

    private static int Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
}
