using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Security;

namespace Registry.Engine.Tests.Security;

public sealed class LicensePolicyTests
{
    private static readonly LicensePolicy Policy = AuditDocument.Parse(
        """
        [licenses]
        allow = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "LGPL-2.1-or-later", "GPL-3.0-only", "LicenseRef-ours"]
        [licenses.exceptions]
        ring = ["OpenSSL", "ISC"]
        """,
        "audit.toml").Licenses!;

    [Theory]
    [InlineData("MIT", LicenseOutcome.Satisfied)]
    [InlineData("GPL-2.0-only OR mit", LicenseOutcome.Satisfied)]
    [InlineData("MIT OR Apache-2.0 AND BSD-3-Clause", LicenseOutcome.Satisfied)]
    [InlineData("(MIT OR Apache-2.0) AND BSD-3-Clause", LicenseOutcome.Refused)]
    [InlineData("MIT AND Apache-2.0", LicenseOutcome.Satisfied)]
    [InlineData("GPL-2.0-only", LicenseOutcome.Refused)]
    [InlineData("GPL-2.0+", LicenseOutcome.Satisfied)]
    [InlineData("GPL-2.0-or-later", LicenseOutcome.Satisfied)]
    [InlineData("GPL-3.0-or-later", LicenseOutcome.Satisfied)]
    [InlineData("AGPL-3.0-only", LicenseOutcome.Refused)]
    [InlineData("LGPL-2.1-only", LicenseOutcome.Satisfied)]
    [InlineData("LGPL-3.0-only", LicenseOutcome.Satisfied)]
    [InlineData("LGPL-2.0-only", LicenseOutcome.Refused)]
    [InlineData("LGPL-2.0-or-later", LicenseOutcome.Satisfied)]
    [InlineData("Apache-1.1+", LicenseOutcome.Satisfied)]
    [InlineData("Apache-1.1", LicenseOutcome.Refused)]
    [InlineData("Apache-2.0 WITH LLVM-exception", LicenseOutcome.Satisfied)]
    [InlineData("MIT WITH LLVM-exception", LicenseOutcome.Refused)]
    [InlineData("GPL-3.0-only WITH GCC-exception-3.1", LicenseOutcome.Refused)]
    [InlineData("LicenseRef-ours", LicenseOutcome.Satisfied)]
    [InlineData("LicenseRef-theirs", LicenseOutcome.Refused)]
    [InlineData("ISC", LicenseOutcome.Refused)]
    [InlineData("Wtf-1.0", LicenseOutcome.Unknown)]
    [InlineData("Wtf-1.0 OR MIT", LicenseOutcome.Satisfied)]
    [InlineData("Wtf-1.0 OR GPL-2.0-only", LicenseOutcome.Unknown)]
    [InlineData("Wtf-1.0 AND GPL-2.0-only", LicenseOutcome.Refused)]
    [InlineData("Wtf-1.0 AND MIT", LicenseOutcome.Unknown)]
    [InlineData("MIT WITH Nothing-exception", LicenseOutcome.Unknown)]
    [InlineData("see file", LicenseOutcome.Unknown)]
    [InlineData("NOASSERTION", LicenseOutcome.Unknown)]
    [InlineData("", LicenseOutcome.Unknown)]
    [InlineData(null, LicenseOutcome.Unknown)]
    public void An_expression_is_satisfied_refused_or_unknown(string? stated, LicenseOutcome outcome)
    {
        var verdict = Policy.Evaluate(PackageName.Parse("some"), stated);

        Assert.Equal(outcome, verdict.Outcome);
        Assert.Equal(outcome == LicenseOutcome.Satisfied, verdict.Reason.Length == 0);
    }

    [Fact]
    public void A_package_may_have_more_than_the_others()
    {
        Assert.Equal(LicenseOutcome.Satisfied, Policy.Evaluate(PackageName.Parse("ring"), "ISC AND MIT AND OpenSSL").Outcome);
        Assert.Equal("needs `ISC`, which is not allowed", Policy.Evaluate(PackageName.Parse("rings"), "ISC AND MIT AND OpenSSL").Reason);
    }

    [Fact]
    public void Hostile_text_is_shown_without_its_controls() =>
        Assert.Equal("states `\\u001B[31m`, which is no SPDX expression: it has `\\u001B[31m` where a licence should stand",
            Policy.Evaluate(PackageName.Parse("some"), "\u001b[31m").Reason);

    [Fact]
    public void Deciding_is_by_the_tree_of_the_expression()
    {
        // Every expression over three licences of which the first is allowed, up to two operators, with each way to group them.
        var policy = new LicensePolicy([new("MIT", null)], ImmutableSortedDictionary<PackageName, ImmutableArray<Registry.Engine.Formats.Spdx.LicenseTerm>>.Empty);
        string[] ids = ["MIT", "ISC"];
        foreach (var (a, b, c) in from a in ids from b in ids from c in ids select (a, b, c))
        {
            foreach (var (first, second) in new[] { ("AND", "OR"), ("OR", "AND"), ("AND", "AND"), ("OR", "OR") })
            {
                Check($"({a} {first} {b}) {second} {c}", Apply(second, Apply(first, a == "MIT", b == "MIT"), c == "MIT"));
                Check($"{a} {first} ({b} {second} {c})", Apply(first, a == "MIT", Apply(second, b == "MIT", c == "MIT")));
                var isLeft = first == second || first == "AND";
                Check($"{a} {first} {b} {second} {c}", isLeft
                    ? Apply(second, Apply(first, a == "MIT", b == "MIT"), c == "MIT")
                    : Apply(first, a == "MIT", Apply(second, b == "MIT", c == "MIT")));
            }
        }

        void Check(string text, bool expected) =>
            Assert.Equal(expected, policy.Evaluate(PackageName.Parse("some"), text).Outcome == LicenseOutcome.Satisfied);

        static bool Apply(string word, bool left, bool right) => word == "AND" ? left && right : left || right;
    }
}
