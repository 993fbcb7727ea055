using System.IO.Compression;
using System.Net;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Sources.Transport;
using Registry.Engine.Store;
using Registry.Testing;

namespace Registry.Engine.Tests.Sources;

/// <summary>What a network does to a client, row by row, without a network.</summary>
public sealed class DownloadFaultTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly EagerClock _clock = new();
    private readonly FolderServer _server;
    private readonly byte[] _archive = Feeds.Archive("text", "2.0.0");
    private readonly string _path;

    public DownloadFaultTests()
    {
        var folder = Feeds.Make(_sandbox.At("feed"), new FixedClock());
        _server = new(folder);
        _path = Engine.Formats.Feeds.FeedLayout.Object(ContentHash.Of(_archive));
    }

    public void Dispose()
    {
        _server.Dispose();
        _sandbox.Dispose();
    }

    [Fact]
    public async Task D01_A_changed_byte_is_refused_and_nothing_is_kept()
    {
        _server.Fault = (path, _, _) => path == _path ? FolderServer.Answer(HttpStatusCode.OK, Flipped()) : null;

        var problem = await FailAsync();

        Assert.Equal(ProblemCode.HashMismatch, problem.Code);
        Assert.Contains("text 2.0.0", problem.Message, StringComparison.Ordinal);
        _server.Fault = (_, _, _) => null;
        Assert.NotNull(await FetchAsync());
    }

    [Fact]
    public async Task D02_A_broken_download_is_taken_up_where_it_broke()
    {
        var part = _archive.Length * 6 / 10;
        _server.Fault = (path, times, request) => path != _path ? null
            : times == 0 ? Tagged(FolderServer.Broken(_archive[..part], _archive.Length, Reset), request)
            : null;

        Assert.NotNull(await FetchAsync());

        Assert.Contains($"{_path} 206", _server.Log);
    }

    [Fact]
    public async Task D02_A_connection_that_always_breaks_is_given_up()
    {
        _server.Fault = (path, _, _) => path == _path ? FolderServer.Broken(_archive[..10], _archive.Length, Reset) : null;

        Assert.Equal(ProblemCode.RegistryUnreachable, (await FailAsync()).Code);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task D03_Another_length_than_the_index_says_is_refused_at_once(int difference)
    {
        _server.Fault = (path, _, _) => path == _path
            ? FolderServer.Broken([], _archive.Length + difference, _ => throw new InvalidOperationException("the body was read"))
            : null;

        Assert.Equal(ProblemCode.SizeMismatch, (await FailAsync()).Code);
    }

    [Fact]
    public async Task D04_An_endless_body_is_cut_off()
    {
        _server.Fault = (path, _, _) => path == _path ? Endless() : null;

        Assert.Equal(ProblemCode.SizeMismatch, (await FailAsync()).Code);
    }

    [Fact]
    public async Task D05_A_server_without_ranges_is_read_from_the_start()
    {
        _server.Fault = (path, times, request) => path != _path ? null
            : times == 0 ? Tagged(FolderServer.Broken(_archive[..20], _archive.Length, Reset), request)
            : FolderServer.Answer(HttpStatusCode.OK, _archive);

        Assert.NotNull(await FetchAsync());
    }

    [Fact]
    public async Task D06_An_object_that_changed_in_between_is_not_glued_together()
    {
        _server.Fault = (path, times, request) => path != _path ? null
            : times == 0 ? Tagged(FolderServer.Broken(new byte[20], _archive.Length, Reset), request, "\"another\"")
            : null;

        Assert.NotNull(await FetchAsync());

        Assert.DoesNotContain($"{_path} 206", _server.Log);
    }

    [Fact]
    public async Task D07_A_drip_is_too_slow()
    {
        _clock.Step = TimeSpan.FromSeconds(1);
        _server.Fault = (path, _, _) => path == _path ? Dripping() : null;

        var problem = await FailAsync();

        Assert.Equal(ProblemCode.TimedOut, problem.Code);
        Assert.Contains("1024 bytes a second", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D08_A_server_that_never_answers_times_out()
    {
        _clock.Bound = TimeSpan.FromSeconds(30);
        using var silent = new SilentServer();

        var problem = await FailAsync(silent);

        Assert.Equal(ProblemCode.TimedOut, problem.Code);
    }

    [Fact]
    public async Task D08_Cancelling_ends_a_request_that_never_answers()
    {
        using var silent = new SilentServer();
        using var cancel = new CancellationTokenSource();
        var fetching = FetchAsync(silent, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    [Fact]
    public async Task D09_A_server_that_asks_to_wait_is_waited_for()
    {
        _server.Fault = (path, times, _) => path == _path && times == 0 ? Later(2) : null;

        Assert.NotNull(await FetchAsync());

        Assert.Contains(TimeSpan.FromSeconds(2), _clock.Waits);
    }

    [Fact]
    public async Task D09_A_server_that_asks_to_wait_a_day_is_given_up_at_once()
    {
        _server.Fault = (path, _, _) => path == _path ? Later(86_400) : null;

        var problem = await FailAsync();

        Assert.Equal(ProblemKind.Unavailable, problem.Kind);
        Assert.Contains("86400", problem.Hint, StringComparison.Ordinal);
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task D10_Failures_now_and_then_are_outlasted(int seed)
    {
        var random = new Random(seed);
        _server.Fault = (_, times, _) => times >= 3 || random.Next(100) >= 30 ? null
            : random.Next(3) switch
            {
                0 => FolderServer.Answer(HttpStatusCode.ServiceUnavailable),
                1 => FolderServer.Answer(HttpStatusCode.BadGateway),
                _ => throw new HttpRequestException("reset"),
            };

        Assert.NotNull(await FetchAsync());
    }

    [Fact]
    public async Task D11_A_redirect_in_circles_is_refused()
    {
        _server.Fault = (path, _, _) => path == _path ? Moved("https://feed.example/" + _path) : null;

        Assert.Equal(ProblemCode.RegistryRefused, (await FailAsync()).Code);
    }

    [Theory]
    [InlineData("http://feed.example/elsewhere")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://feed.example/x")]
    public async Task D11_A_redirect_to_something_unprotected_is_refused(string location)
    {
        _server.Fault = (path, _, _) => path == _path ? Moved(location) : null;

        Assert.Equal(ProblemCode.InsecureRedirect, (await FailAsync()).Code);
    }

    [Fact]
    public async Task D11_A_redirect_to_another_host_is_followed()
    {
        _server.Fault = (path, _, request) => path == _path && request.RequestUri!.Host == "feed.example" ? Moved("https://objects.example/" + _path) : null;

        Assert.NotNull(await FetchAsync());
    }

    [Fact]
    public async Task D12_A_packed_bomb_stops_at_the_bound()
    {
        _server.Fault = (path, _, _) =>
        {
            if (path != "timestamp.note")
            {
                return null;
            }

            using var bomb = new MemoryStream();
            using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest))
            {
                gzip.Write(new byte[16 << 20]);
            }

            var response = FolderServer.Answer(HttpStatusCode.OK, bomb.ToArray()[..8192]);
            response.Content.Headers.ContentEncoding.Add("gzip");
            return response;
        };

        Assert.Equal(ProblemCode.SizeMismatch, (await FailAsync()).Code);
    }

    [Fact]
    public async Task D13_A_sign_in_page_is_recognised()
    {
        _server.Fault = (_, _, _) => FolderServer.Answer(HttpStatusCode.OK, "<html><title>Airport WLAN</title>"u8.ToArray());

        var problem = await FailAsync();

        Assert.Equal(ProblemCode.FeedMalformed, problem.Code);
        Assert.Contains("web page", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, ProblemCode.SignInNeeded)]
    [InlineData(HttpStatusCode.Forbidden, ProblemCode.AccessDenied)]
    [InlineData(HttpStatusCode.NotFound, ProblemCode.FeedNotFound)]
    [InlineData(HttpStatusCode.BadRequest, ProblemCode.RegistryRefused)]
    public async Task A_refusal_is_reported_as_what_it_is(HttpStatusCode status, ProblemCode code)
    {
        _server.Fault = (_, _, _) => FolderServer.Answer(status);

        Assert.Equal(code, (await FailAsync()).Code);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task D17_What_many_ask_for_at_once_is_fetched_once()
    {
        using var store = new ContentStore(new(_sandbox.At("store")), _clock);
        using var sources = new PackageSources(Settings(_server), store);

        var trees = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sources.FetchAsync(
            Text, _archive.Length, new Feeds.Silent(), TestContext.Current.CancellationToken)));

        Assert.Single(trees.Distinct());
        Assert.Single(_server.Log, _path);
    }

    private byte[] Flipped()
    {
        var bytes = _archive.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }

    private HttpResponseMessage Tagged(HttpResponseMessage response, HttpRequestMessage request, string? etag = null)
    {
        using var plain = _server.Serve(_path, request);
        response.Headers.ETag = etag is null ? plain.Headers.ETag : new(etag);
        return response;
    }

    private static Task<int> Reset(CancellationToken cancellation) => throw new IOException("connection reset");

    private static HttpResponseMessage Endless()
    {
        var response = FolderServer.Broken(new byte[1 << 20], 0, _ => Task.FromResult(0));
        response.Content.Headers.ContentLength = null;
        return response;
    }

    // One byte a read, a second a look at the clock.
    private HttpResponseMessage Dripping()
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Drip(_archive)) };
        response.Content.Headers.ContentLength = _archive.Length;
        return response;
    }

    private static HttpResponseMessage Later(int seconds)
    {
        var response = FolderServer.Answer(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        return response;
    }

    private static HttpResponseMessage Moved(string location)
    {
        var response = FolderServer.Answer(HttpStatusCode.Found);
        response.Headers.Location = new(location);
        return response;
    }

    private async Task<Problem> FailAsync(HttpMessageHandler? server = null) =>
        (await Assert.ThrowsAsync<ProblemException>(() => FetchAsync(server))).Problem;

    private LockedPackage Text => new(
        new(PackageName.Parse("text"), SemanticVersion.Parse("2.0.0")), new PackageSource.Feed("main"), ContentHash.Of(_archive), null, [], []);

    private SourceSettings Settings(HttpMessageHandler server) => new()
    {
        CacheFolder = _sandbox.At("cache"),
        Registries = [new("main", "https://feed.example/", []) { IsDefault = true }],
        Http = server,
        Clock = _clock,
    };

    private async Task<StoredTree> FetchAsync(HttpMessageHandler? server = null, CancellationToken? cancellation = null)
    {
        using var store = new ContentStore(new(_sandbox.At("store")), _clock);
        using var sources = new PackageSources(Settings(server ?? _server), store);
        return await sources.FetchAsync(Text, _archive.Length, new Feeds.Silent(), cancellation ?? TestContext.Current.CancellationToken);
    }

    private sealed class Drip(byte[] bytes) : ReadOnlyStream
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span[0] = bytes[_at];
            _at = Math.Min(_at + 1, bytes.Length - 1);
            return ValueTask.FromResult(1);
        }
    }

    private sealed class SilentServer : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("never");
        }
    }
}
