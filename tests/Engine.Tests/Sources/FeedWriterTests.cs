using Registry.Engine.Store;
using System.Collections.Immutable;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Writing;
using Registry.Testing;

namespace Registry.Engine.Tests.Sources;

public sealed class FeedWriterTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly FixedClock _clock = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void An_empty_feed_is_sound()
    {
        FeedWriter.Create(_sandbox.At("feed"), Feeds.Id, "Test", _clock);

        var report = Feeds.Check(_sandbox.At("feed"));

        Assert.Empty(report.Faults);
        Assert.Equal(0, report.Serial);
        Assert.Equal(0, report.Orphans);
    }

    [Fact]
    public void A_feed_is_not_made_twice()
    {
        FeedWriter.Create(_sandbox.At("feed"), Feeds.Id, "Test", _clock);

        var problem = Assert.Throws<ProblemException>(() => FeedWriter.Create(_sandbox.At("feed"), Feeds.Id, "Test", _clock)).Problem;

        Assert.Equal(ProblemCode.FeedExists, problem.Code);
    }

    [Fact]
    public void What_is_added_is_sound_and_described_by_its_archive()
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);

        var report = Feeds.Check(feed);

        Assert.Empty(report.Faults);
        Assert.Equal((3, 2, 3), (report.Serial, report.Packages, report.Versions));
        var document = File.ReadAllText(Path.Combine(feed, "index/log.jsonl"));
        Assert.StartsWith("""{"package":"log","rev":2,"min_format":1}""", document, StringComparison.Ordinal);
        Assert.Contains("""
            "deps":[{"id":"text","req":"^2.0"}]
            """.Trim(), document, StringComparison.Ordinal);
        Assert.Contains("\"description\":\"Writes lines\",\"keywords\":[\"log\"]", document, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_changes_give_the_same_bytes()
    {
        Feeds.Make(_sandbox.At("a"), _clock);
        Feeds.Make(_sandbox.At("b"), _clock);

        Assert.Equal(Feeds.Files(_sandbox.At("a")), Feeds.Files(_sandbox.At("b")));
    }

    [Fact]
    public void Adding_the_same_archive_again_changes_nothing()
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);
        var before = Feeds.Files(feed);
        _clock.Now += TimeSpan.FromDays(1);

        using (var writer = FeedWriter.Open(feed, _clock))
        {
            var addition = Assert.Single(writer.Add([Feeds.Archive("text", "2.0.0")], TestContext.Current.CancellationToken));
            Assert.False(addition.IsNew);
        }

        Assert.Equal(before, Feeds.Files(feed));
    }

    [Theory]
    [InlineData("log", "1.0.0", "", ProblemCode.VersionExists)]
    [InlineData("log", "1.0.0+again", "", ProblemCode.VersionExists)]
    [InlineData("Log", "2.0.0", "", ProblemCode.NameCaseMismatch)]
    [InlineData("other", "1.0.0", "private = true", ProblemCode.ManifestInvalid)]
    [InlineData("other", "1.0.0", "[dependencies]\nother = \"1\"", ProblemCode.ManifestInvalid)]
    [InlineData("other", "1.0.0", "[dependencies]\nx = { path = \"../x\" }", ProblemCode.ManifestInvalid)]
    [InlineData("other", "1.0.0", "[dependencies]\nx = { git = \"https://example.org/x\" }", ProblemCode.ManifestInvalid)]
    public void What_may_not_be_published_leaves_the_feed_as_it_was(string name, string version, string more, ProblemCode code)
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);
        var before = Feeds.Files(feed);
        using var writer = FeedWriter.Open(feed, _clock);

        var problem = Assert.Throws<ProblemException>(() => writer.Add(
            [Feeds.Archive("good", "1.0.0"), Feeds.Archive(name, version, more, "other content")], TestContext.Current.CancellationToken)).Problem;

        Assert.Equal(code, problem.Code);
        Assert.Equal(before, Feeds.Files(feed));
    }

    [Fact]
    public void A_path_dependency_with_a_version_is_published_as_that_version()
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);
        using var writer = FeedWriter.Open(feed, _clock);

        writer.Add([Feeds.Archive("other", "1.0.0", "[dependencies]\nlog = { path = \"../log\", version = \"^1.0\" }")], TestContext.Current.CancellationToken);

        Assert.Contains("\"deps\":[{\"id\":\"log\",\"req\":\"^1.0\"}]", File.ReadAllText(Path.Combine(feed, "index/other.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_yank_changes_the_status_alone_and_can_be_taken_back()
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);
        var package = new PackageId(PackageName.Parse("log"), SemanticVersion.Parse("1.1.0"));
        var before = File.ReadAllLines(Path.Combine(feed, "index/log.jsonl"));
        using (var writer = FeedWriter.Open(feed, _clock))
        {
            writer.Yank(package, "broken on Tuesdays");
            writer.Yank(package, "again");
        }

        var yanked = IndexDocument.Read(File.ReadAllBytes(Path.Combine(feed, "index/log.jsonl")), package.Name, new());
        Assert.Equal(4, Feeds.Check(feed).Serial);
        Assert.Equal(ReleaseStatus.Yanked, yanked.Index.Releases[^1].Status);
        Assert.Equal("broken on Tuesdays", yanked.Index.Releases[^1].Reason?.Text);
        Assert.Equal("1.0.0", yanked.Index.Latest?.Id.Version.ToString());

        using (var writer = FeedWriter.Open(feed, _clock))
        {
            writer.Unyank(package);
        }

        Assert.Empty(Feeds.Check(feed).Faults);
        Assert.Equal(before[1..], File.ReadAllLines(Path.Combine(feed, "index/log.jsonl"))[1..]);
    }

    [Fact]
    public void A_second_writer_is_refused_while_the_first_is_at_work()
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);
        using var first = FeedWriter.Open(feed, _clock);

        var problem = Assert.Throws<ProblemException>(() => FeedWriter.Open(feed, _clock)).Problem;

        Assert.Equal(ProblemCode.FeedBusy, problem.Code);
    }

    [Fact]
    public void A_writer_killed_after_any_step_leaves_a_sound_feed_that_the_next_writer_carries_on()
    {
        var steps = Steps(Feeds.Make(_sandbox.At("measure"), _clock)).Count;
        for (var killedAfter = 0; killedAfter <= steps; killedAfter++)
        {
            var feed = Feeds.Make(_sandbox.At($"feed{killedAfter}"), _clock);
            foreach (var step in Steps(feed).Take(killedAfter))
            {
                FeedFolder.Write(feed, step, Durability.Fast);
            }

            File.WriteAllText(Path.Combine(feed, ".writer"), "3\n");
            var report = Feeds.Check(feed);
            Assert.True(report.IsSound, string.Join('\n', report.Faults));
            Assert.Contains(report.Serial, new long[] { 3, 4 });

            using (var writer = FeedWriter.Open(feed, _clock))
            {
                writer.Add([Feeds.Archive("log", "1.2.0")], TestContext.Current.CancellationToken);
            }

            Assert.Empty(Feeds.Check(feed).Faults);
            Assert.Equal(4, Feeds.Check(feed).Serial);
        }
    }

    [Fact]
    public void Adding_one_release_to_a_large_feed_writes_a_few_files()
    {
        var feed = Large(300);

        var steps = Steps(feed);

        // Archive, manifest, document, bin, names, snapshot; journal; timestamp; copy. The bundle is there while the feed is small.
        Assert.InRange(steps.Count, 9, 10);
        Assert.True(steps.Where(step => !step.Path.StartsWith("journal", StringComparison.Ordinal)).Sum(step => step.Bytes.Length) < 64 * 1024);
    }

    [Fact]
    public void A_feed_outgrows_its_bins_and_its_journal_segments()
    {
        var feed = Large(300);

        var report = Feeds.Check(feed);
        Assert.Empty(report.Faults);
        Assert.Equal(300, report.Packages);
        Assert.Equal(16, new FeedFolder(feed, Durability.Fast).Snapshot.Bins.Length);
        Assert.True(File.Exists(Path.Combine(feed, "journal/000001.jsonl")));
    }

    [Theory]
    [InlineData("timestamp.note")]
    [InlineData("journal/000000.jsonl")]
    [InlineData("objects")]
    public void A_flipped_byte_anywhere_is_found(string part)
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);
        foreach (var file in Directory.EnumerateFiles(feed, "*", SearchOption.AllDirectories).Where(file => Path.GetRelativePath(feed, file).StartsWith(part, StringComparison.Ordinal)).ToArray())
        {
            var bytes = File.ReadAllBytes(file);
            var damaged = bytes.ToArray();
            damaged[damaged.Length / 2] ^= 1;
            File.WriteAllBytes(file, damaged);

            var report = Feeds.Check(feed);
            Assert.True(!report.IsSound || report.Orphans > 0, $"{file} was not missed");
            File.WriteAllBytes(file, bytes);
        }

        // Objects of the states between are orphans; nothing else was ever wrong.
        Assert.True(Feeds.Check(feed).IsSound);
    }

    private List<FeedStep> Steps(string feed)
    {
        var folder = new FeedFolder(feed, Durability.Fast);
        var edit = new FeedEdit(folder, _clock.GetUtcNow());
        new FeedPublication(folder.Description, _clock.GetUtcNow()).Add(edit, Feeds.Archive("log", "1.2.0"), TestContext.Current.CancellationToken);
        return [.. edit.Finish(IndexCopies.Write)];
    }

    private string Large(int packages)
    {
        var feed = _sandbox.At("large");
        FeedWriter.Create(feed, Feeds.Id, "Test", _clock);
        using var writer = FeedWriter.Open(feed, _clock, new() { Durability = Durability.Fast });
        writer.Import(Enumerable.Range(0, packages).Select(i => PackageName.Parse($"package-{i}")).Select(name => (
            name, ImmutableArray.Create(new Release(new(name, SemanticVersion.Parse("1.0.0")), _clock.GetUtcNow(), ReleaseStatus.Ok, ReleaseDetails.None)))));
        return feed;
    }

    [Fact]
    public void Advisories_are_an_object_of_the_feed_and_stay_while_packages_come_and_go()
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);
        var lines = "{\"id\":\"x_a-1\"}\n"u8.ToArray();

        using (var writer = FeedWriter.Open(feed, _clock))
        {
            Assert.Null(writer.Advisories());
            writer.SetAdvisories(lines);
            writer.SetAdvisories(lines);
            writer.Add([Feeds.Archive("text", "2.1.0")], TestContext.Current.CancellationToken);
            Assert.Equal(lines, writer.Advisories());
        }

        var report = Feeds.Check(feed);
        Assert.Empty(report.Faults);
        Assert.Equal(5, report.Serial);
        Assert.Contains("\"op\":\"advisories\",\"object\":\"sha256:", File.ReadAllText(Path.Combine(feed, "journal/000000.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_advisories_are_found()
    {
        var feed = Feeds.Make(_sandbox.At("feed"), _clock);
        using (var writer = FeedWriter.Open(feed, _clock))
        {
            writer.SetAdvisories("{\"id\":\"x_a-1\"}\n"u8.ToArray());
        }

        var described = FeedSnapshot.Read(File.ReadAllBytes(Path.Combine(feed, FeedLayout.Object(FeedTimestamp.Read(File.ReadAllBytes(Path.Combine(feed, FeedLayout.Timestamp)), feed).Snapshot))), feed).Advisories!;
        File.WriteAllText(Path.Combine(feed, FeedLayout.Object(described.Hash)), "something else");

        Assert.Contains(Feeds.Check(feed).Faults, fault => fault.Path == FeedLayout.Object(described.Hash));
    }
}
