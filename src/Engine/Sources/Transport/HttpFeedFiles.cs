using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Registry.Engine.Problems;

namespace Registry.Engine.Sources.Transport;

/// <summary>
/// A feed on a web server, of which nothing is asked but plain files: conditional requests, ranges and compression
/// are used where the server has them. Refuses and retries as docs/formats/feed.md says.
/// </summary>
internal sealed class HttpFeedFiles : FeedFiles, IDisposable
{
    private readonly Uri _address;
    private readonly HttpExchange _exchange;
    private readonly HttpPolicy _policy;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _gate;

    /// <param name="address">The folder of the feed; a missing `/` at its end is added.</param>
    public HttpFeedFiles(HttpMessageInvoker http, Uri address, HttpPolicy policy, TimeProvider clock)
    {
        _address = Folder(address);
        (_policy, _clock) = (policy, clock);
        _exchange = new(http, policy, clock);
        _gate = new(policy.ParallelMax);
    }

    public override string Address => Text(_address);

    /// <summary>The address that a feed at this one has: what copies of it are kept by.</summary>
    public static string AddressOf(Uri address) => Text(Folder(address));

    public override bool IsRemote => true;

    public void Dispose() => _gate.Dispose();

    public override async Task<FetchedFile> ReadAsync(string path, int bytesMax, FileValidator? known, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await _exchange.TryAsync(path, () => ReadOnceAsync(path, bytesMax, known, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override async Task<Stream?> OpenAsync(string path, long size, long bytesMax, CancellationToken cancellation)
    {
        var download = new HttpDownload(this, path, size, size >= 0 ? size : bytesMax);
        if (await download.StartAsync(cancellation).ConfigureAwait(false))
        {
            return download;
        }

        await download.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private async Task<FetchedFile> ReadOnceAsync(string path, int bytesMax, FileValidator? known, CancellationToken cancellation)
    {
        using var response = await _exchange.SendAsync(Resolve(path), request => Condition(request, known), cancellation).ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotModified when known is not null:
                return new FetchedFile.Unchanged();
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return new FetchedFile.Missing();
            default:
                var bytes = await ReadBodyAsync(response, path, bytesMax, cancellation).ConfigureAwait(false);
                return new FetchedFile.Found(bytes, Validator(response));
        }
    }

    private static void Condition(HttpRequestMessage request, FileValidator? known)
    {
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        if (known?.ETag is { } etag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }
        else if (known?.LastModified is { } time)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", time);
        }
    }

    private static FileValidator? Validator(HttpResponseMessage response)
    {
        var etag = response.Headers.ETag?.ToString();
        var time = response.Content.Headers.LastModified?.ToString("r", CultureInfo.InvariantCulture);
        return etag is null && time is null ? null : new(etag, time);
    }

    /// <summary>The body, unpacked where the server packed it; both forms are bounded.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, string path, int bytesMax, CancellationToken cancellation)
    {
        var what = $"`{path}` of {Address}";
        var length = response.Content.Headers.ContentLength;
        if (length > bytesMax)
        {
            throw TooLarge(what, bytesMax);
        }

        var stream = new PacedStream(await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), _policy, _clock);
        await using var body = stream.ConfigureAwait(false);
        Stream plain = response.Content.Headers.ContentEncoding.Contains("gzip", StringComparer.OrdinalIgnoreCase)
            ? new GZipStream(stream, CompressionMode.Decompress)
            : stream;
        await using var unpacked = plain.ConfigureAwait(false);
        return await ReadBoundedAsync(plain, length is { } known && plain == stream ? (int)known : 8192, bytesMax, what, cancellation).ConfigureAwait(false);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBoundedAsync(Stream stream, int sizeHint, int bytesMax, string what, CancellationToken cancellation)
    {
        var buffer = new byte[Math.Max(sizeHint, 1)];
        var count = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), cancellation).ConfigureAwait(false);
            count += read;
            if (count > bytesMax)
            {
                throw TooLarge(what, bytesMax);
            }

            if (read == 0)
            {
                return buffer.AsMemory(0, count);
            }

            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, bytesMax + 1L));
            }
        }
    }

    private static Uri Folder(Uri address) =>
        address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;

    private static string Text(Uri address) => address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    internal Uri Resolve(string path) => new(_address, path);

    internal HttpExchange Exchange => _exchange;

    internal HttpPolicy Policy => _policy;

    internal TimeProvider Clock => _clock;

    /// <summary>For Range requests.</summary>
    internal static RangeHeaderValue From(long position) => new(position, null);
}
