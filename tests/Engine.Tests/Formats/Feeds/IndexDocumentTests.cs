using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Formats.Feeds;

public sealed class IndexDocumentTests
{
    private const string Header = """{"package":"acme/json","rev":7,"min_format":1,"owners_changed":"2026-10-01T00:00:00Z"}""";

    private static readonly PackageName Json = PackageName.Parse("acme/json");

    [Fact]
    public void A_document_is_read_as_the_format_says()
    {
        var document = Read(
            Header,
            """{"version":"1.4.0","published":"2026-11-02T09:30:00Z","status":"ok","archive":{"sha256":"0000000000000000000000000000000000000000000000000000000000000001","size":18233,"tree":"0000000000000000000000000000000000000000000000000000000000000002","type":"tar.gz"},"engines":{"gren":">=0.6 <0.7"},"deps":[{"id":"acme/core","req":"^1.2.0","kind":"build","optional":true,"features":["fast"],"from":null,"alias":"core","default_features":false}],"features":{"default":[],"fast":["dep:core"]},"license":"MIT","by":"oidc:x","links":"z"}""",
            """{"version":"1.3.0","published":"2026-11-01T00:00:00Z","status":"yanked","reason":{"code":"broken","text":"no good","at":"2026-11-03T00:00:00Z"},"deps":[]}""",
            """{"version":"1.2.9","published":"2026-10-01T00:00:00Z","status":"revoked","reason":{"code":"secret-leak","at":"2026-11-03T00:00:00Z"}}""");

        Assert.Empty(document.Notes);
        Assert.Equal(7, document.Revision);
        Assert.Equal(["1.2.9", "1.3.0", "1.4.0"], document.Index.Releases.Select(release => release.Id.Version.ToString()));
        Assert.Equal([ReleaseStatus.Revoked, ReleaseStatus.Yanked, ReleaseStatus.Ok], document.Index.Releases.Select(release => release.Status));
        var newest = document.Index.Releases[2];
        Assert.Equal(18233, newest.Archive?.Size);
        Assert.Equal("z", newest.Links);
        Assert.True(newest.Engines["gren"].Admits(SemanticVersion.Parse("0.6.5")));
        Assert.Equal(["dep:core"], newest.Features["fast"]);
        var dependency = Assert.Single(newest.Dependencies);
        Assert.Equal("core", dependency.LocalName);
        Assert.Equal(DependencyGroup.Build, dependency.Group);
        Assert.True(dependency.IsOptional);
        Assert.False(dependency.UsesDefaultFeatures);
        Assert.Equal("no good", document.Index.Releases[1].Reason?.Text);
    }

