using Registry.Engine.Store;
using System.Collections.Immutable;
using System.Net;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Transport;
using Registry.Engine.Sources.Writing;

namespace Registry.Engine.Tests.Sources;

public sealed class FeedReaderTests : SourcesTests
{
    private readonly string _feed;
    private readonly FolderServer _server;

    public FeedReaderTests()
    {
        _feed = Feeds.Make(Sandbox.At("feed"), Clock);
        _server = new(_feed);
    }

    private SourceSettings Web => Settings(Registry("https://feed.example")) with { Http = _server, HttpPolicy = HttpPolicy.Default with { RetriesMax = 0 } };

    private SourceSettings Offline => Web with { Reading = FeedReading.Offline };

    protected override void Dispose(bool disposing)
    {
        _server.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public async Task A_folder_and_a_server_give_the_same()
    {
        var folder = await ReadAsync(Settings(Registry(_feed)), Key("log"));
        var web = await ReadAsync(Web, Key("log"));

        Assert.Equal(["1.0.0", "1.1.0"], folder.Index.Releases.Select(release => release.Id.Version.ToString()));
        Assert.Equal(folder.Index.Releases.Select(release => release.Archive), web.Index.Releases.Select(release => release.Archive));
        Assert.Equal(new PackageSource.Feed("main"), web.Source);
    }

    [Fact]
    public async Task A_cold_client_asks_four_times_and_a_warm_one_twice()
    {
        await ReadAllAsync(Web, "log", "text");
        Assert.Equal(4, _server.Log.Count);
        _server.Log.Clear();

        await ReadAllAsync(Web, "log", "text", "nothing");

        Assert.Equal(["registry.json 304", "timestamp.note 304"], _server.Log.Order());
    }

    [Fact]
    public async Task A_large_feed_is_asked_for_what_is_needed_only()
    {
        MakeLarge(300);
        await ReadAllAsync(Web, "package-7", "package-8");
        Assert.InRange(_server.Log.Count, 6, 7);
        _server.Log.Clear();

        await ReadAllAsync(Web, "package-7", "package-8");

        Assert.Equal(2, _server.Log.Count);
    }

    [Fact]
    public async Task What_was_read_once_is_there_offline()
    {
        await ReadAsync(Web, Key("log"));
        _server.Log.Clear();

        Assert.Equal(2, (await ReadAsync(Offline, Key("log"))).Index.Releases.Length);
        Assert.Empty(_server.Log);
    }

    [Fact]
    public async Task Offline_says_what_is_missing()
    {
        Assert.Equal(ProblemCode.OfflineMissing, (await FailAsync(Offline, Key("log"))).Code);
        MakeLarge(300);
        await ReadAsync(Web, Key("package-7"));

        var problem = await FailAsync(Offline, Key("package-250"));

        Assert.Equal(ProblemCode.OfflineMissing, problem.Code);
        Assert.Contains("--offline", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_an_answer_and_no_failure()
    {
        var answers = await WithAsync(Web, sources => sources.ReadAllAsync([Key("nothing"), Key("log")], new Feeds.Silent(), TestContext.Current.CancellationToken));

        Assert.Equal(ProblemCode.PackageNotFound, answers[0].Missing?.Code);
        Assert.Equal("log", answers[1].Package?.Index.Name.Value);
    }

    [Fact]
    public async Task A_new_release_is_seen_by_the_next_session()
    {
        await ReadAsync(Web, Key("log"));
        Publish("log", "2.0.0");

        Assert.Equal("2.0.0", (await ReadAsync(Web, Key("log"))).Index.Latest?.Id.Version.ToString());
        Assert.Equal("2.0.0", (await ReadAsync(Offline, Key("log"))).Index.Latest?.Id.Version.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task X13_A_version_that_changed_is_refused_and_the_old_state_stays(int packages)
    {
        MakeLarge(packages);
        await ReadAsync(Web, Key("package-0"));
        MakeLarge(packages, SemanticVersion.Parse("1.0.0"), "evil");

        var problem = await FailAsync(Web, Key("package-0"));

        Assert.Equal(ProblemCode.VersionMutated, problem.Code);
        Assert.Contains("package-0 1.0.0", problem.Message, StringComparison.Ordinal);
        if (packages == 1)
        {
            Assert.Null((await ReadAsync(Offline, Key("package-0"))).Index.Releases[0].License);
        }
    }

    [Fact]
    public async Task X10_A_snapshot_of_another_time_is_refused()
    {
        var note = FeedTimestamp.Read(File.ReadAllBytes(Path.Combine(_feed, FeedLayout.Timestamp)), "x");
        File.WriteAllBytes(Path.Combine(_feed, FeedLayout.Timestamp), (note with { Serial = note.Serial + 1 }).Write());

        Assert.Equal(ProblemCode.HashMismatch, (await FailAsync(Web, Key("log"))).Code);
    }

    [Fact]
    public async Task X09_A_timestamp_of_another_feed_is_refused()
    {
        var note = FeedTimestamp.Read(File.ReadAllBytes(Path.Combine(_feed, FeedLayout.Timestamp)), "x");
        File.WriteAllBytes(Path.Combine(_feed, FeedLayout.Timestamp), (note with { FeedId = "other" }).Write());

        Assert.Equal(ProblemCode.FeedMalformed, (await FailAsync(Web, Key("log"))).Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task X11_An_object_that_is_not_what_was_promised_is_refused_and_not_kept(int packages)
    {
        MakeLarge(packages);
        _server.Fault = (path, _, request) => path.StartsWith("objects", StringComparison.Ordinal) ? Damaged(path, request) : null;
        Assert.Equal(ProblemKind.Integrity, (await FailAsync(Web, Key("package-0"))).Kind);

        _server.Fault = (_, _, _) => null;
        Assert.Single((await ReadAsync(Web, Key("package-0"))).Index.Releases);
    }

    [Fact]
    public async Task M16_A_document_of_another_package_is_refused()
    {
        MakeLarge(300, document: name => IndexText.New(PackageName.Parse("evil")).Write());

        Assert.Equal(ProblemCode.WrongPackage, (await FailAsync(Web, Key("package-0"))).Code);
    }

    [Fact]
    public async Task Cached_files_that_were_damaged_are_fetched_again()
    {
        MakeLarge(300);
        await ReadAsync(Web, Key("package-0"));
        foreach (var file in Directory.EnumerateFiles(Sandbox.At("cache"), "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file, bytes);
        }

        Assert.Single((await ReadAsync(Web, Key("package-0"))).Index.Releases);
    }

    [Fact]
    public async Task X22_Many_clients_on_one_cache_do_not_hurt_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ReadAllAsync(Web, "log", "text"))));

        Assert.Equal(2, (await ReadAsync(Offline, Key("log"))).Index.Releases.Length);
    }

    [Fact]
    public async Task An_unsigned_feed_is_refused_where_signatures_are_required()
    {
        var entry = Registry("https://feed.example") with { Extra = ImmutableSortedDictionary<string, string>.Empty.Add("verify_signatures", "true") };

        Assert.Equal(ProblemCode.FeedUnsigned, (await FailAsync(Web with { Registries = [entry] }, Key("log"))).Code);
    }

    [Theory]
    [InlineData("http://feed.example/", ProblemCode.FeedUnsigned)]
    [InlineData("ftp://feed.example/", ProblemCode.UrlInvalid)]
    [InlineData("https://user:secret@feed.example/", ProblemCode.UrlInvalid)]
    [InlineData("/no/such/folder", ProblemCode.FeedNotFound)]
    public async Task An_address_that_is_not_safe_or_not_there_is_refused(string address, ProblemCode code)
    {
        var problem = await FailAsync(Web with { Registries = [Registry(address)] }, Key("log"));

        Assert.Equal(code, problem.Code);
        Assert.DoesNotContain("secret@", problem.Message.Replace("user:secret@feed", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_http_is_used_where_it_is_allowed_and_on_this_computer()
    {
        Assert.NotNull(await ReadAsync(Web with { Registries = [Registry("http://127.0.0.1:8000")] }, Key("log")));
        Assert.NotNull(await ReadAsync(Web with { Registries = [Registry("http://feed.example") with { AllowInsecure = true }] }, Key("log")));
    }

    [Fact]
    public async Task Objects_may_be_somewhere_else()
    {
        var description = FeedDescription.Read(File.ReadAllBytes(Path.Combine(_feed, FeedLayout.Description)), "x");
        File.WriteAllBytes(
            Path.Combine(_feed, FeedLayout.Description),
            (description with { ObjectsBase = "https://cdn.example/objects/{algo}/{ab}/{hash}" }).Write());

        Assert.NotNull(await ReadAsync(Web, Key("log")));
    }

    [Fact]
    public async Task The_names_are_there_for_search()
    {
        var names = await WithAsync(Web, sources => sources.ReadNamesAsync(null, TestContext.Current.CancellationToken));

        Assert.Equal(["log 1.1.0 Writes lines log", "text 2.0.0  "], names.Select(name => $"{name.Name} {name.Latest} {name.Description} {string.Join(',', name.Keywords)}"));
    }

    [Fact]
    public async Task The_order_of_arrival_changes_nothing()
    {
        MakeLarge(300);
        PackageKey[] keys = [.. Enumerable.Range(0, 40).Select(i => Key($"package-{i}"))];
        var answers = await WithAsync(Web, sources =>
        {
            sources.Prefetch(keys.Reverse());
            return sources.ReadAllAsync(keys, new Feeds.Silent(), TestContext.Current.CancellationToken);
        });

        Assert.Equal(keys, answers.Select(answer => answer.Key));
        Assert.Equal(keys.Select(key => key.Name), answers.Select(answer => answer.Package!.Index.Name));
    }

    private Task<ImmutableArray<SourceAnswer>> ReadAllAsync(SourceSettings settings, params string[] names) =>
        WithAsync(settings, sources => sources.ReadAllAsync([.. names.Select(Key)], new Feeds.Silent(), TestContext.Current.CancellationToken));

    private void Publish(string name, string version)
    {
        using var writer = FeedWriter.Open(_feed, Clock, new() { Durability = Durability.Fast });
        writer.Add([Feeds.Archive(name, version)], TestContext.Current.CancellationToken);
    }

    /// <summary>The feed anew, with so many packages; beyond a few megabytes it has no bundle.</summary>
    private void MakeLarge(int packages, SemanticVersion? version = null, string? license = null, Func<PackageName, byte[]>? document = null)
    {
        Directory.Delete(_feed, recursive: true);
        FeedWriter.Create(_feed, Feeds.Id, "Large", Clock);
        var folder = new FeedFolder(_feed, Durability.Fast);
        var edit = new FeedEdit(folder, Clock.GetUtcNow(), folder.Apply);
        foreach (var name in Enumerable.Range(0, packages).Select(i => PackageName.Parse($"package-{i}")))
        {
            var details = new ReleaseDetails { License = license, Description = new string('x', 20_000) };
            edit.Set(
                name, IndexText.New(name).With(new(new(name, version ?? SemanticVersion.Parse("1.0.0")), Clock.GetUtcNow(), ReleaseStatus.Ok, details)), JournalOperation.Publish, null, null);
        }

        foreach (var step in edit.Finish(IndexCopies.Skip))
        {
            folder.Apply(step);
        }

        if (document is not null)
        {
            Substitute(document(PackageName.Parse("package-0")));
        }
    }

    /// <summary>Puts another document in the place of the first package's, with all hashes right.</summary>
    private void Substitute(byte[] bytes)
    {
        var folder = new FeedFolder(_feed, Durability.Fast);
        var number = FeedLayout.BinOf(PackageName.Parse("package-0"), folder.Snapshot.Bins.Length);
        var bin = folder.Bin(number).With(new("package-0", ContentHash.Of(bytes), bytes.Length, 1)).Write();
        var snapshot = (folder.Snapshot with { Bins = folder.Snapshot.Bins.SetItem(number, ContentHash.Of(bin)) }).Write();
        foreach (var content in new[] { bytes, bin, snapshot })
        {
            folder.Apply(new(FeedLayout.Object(ContentHash.Of(content)), content));
        }

        folder.Apply(new(FeedLayout.Timestamp, (folder.Timestamp with { Snapshot = ContentHash.Of(snapshot), SnapshotSize = snapshot.Length }).Write()));
    }

    private HttpResponseMessage Damaged(string path, HttpRequestMessage request)
    {
        var response = _server.Serve(path, request);
        var bytes = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
        bytes[bytes.Length / 2] ^= 1;
        return FolderServer.Answer(HttpStatusCode.OK, bytes);
    }
}
