using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Security;
using Registry.Testing;

namespace Registry.Engine.Tests.Security;

public sealed class AuditDocumentTests
{
    private const string File = "audit.toml";

    private const string Example =
        """
        # What we live with.

        [[accepted]]
        id = "CVE-2023-49092"
        package = "rsa"
        reason = "we only verify signatures" # see the threat model
        until = 2027-01-31

        [[accepted]]
        id = "RUSTSEC-2021-0145"
        reason = "tests only"

        [licenses]
        allow = ["MIT", "apache-2.0 with llvm-exception"]

        [licenses.exceptions]
        ring = ["OpenSSL"]

        """;

    private static readonly DateOnly LastDay = new(2027, 1, 31);

    [Fact]
    public void Every_part_is_read_with_its_place()
    {
        var document = AuditDocument.Parse(Example, File);

        Assert.Equal(
            [
                new("CVE-2023-49092", "we only verify signatures", LastDay, PackageName.Parse("rsa"), new(File, 4, 6)),
                new("RUSTSEC-2021-0145", "tests only", null, null, new(File, 10, 6)),
            ],
            document.Accepted.Entries);
        Assert.Equal(["MIT", "Apache-2.0 WITH LLVM-exception"], document.Licenses!.Allowed.Select(term => term.ToString()));
        Assert.Equal("OpenSSL", Assert.Single(document.Licenses.Exceptions[PackageName.Parse("ring")]).ToString());
        Assert.Empty(document.Warnings);
    }

    [Theory]
    [InlineData("[[accepted]]\nreason = \"x\"", 1, "an accepted risk has no id")]
    [InlineData("\n[[accepted]]\nid = \"CVE-2020-1\"", 2, "an accepted risk has no reason")]
    [InlineData("[[accepted]]\nid = \"CVE-2020-1\"\nreason = \"  \"", 1, "an accepted risk has no reason")]
    [InlineData("[[accepted]]\nid = \"CVE 2020\"\nreason = \"x\"", 2, "`CVE 2020` is not the id of an advisory")]
    [InlineData("[[accepted]]\nid = \"CVE-2020-1\"\nreason = \"x\"\nuntil = 2027-02-01T00:00:00Z", 4, "`until` in [[accepted]] is not a day")]
    [InlineData("[[accepted]]\nid = \"CVE-2020-1\"\nreason = \"x\"\nuntil = \"soon\"", 4, "`until` in [[accepted]] is not a day")]
    [InlineData("[[accepted]]\nid = \"CVE-2020-1\"\nreason = \"x\"\npackage = \"../x\"", 4, "`../x` is not a package name")]
    [InlineData("[[accepted]]\nid = 3", 2, "`id` in [[accepted]] must be a string, not an integer")]
    [InlineData("accepted = [1]", 1, "`accepted` in the file must be a list of tables, not an integer")]
    [InlineData("accepted = 1", 1, "`accepted` in the file must be an array, not an integer")]
    [InlineData("[licenses]\n", 1, "[licenses] does not say which licences are allowed")]
    [InlineData("[licenses]\nallow = [\"MIT\", \"Own\"]", 2, "`Own` is not a licence on the SPDX list")]
    [InlineData("[licenses]\nallow = [\"MIT OR ISC\"]", 2, "`MIT OR ISC` is not a licence on the SPDX list")]
    public void What_makes_no_sense_is_said_with_its_line(string text, int line, string message)
    {
        var problem = Assert.Throws<ProblemException>(() => AuditDocument.Parse(text, File)).Problem;

        Assert.Equal((ProblemCode.AuditFileInvalid, message, line), (problem.Code, problem.Message, problem.Place!.Line));
        Assert.NotNull(problem.Hint);
    }

    [Fact]
    public void The_documented_file_is_read_without_warnings()
    {
        var page = System.IO.File.ReadAllText(Path.Combine(Repository.Root, "docs", "AUDIT.md"));
        var start = page.IndexOf("```toml\n", StringComparison.Ordinal) + 8;
        var document = AuditDocument.Parse(page[start..page.IndexOf("```", start, StringComparison.Ordinal)], File);

        Assert.Empty(document.Warnings);
        Assert.Equal("rsa", Assert.Single(document.Accepted.Entries).Package!.Value);
        Assert.Equal(3, document.Licenses!.Allowed.Length);
    }

