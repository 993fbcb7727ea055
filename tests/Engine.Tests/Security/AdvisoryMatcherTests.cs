using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Security;

namespace Registry.Engine.Tests.Security;

public sealed class AdvisoryMatcherTests
{
    [Theory]
    [InlineData("0.0.0-0", false)]
    [InlineData("1.0.0-rc.1", false)]
    [InlineData("1.0.0", true)]
    [InlineData("1.2.2", true)]
    [InlineData("1.2.3-rc.1", true)]
    [InlineData("1.2.3", false)]
    [InlineData("1.9.9", false)]
    [InlineData("2.0.0", true)]
    [InlineData("2.1.0", true)]
    [InlineData("2.1.0+build", true)]
    [InlineData("2.1.1", false)]
    [InlineData("3.0.0-beta", true)]
    [InlineData("9.0.0", true)]
    public void Several_intervals_have_exact_ends(string version, bool isAffected) => Assert.Equal(isAffected, Affects(
        """{"type":"SEMVER","events":[{"introduced":"3.0.0-beta"},{"introduced":"2.0.0"},{"last_affected":"2.1.0"},{"introduced":"1.0.0"},{"fixed":"1.2.3"}]}""", "", version));

    [Theory]
    [InlineData("\"1.0.0\"", "", "1.0.0", true)]
    [InlineData("\"1.0.0\"", "", "1.0.1", false)]
    [InlineData("\"1.0.0\", \"v1.2\"", "", "1.2.0", true)]
    [InlineData("\"1.0.0-RC1\"", "", "1.0.0-rc1", false)]
    [InlineData("\"1.0.0+a\"", "", "1.0.0+b", true)]
    [InlineData("\"3.0.0\"", """{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}""", "0.5.0", true)]
    [InlineData("\"3.0.0\"", """{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}""", "3.0.0", true)]
    [InlineData("\"3.0.0\"", """{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}""", "2.0.0", false)]
    [InlineData("\"2019.post1\"", "", "2019.0.0", false)]
    public void Listed_versions_and_ranges_add_up(string versions, string ranges, string version, bool isAffected) =>
        Assert.Equal(isAffected, Affects(ranges, versions, version));

    [Theory]
    [InlineData("""{"introduced":"0"},{"fixed":"1.0.0"}""", "1.0.0-rc.1", true)]
    [InlineData("""{"introduced":"0"},{"fixed":"1.0.0"}""", "0.0.0-0", true)]
    [InlineData("""{"introduced":"0"},{"fixed":"1.0.0"}""", "1.0.0", false)]
    [InlineData("""{"introduced":"0"},{"last_affected":"1.0.0"}""", "1.0.0", true)]
    [InlineData("""{"introduced":"0"},{"last_affected":"1.0.0"}""", "1.0.1-0", false)]
    [InlineData("""{"introduced":"1.0.0"},{"last_affected":"1.0.0"}""", "1.0.0", true)]
    [InlineData("""{"introduced":"0"}""", "99.0.0", true)]
    [InlineData("""{"introduced":"0"},{"limit":"2.0.0"}""", "1.9.9", true)]
    [InlineData("""{"introduced":"0"},{"limit":"2.0.0"}""", "2.0.0", false)]
    [InlineData("""{"introduced":"0"},{"limit":"2.0.0"},{"limit":"*"}""", "2.0.0", true)]
    [InlineData("""{"introduced":"0"},{"limit":"2.0.0"},{"limit":"3.0.0"}""", "2.5.0", true)]
    [InlineData("""{"introduced":"0","fixed":"1.0.0"}""", "1.0.0", false)]
    [InlineData("""{"introduced":"1.0.0"},{"fixed":"1.5.0"},{"introduced":"1.5.0"},{"fixed":"2.0.0"}""", "1.5.0", true)]
    [InlineData("""{"fixed":"1.0.0"}""", "0.5.0", false)]
    public void Events_are_inclusive_and_exclusive_as_the_schema_says(string events, string version, bool isAffected) =>
        Assert.Equal(isAffected, Affects($$"""{"type":"ECOSYSTEM","events":[{{events}}]}""", "", version));

    [Theory]
    [InlineData("""{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0rc1"}]}""")]
    [InlineData("""{"type":"ECOSYSTEM","events":[{"introduced":"1:2.3-4ubuntu5"}]}""")]
    [InlineData("""{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.3.4"}]}""")]
    [InlineData("""{"type":"RELEASES","events":[{"introduced":"0"}]}""")]
    public void What_cannot_be_compared_is_never_clean(string range)
    {
        var match = Assert.Single(Matches(range, "", "1.0.0"));

        Assert.Equal(MatchCertainty.CannotTell, match.Certainty);
        Assert.Equal(MatchCertainty.Affected, Assert.Single(Matches(range, "\"1.0.0\"", "1.0.0")).Certainty);
    }

