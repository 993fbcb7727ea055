using System.Text;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Formats.Osv;

public sealed class OsvReaderTests
{
    [Fact]
    public void Every_member_that_counts_is_read()
    {
        var advisory = Read(
            """
            {"schema_version":"1.6.0","id":"RUSTSEC-2026-0001","modified":"2026-01-02T03:04:05.5Z","published":"2026-01-01T02:00:00+02:00","withdrawn":"2026-02-01T00:00:00Z",
            "aliases":["CVE-2026-1"],"summary":"Short","details":"Long","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"},{"type":"Ubuntu","score":"low"}],
            "affected":[{"package":{"ecosystem":"crates.io","name":"demo","purl":"pkg:cargo/demo"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]},{"type":"GIT","repo":"r","events":[{"introduced":"0","limit":"abc"}]}],
            "versions":["0.1.0"],"severity":[{"type":"CVSS_V2","score":"AV:N"}],"database_specific":{"informational":"unsound"}}],
            "references":[{"type":"ADVISORY","url":"https://example.org/a"}],"credits":[{"name":"x"}],"database_specific":{"anything":[{"deep":[1]}]}}
            """);

        Assert.Equal(("RUSTSEC-2026-0001", "Short", "Long"), (advisory.Id, advisory.Summary, advisory.Details));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero), advisory.Modified);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), advisory.Published);
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), advisory.Withdrawn);
        Assert.Equal(["CVE-2026-1"], advisory.Aliases);
        Assert.Equal([new(SeverityScheme.CvssV3, "CVSS:3.1/AV:N"), new(SeverityScheme.Other, "low")], advisory.Severities);
        Assert.Equal([new("ADVISORY", "https://example.org/a")], advisory.References);
        Assert.Equal(AdvisoryCategory.Unsound, advisory.Category);
        var package = Assert.Single(advisory.Affected);
        Assert.Equal(("crates.io", "demo", AdvisoryCategory.Unsound), (package.Ecosystem, package.Name, package.Category!.Value));
        Assert.Equal([AffectedRangeKind.Semver, AffectedRangeKind.Git], package.Ranges.Select(range => range.Kind));
        Assert.Equal([new(RangeEventKind.Introduced, "0"), new(RangeEventKind.Fixed, "1.0.0")], package.Ranges[0].Events);
        Assert.Equal([new(RangeEventKind.Introduced, "0"), new(RangeEventKind.Limit, "abc")], package.Ranges[1].Events);
        Assert.Equal(["0.1.0"], package.Versions);
        Assert.Equal([new(SeverityScheme.CvssV2, "AV:N")], package.Severities);
    }

    [Theory]
    [InlineData("""{"id":"X-1","modified":"0001-01-01T00:00:00Z"}""")]
    [InlineData("""{"id":"X-1","modified":"yesterday","summary":3,"details":null,"aliases":"CVE-1","references":[{"url":7},{},5],"severity":{"a":1},"affected":[5,{"ranges":null}]}""")]
    [InlineData("""{"id":"X-1","unknown":{"a":[{}]},"aliases":["no id at all","CVE-1\u001b"],"database_specific":[1],"affected":[{"package":null,"database_specific":"x"}]}""")]
    public void What_decides_nothing_may_be_odd(string json)
    {
        var advisory = Read(json);

        Assert.Equal(("X-1", DateTimeOffset.MinValue), (advisory.Id, advisory.Modified));
        Assert.Empty(advisory.Aliases);
    }

    [Theory]
    [InlineData("", "The input does not contain any JSON tokens")]
    [InlineData("[]", "it is no JSON object")]
    [InlineData("{}", "it has no id")]
    [InlineData("""{"id":7}""", "its id is malformed")]
    [InlineData("""{"id":"../../etc"}""", "its id is malformed")]
    [InlineData("""{"id":"X\u001b[2J"}""", "its id is malformed")]
    [InlineData("""{"id":"X-1"} {}""", "")]
    [InlineData("""{"id":"X-1","details":"\ud800"}""", "a text in it is no valid UTF-8")]
    [InlineData("""{"id":"X-1","withdrawn":"soon"}""", "`withdrawn` is no time")]
    [InlineData("""{"id":"X-1","affected":[{"ranges":[{"type":"SEMVER","events":[{"since":"1"}]}]}]}""", "a range in it has an unknown kind of event")]
    [InlineData("""{"id":"X-1","affected":[{"ranges":[{"type":"SEMVER","events":[{"fixed":1}]}]}]}""", "a version in it is malformed")]
    [InlineData("""{"id":"X-1","affected":[{"ranges":[7]}]}""", "a range in it is malformed")]
    [InlineData("""{"id":"X-1","affected":[{"versions":[""]}]}""", "a version in it is malformed")]
    public void What_decides_must_be_right(string json, string why)
    {
        var problem = Assert.Throws<ProblemException>(() => Read(json)).Problem;

        Assert.Equal(ProblemCode.AdvisoryInvalid, problem.Code);
        Assert.StartsWith($"the advisory `a record` cannot be used: {why}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAL-2026-1", "", "", AdvisoryCategory.Malware)]
    [InlineData("GHSA-1", ",\"database_specific\":{\"cwe_ids\":[\"CWE-79\",\"CWE-506\"]}", "", AdvisoryCategory.Malware)]
    [InlineData("R-1", "", "{\"informational\":null,\"categories\":[\"malicious\"]}", AdvisoryCategory.Malware)]
    [InlineData("R-1", "", "{\"categories\":[\"malicious\"],\"informational\":\"notice\"}", AdvisoryCategory.Malware)]
    [InlineData("R-1", "", "{\"informational\":\"unmaintained\"}", AdvisoryCategory.Unmaintained)]
    [InlineData("R-1", "", "{\"informational\":\"something\"}", AdvisoryCategory.Notice)]
    [InlineData("R-1", "", "{\"categories\":[\"code-execution\"],\"informational\":null}", AdvisoryCategory.Vulnerability)]
    public void The_category_is_read_from_what_databases_write(string id, string record, string package, AdvisoryCategory category) =>
        Assert.Equal(category, Read($$$"""{"id":"{{{id}}}","affected":[{"database_specific":{{{(package.Length > 0 ? package : "null")}}}}]{{{record}}}}""").Category);

    [Fact]
    public void Sizes_are_bounded()
    {
        Assert.Equal(OsvLimits.DetailsLengthMax + 1, Read($$"""{"id":"X-1","details":"{{new string('a', 1_000_000)}}"}""").Details.Length);
        Assert.Equal(500, Read($$"""{"id":"X-1","references":[{{string.Join(',', Enumerable.Repeat("{\"url\":\"https://example.org\"}", 2000))}}]}""").References.Length);
        AssertRefused($$"""{"id":"X-1","details":"{{new string('a', OsvLimits.RecordBytesMax)}}"}""", "it is longer than 4 MiB");
        AssertRefused($$"""{"id":"{{new string('a', 129)}}"}""", "its id is malformed");
        AssertRefused($$"""{"id":"X-1","x":{{new string('[', 100)}}{{new string(']', 100)}}}""", "The maximum configured depth");
        AssertRefused($$"""{"id":"X-1","affected":[{"versions":[{{string.Join(',', Enumerable.Repeat("\"1.0.0\"", OsvLimits.VersionsMax + 1))}}]}]}""", "it has more than 200000 versions");
        AssertRefused($$"""{"id":"X-1","affected":[{{string.Join(',', Enumerable.Repeat("{}", OsvLimits.AffectedMax + 1))}}]}""", "it names more than 10000 packages");
    }

    [Fact]
    public void Hostile_text_stays_data() =>
        Assert.Equal("<script>\u001b]0;x\u0007", Read("""{"id":"X-1","summary":"<script>\u001b]0;x\u0007"}""").Summary);

    private static void AssertRefused(string json, string why)
    {
        Assert.Null(OsvReader.TryRead(Encoding.UTF8.GetBytes(json), out var said));
        Assert.StartsWith(why, said, StringComparison.Ordinal);
    }

    private static Advisory Read(string json) => OsvReader.Read(Encoding.UTF8.GetBytes(json), "a record");
}