    [Fact]
    public void An_unknown_key_is_a_warning()
    {
        var warning = Assert.Single(AuditDocument.Parse("[[accepted]]\nid = \"CVE-2020-1\"\nreason = \"x\"\nuntill = 2027-01-31", File).Warnings);

        Assert.Equal((ProblemCode.AuditFileInvalid, "did you mean `until`?", 4), (warning.Code, warning.Hint, warning.Place!.Line));
    }

    [Theory]
    [InlineData("GHSA-1", "rsa", "2027-01-31", RiskState.Accepted)]
    [InlineData("GHSA-1", "rsa", "2027-02-01", RiskState.Expired)]
    [InlineData("GHSA-1", "rsa-oaep", "2027-01-31", RiskState.Open)]
    [InlineData("GHSA-2", "anything", "2100-01-01", RiskState.Accepted)]
    [InlineData("GHSA-3", "rsa", "2027-01-31", RiskState.Open)]
    public void Any_alias_is_enough_until_the_last_day(string id, string package, string today, RiskState state)
    {
        var aliases = id switch { "GHSA-1" => "cve-2023-49092", "GHSA-2" => "RUSTSEC-2021-0145", _ => "CVE-2000-1" };
        var decision = AuditDocument.Parse(Example, File).Accepted
            .For([id, aliases], PackageName.Parse(package), DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(state, decision.State);
    }

    [Fact]
    public void An_entry_that_matched_nothing_is_a_warning_at_its_line()
    {
        var risks = AuditDocument.Parse(Example, File).Accepted;
        var decisions = new[] { risks.For(["RUSTSEC-2021-0145"], PackageName.Parse("atty"), LastDay), RiskDecision.Open };

        var warning = Assert.Single(risks.Unused(decisions));
        Assert.Equal(("the accepted risk `CVE-2023-49092` of `rsa` matches nothing", 4), (warning.Message, warning.Place!.Line));
    }

    [Fact]
    public void Adding_and_taking_away_keeps_the_rest_of_the_text()
    {
        var document = AuditDocument.Parse(Example, File);
        var risk = new AcceptedRisk("GHSA-aaaa-bbbb-cccc", "says \"no\"", LastDay, PackageName.Parse("left-pad"));
        const string Block = "\n[[accepted]]\nid = \"GHSA-aaaa-bbbb-cccc\"\npackage = \"left-pad\"\nreason = \"says \\\"no\\\"\"\nuntil = 2027-01-31\n";

        var more = document.With(risk);
        Assert.Equal(Example.Replace("reason = \"tests only\"\n", "reason = \"tests only\"\n" + Block, StringComparison.Ordinal), more.Text);
        Assert.Equal(risk, more.Accepted.Entries[2] with { Place = null });
        Assert.Equal(Example, more.Without("ghsa-AAAA-bbbb-cccc").Text);
        Assert.Equal(Example, document.Without("CVE-2023-49092", PackageName.Parse("other")).Text);
        Assert.DoesNotContain("CVE-2023-49092", document.Without("CVE-2023-49092").Text, StringComparison.Ordinal);
        Assert.Equal(Block.TrimStart('\n'), AuditDocument.Empty(File).With(risk).Text);
        Assert.Equal("", AuditDocument.Empty(File).With(risk).Without(risk.Id).Text);
        Assert.Equal("# x\r\n\r\n" + Block.TrimStart('\n').Replace("\n", "\r\n", StringComparison.Ordinal), AuditDocument.Parse("# x\r\n", File).With(risk).Text);
    }

    [Fact]
    public void Entries_inside_one_value_are_read_but_not_edited()
    {
        var document = AuditDocument.Parse("accepted = [{ id = \"CVE-2020-1\", reason = \"x\" }]", File);

        Assert.Equal("CVE-2020-1", Assert.Single(document.Accepted.Entries).Id);
        Assert.Throws<ProblemException>(() => document.With(new("CVE-2020-2", "y")));
        Assert.Throws<ProblemException>(() => document.Without("CVE-2020-1"));
    }
}