    [Fact]
    public void Commits_and_nothing_are_left_out_and_counted()
    {
        var index = IndexOf(
            Record("X-1", """{"type":"GIT","repo":"https://example.org","events":[{"introduced":"0"},{"fixed":"abc"}]}"""),
            Record("X-2", ""),
            """{"id":"X-3","affected":[{"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}""");

        Assert.Equal((3, 3), (index.Count, index.EntriesSkipped));
        Assert.Empty(AdvisoryMatcher.Match(index, "crates.io", "demo", new(1, 0, 0)));
    }

    [Fact]
    public void A_withdrawn_advisory_is_only_shown_when_asked_for()
    {
        var index = IndexOf(Record("X-1", Always, ",\"withdrawn\":\"2024-01-01T00:00:00Z\""), Record("X-2", Always, ",\"withdrawn\":null"));

        Assert.Equal(["X-2"], Ids(AdvisoryMatcher.Match(index, "crates.io", "demo", new(1, 0, 0))));
        var all = AdvisoryMatcher.Match(index.Of("crates.io", "demo"), ["crates.io"], new(1, 0, 0), WithdrawnAdvisories.Shown);
        Assert.Equal(["X-1", "X-2"], Ids(all).Order());
        Assert.Equal(["X-1"], Ids(all.Where(match => match.IsWithdrawn)));
    }

    [Fact]
    public void Of_two_records_with_one_id_the_newer_counts()
    {
        const string Old = """{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}""";
        const string New = """{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}""";
        var (older, newer) = (Record("X-1", Old, ",\"modified\":\"2024-01-01T00:00:00Z\""), Record("X-1", New, ",\"modified\":\"2024-01-01T00:00:01Z\""));

        Assert.Empty(AdvisoryMatcher.Match(IndexOf(older, newer), "crates.io", "demo", new(1, 5, 0)));
        Assert.Empty(AdvisoryMatcher.Match(IndexOf(newer, older), "crates.io", "demo", new(1, 5, 0)));

        // The same where they are in two indexes, as after an import beside a feed's own.
        var both = IndexOf(older).Of("crates.io", "demo").AddRange(IndexOf(newer).Of("crates.io", "demo"));
        Assert.Empty(AdvisoryMatcher.Match(both, [], new(1, 5, 0)));
        Assert.Single(Assert.Single(AdvisoryMatcher.Match(both, [], new(0, 5, 0))).Advisories);
    }

    [Fact]
    public void Aliases_are_one_flaw_called_by_the_home_database()
    {
        var index = IndexOf(
            Record("GHSA-aaaa-bbbb-cccc", Until("2.0.0"), ",\"aliases\":[\"CVE-2024-1\"],\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}]"),
            Record("RUSTSEC-2024-0001", Until("1.5.0"), ",\"aliases\":[\"CVE-2024-1\",\"GHSA-aaaa-bbbb-cccc\"]"),
            Record("CVE-2024-1", Until("1.2.0"), ""),
            Record("RUSTSEC-2024-0002", Until("3.0.0"), ""));

        var matches = AdvisoryMatcher.Match(index, "crates.io", "demo", new(1, 0, 0));
        Assert.Equal(["RUSTSEC-2024-0001", "RUSTSEC-2024-0002"], Ids(matches).Order());
        var merged = matches.Single(match => match.Id == "RUSTSEC-2024-0001");
        Assert.Equal(["RUSTSEC-2024-0001", "GHSA-aaaa-bbbb-cccc", "CVE-2024-1"], merged.Ids);
        Assert.Equal(["RUSTSEC-2024-0001", "GHSA-aaaa-bbbb-cccc", "CVE-2024-1"], merged.Advisories.Select(advisory => advisory.Header.Id));
        Assert.Equal((Severity.Critical, 9.8), (merged.Rating.Severity, merged.Rating.Score));

        // Fixed only where none of them affects any more.
        Assert.Equal(new SemanticVersion(2, 0, 0), merged.FirstFixed);

        // Where only the other one affects, it is called by its own id's rank: the aliases stay known.
        Assert.Contains("RUSTSEC-2024-0002", Ids(AdvisoryMatcher.Match(index, "crates.io", "demo", new(1, 7, 0))));
        Assert.Equal(["GHSA-aaaa-bbbb-cccc", "CVE-2024-1"], AdvisoryMatcher.Match(index, "crates.io", "demo", new(1, 7, 0))[0].Ids);
    }

    [Fact]
    public void Aliases_reach_over_ecosystems_and_through_ids_of_no_record()
    {
        var index = IndexOf(
            Record("x_ours-2026-0001", Always, ",\"aliases\":[\"CVE-1\"]", "x_ours"),
            Record("GHSA-1", Always, ",\"aliases\":[\"CVE-1\",\"CVE-2\"]"),
            Record("OTHER-1", Always, ",\"aliases\":[\"CVE-2\"]"));

        var match = Assert.Single(AdvisoryMatcher.Match([.. index.Of("x_ours", "demo"), .. index.Of("crates.io", "demo")], ["crates.io"], new(1, 0, 0)));
        Assert.Equal(["x_ours-2026-0001", "GHSA-1", "CVE-1", "CVE-2", "OTHER-1"], match.Ids);
    }