    [Fact]
    public void A_status_of_the_future_is_a_quarantine_with_a_note()
    {
        var document = Read(Header, Line("1.0.0", "frozen"));

        Assert.Equal(ReleaseStatus.Quarantined, Assert.Single(document.Index.Releases).Status);
        Assert.Contains("1.0.0", Assert.Single(document.Notes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_for_newer_programs_is_passed_over_with_a_note()
    {
        var document = Read(Header, """{"version":"2.0.0","published":"2026-11-02T09:30:00Z","status":"ok","min_format":99}""", Line("1.0.0", "ok"));

        Assert.Equal("1.0.0", Assert.Single(document.Index.Releases).Id.Version.ToString());
        Assert.Equal(ProblemCode.FeedTooNew, Assert.Single(document.Notes).Code);
    }

    [Theory]
    [InlineData("""{"package":"acme/other","rev":1}""", ProblemCode.WrongPackage)]
    [InlineData("""{"package":"acme/json","rev":1,"package":"acme/json"}""", ProblemCode.IndexCorrupt)]
    [InlineData("""{"rev":1}""", ProblemCode.IndexCorrupt)]
    [InlineData("<html>", ProblemCode.IndexCorrupt)]
    [InlineData("", ProblemCode.IndexCorrupt)]
    public void A_bad_header_is_refused(string header, ProblemCode code) =>
        Assert.Equal(code, Assert.Throws<ProblemException>(() => Read(header)).Problem.Code);

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("""{"version":"1.2","published":"2026-11-02T09:30:00Z","status":"ok"}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-11-02T09:30:00Z"}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-13-02T09:30:00Z","status":"ok"}""")]
    [InlineData("""{"status":"ok","version":"1.2.3","version":"1.2.4","published":"2026-11-02T09:30:00Z"}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-11-02T09:30:00Z","status":"ok","deps":[{"req":"^1"}]}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-11-02T09:30:00Z","status":"ok","deps":[{"id":"../x","req":"^1"}]}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-11-02T09:30:00Z","status":"ok","deps":[{"id":"x","req":"whatever"}]}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-11-02T09:30:00Z","status":"ok","deps":[],"deps":[{"id":"x","req":"1"}]}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-11-02T09:30:00Z","status":"ok","archive":{"sha256":"zz","size":1}}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-11-02T09:30:00Z","status":"ok","features":{"a":[],"a":[]}}""")]
    [InlineData("""{"version":"1.2.3","published":"2026-11-02T09:30:00Z","status":"ok"} {}""")]
    public void A_damaged_line_is_noticed_at_the_latest_when_its_release_is_looked_at(string line)
    {
        var problem = Assert.Throws<ProblemException>(() => Read(Header, line).Index.Releases[0].Details).Problem;

        Assert.Equal(ProblemCode.IndexCorrupt, problem.Code);
        Assert.Contains("acme/json", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_stands_twice_is_refused() =>
        Assert.Throws<ProblemException>(() => Read(Header, Line("1.0.0", "ok"), Line("1.0.0+build", "ok")));

    [Fact]
    public void Too_large_documents_and_lines_are_refused()
    {
        var large = Encoding.UTF8.GetBytes(Header + "\n" + new string(' ', FeedLimits.IndexBytesMax));
        Assert.Throws<ProblemException>(() => IndexDocument.Read(large, Json, new()));
        var line = """{"version":"1.0.0","published":"2026-11-02T09:30:00Z","status":"ok","description":" """ + new string('x', FeedLimits.LineBytesMax) + "\"}";
        Assert.Throws<ProblemException>(() => Read(Header, line));
    }

    [Fact]
    public void Deep_nesting_is_refused_without_a_stack_overflow()
    {
        var deep = $$"""{"version":"1.0.0","published":"2026-11-02T09:30:00Z","status":"ok","x":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";

        Assert.Throws<ProblemException>(() => Read(Header, deep).Index.Releases[0].Details);
    }

    [Fact]
    public void Members_may_stand_in_any_order()
    {
        var document = Read(Header, """{"deps":[],"status":"yanked","x":{"status":"ok"},"published":"2026-11-02T09:30:00Z","version":"1.0.0"}""");

        Assert.Equal(ReleaseStatus.Yanked, Assert.Single(document.Index.Releases).Status);
    }

    [Fact]
    public void Versions_with_the_same_dependencies_share_them()
    {
        var dependencies = """ "deps":[{"id":"x","req":"^1"}],"features":{"a":["b"]}} """.Trim();
        var document = Read(
            Header,
            """{"version":"1.1.0","published":"2026-11-02T09:30:00Z","status":"ok",""" + dependencies,
            """{"version":"1.0.0","published":"2026-11-02T09:30:00Z","status":"ok",""" + dependencies);

        Assert.True(document.Index.Releases[0].Dependencies == document.Index.Releases[1].Dependencies, "one array");
        Assert.Same(document.Index.Releases[0].Features, document.Index.Releases[1].Features);
    }

    [Fact]
    public void What_is_written_is_read_back() => Law.Holds(Releases(), releases =>
    {
        var bytes = IndexText.New(Json).WithAll(releases).Write();

        var read = IndexDocument.Read(bytes, Json, new());

        Assert.Empty(read.Notes);
        Assert.Equal(releases.OrderBy(release => release.Id.Version).Select(Summary), read.Index.Releases.Select(Summary));
        Assert.Equal(bytes, IndexText.New(Json).WithAll(releases).Write());
    });

    [Fact]
    public void Changing_a_status_keeps_every_other_byte()
    {
        var document = Read(Header, """{"version":"1.0.0","published":"2026-11-02T09:30:00Z","status":"ok","deps":[ ],"unknown":{"a":1.50},"description":"ü\u0041"}""");

        var text = Encoding.UTF8.GetString(IndexText.Of(document).WithStatus(SemanticVersion.Parse("1.0.0"), ReleaseStatus.Yanked, null).Write());

        Assert.Contains("""{"version":"1.0.0","published":"2026-11-02T09:30:00Z","status":"yanked","deps":[ ],"unknown":{"a":1.50},"description":"ü\u0041"}""", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"status\":\"ok\"", "\"status\":\"yanked\",\"reason\":{\"code\":\"x\",\"text\":\"y\"}", true)]
    [InlineData("\"deps\":[]", "\"deps\":[],\"advisories\":[\"a\"]", true)]
    [InlineData("\"deps\":[]", "\"deps\":[{\"id\":\"evil\",\"req\":\"1\"}]", false)]
    [InlineData("\"size\":1", "\"size\":2", false)]
    [InlineData("000001", "000002", false)]
    public void A_seen_version_may_change_its_status_and_nothing_else(string before, string after, bool isAllowed)
    {
        const string line = """{"version":"1.0.0","published":"2026-11-02T09:30:00Z","status":"ok","archive":{"sha256":"0000000000000000000000000000000000000000000000000000000000000001","size":1},"deps":[]}""";
        var (old, current) = (Read(Header, line), Read(Header, Line("2.0.0", "ok"), line.Replace(before, after, StringComparison.Ordinal)));

        var problem = Record.Exception(() => IndexComparison.RequireUnchanged(old, current)) as ProblemException;

        Assert.Equal(isAllowed ? null : ProblemCode.VersionMutated, problem?.Problem.Code);
    }

    private static IndexDocument Read(params string[] lines) =>
        IndexDocument.Read(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), Json, new());

    private static string Line(string version, string status) =>
        $$"""{"version":"{{version}}","published":"2026-11-02T09:30:00Z","status":"{{status}}","deps":[]}""";

    private static string Summary(Release release) => string.Join(
        ' ', release.Id.Version, release.Published, release.Status, release.Archive, release.License, release.Description, string.Join(',', release.Keywords),
        string.Join(',', release.Dependencies.Select(d => $"{d.Name} {d.Constraint} {d.Group} {d.Alias} {d.IsOptional} {d.UsesDefaultFeatures} {string.Join('+', d.Features)}")),
        string.Join(',', release.Features.Select(f => $"{f.Key}={string.Join('+', f.Value)}")), string.Join(',', release.Engines));

    private static Gen<Release[]> Releases()
    {
        var text = ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(value => new string([.. value.Get.Where(c => !char.IsSurrogate(c))]));
        var version = Gen.Choose(0, 20).Three().Select(v => new SemanticVersion(v.Item1, v.Item2, v.Item3));
        var dependency =
            from name in Gen.Elements("a", "b", "acme/c")
            from constraint in Gen.Elements("^1", ">=1, <2", "*")
            from group_ in Gen.Elements(DependencyGroup.Normal, DependencyGroup.Build)
            from isOptional in ArbMap.Default.ArbFor<bool>().Generator
            from feature in text
            select new Dependency(
                PackageName.Parse(name), Constraint.Parse(constraint), group_, DependencyOrigin.Feed.Routed, isOptional ? "alias" : null, isOptional, !isOptional, [feature]);
        var release =
            from v in version
            from dependencies in dependency.ArrayOf()
            from description in text
            from status in Gen.Elements(ReleaseStatus.Ok, ReleaseStatus.Yanked)
            select new Release(new(Json, v), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), status, new ReleaseDetails
            {
                Dependencies = [.. dependencies],
                Description = description,
                Keywords = [description],
                Features = Release.NoFeatures.Add(description, [description]),
                Archive = new(ContentHash.Of([1]), v.Minor, null),
            });
        return release.ArrayOf().Select(releases => releases.DistinctBy(r => r.Id.Version).ToArray());
    }
}