    [Theory]
    [InlineData("crates.io", "Demo_Pack.age", true)]
    [InlineData("CRATES.IO", "demo-pack-age", true)]
    [InlineData("npm", "demo-pack-age", false)]
    [InlineData("crates.io", "demo-package", false)]
    public void Names_match_in_every_spelling_that_is_one_package_on_a_feed(string ecosystem, string name, bool isFound) =>
        Assert.Equal(isFound, !AdvisoryMatcher.Match(IndexOf(Record("X-1", Always, "", name: "demo_pack.age")), ecosystem, name, new(1, 0, 0)).IsEmpty);

    [Fact]
    public void A_scope_of_npm_is_a_namespace_here() =>
        Assert.Single(AdvisoryMatcher.Match(IndexOf(Record("X-1", Always, "", "npm", "@scope/demo")), "npm", "scope/demo", new(1, 0, 0)));

    [Fact]
    public void Several_entries_of_one_package_add_up_and_entries_may_judge_for_themselves()
    {
        var index = IndexOf(
            """
            {"id":"GO-1","severity":[{"type":"CVSS_V2","score":"AV:N/AC:L/Au:N/C:C/I:C/A:C"}],"affected":[
              {"package":{"ecosystem":"Go","name":"demo"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]}]},
              {"package":{"ecosystem":"Go","name":"demo"},"ranges":[{"type":"SEMVER","events":[{"introduced":"2.0.0"},{"fixed":"2.0.5"}]}]},
              {"package":{"ecosystem":"Go","name":"other"},"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"}],"versions":["1.0.0"]}]}
            """);

        Assert.Equal("<1.0.0 || >=2.0.0 <2.0.5", Assert.Single(index.Of("Go", "demo")).Versions.Set.ToString());
        Assert.Equal(10.0, AdvisoryMatcher.Match(index, "Go", "demo", new(2, 0, 1))[0].Rating.Score);
        Assert.Equal(1.6, AdvisoryMatcher.Match(index, "Go", "other", new(1, 0, 0))[0].Rating.Score);
        Assert.Equal(new SemanticVersion(2, 0, 5), AdvisoryMatcher.Match(index, "Go", "demo", new(2, 0, 1))[0].FirstFixed);
        Assert.Equal(new SemanticVersion(1, 0, 0), AdvisoryMatcher.Match(index, "Go", "demo", new(0, 1, 0))[0].FirstFixed);
    }

    [Fact]
    public void The_gravest_comes_first_and_malware_before_all()
    {
        const string High = ",\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N\"}]";
        var index = IndexOf(
            Record("A-NOTICE", Always, ",\"database_specific\":{\"informational\":\"notice\"}"),
            Record("B-UNMAINTAINED", Always, ",\"database_specific\":{\"informational\":\"unmaintained\"}"),
            Record("C-HIGH", Always, High),
            Record("D-UNCLEAR", """{"type":"ECOSYSTEM","events":[{"introduced":"x"}]}""", High),
            Record("MAL-2026-1", Always, ""),
            Record("Z-UNRATED", Always, ""));

        var matches = AdvisoryMatcher.Match(index, "crates.io", "demo", new(1, 0, 0));
        Assert.Equal(["MAL-2026-1", "C-HIGH", "Z-UNRATED", "B-UNMAINTAINED", "A-NOTICE", "D-UNCLEAR"], Ids(matches));
        Assert.Equal(
            [AdvisoryCategory.Malware, AdvisoryCategory.Vulnerability, AdvisoryCategory.Vulnerability, AdvisoryCategory.Unmaintained, AdvisoryCategory.Notice, AdvisoryCategory.Vulnerability],
            matches.Select(match => match.Category));
    }

    private const string Always = """{"type":"SEMVER","events":[{"introduced":"0"}]}""";

    private static string Until(string version) => $$"""{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"{{version}}"}]}""";

    private static IEnumerable<string> Ids(IEnumerable<AdvisoryMatch> matches) => matches.Select(match => match.Id);

    private static bool Affects(string range, string versions, string version) =>
        Matches(range, versions, version) is [{ Certainty: MatchCertainty.Affected }];

    private static IReadOnlyList<AdvisoryMatch> Matches(string range, string versions, string version) => AdvisoryMatcher.Match(
        IndexOf($$"""{"id":"X-1","affected":[{"package":{"ecosystem":"crates.io","name":"demo"},"ranges":[{{range}}],"versions":[{{versions}}]}]}"""),
        "crates.io", "demo", SemanticVersion.Parse(version));

    private static string Record(string id, string range, string more = "", string ecosystem = "crates.io", string name = "demo") =>
        $$"""{"id":"{{id}}","affected":[{"package":{"ecosystem":"{{ecosystem}}","name":"{{name}}"},"ranges":[{{range}}]}]{{more}}}""";

    private static AdvisoryIndex IndexOf(params IEnumerable<string> records)
    {
        var builder = new AdvisoryIndexBuilder();
        foreach (var record in records)
        {
            builder.Add(OsvReader.Read(System.Text.Encoding.UTF8.GetBytes(record), "a record"), default);
        }

        return builder.Build();
    }
}
