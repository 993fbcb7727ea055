using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Registry.Engine.Tests.Sources;

/// <summary>
/// A plain file server as a message handler: ETag, If-None-Match, Range and If-Range over a folder, without a socket.
/// A test may answer some requests itself.
/// </summary>
internal sealed class FolderServer(string folder) : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    /// <summary>Answers in place of the folder: path, how often it was asked for before, the request; null leaves it to the folder.</summary>
    public Func<string, int, HttpRequestMessage, HttpResponseMessage?> Fault { get; set; } = (_, _, _) => null;

    /// <summary>Every request: `path` or `path 304`.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var path = request.RequestUri!.AbsolutePath.TrimStart('/');
        var times = _counts.AddOrUpdate(path, 1, (_, count) => count + 1) - 1;
        var response = Fault(path, times, request) ?? Serve(path, request);
        response.RequestMessage = request;
        Log.Enqueue(response.StatusCode == HttpStatusCode.OK ? path : $"{path} {(int)response.StatusCode}");
        return response;
    }

    public HttpResponseMessage Serve(string path, HttpRequestMessage request)
    {
        var file = Path.Combine(folder, path);
        if (!File.Exists(file))
        {
            return new(HttpStatusCode.NotFound) { Content = new ByteArrayContent([]) };
        }

        var bytes = File.ReadAllBytes(file);
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
        if (request.Headers.IfNoneMatch.Contains(etag))
        {
            return new(HttpStatusCode.NotModified) { Headers = { ETag = etag } };
        }

        var from = request.Headers.Range?.Ranges.Single().From ?? 0;
        var isRange = from > 0 && (request.Headers.IfRange is null || request.Headers.IfRange.EntityTag?.Equals(etag) == true);
        var response = new HttpResponseMessage(isRange ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Headers = { ETag = etag },
            Content = new ByteArrayContent(isRange ? bytes[(int)from..] : bytes),
        };
        if (isRange)
        {
            response.Content.Headers.ContentRange = new(from, bytes.Length - 1, bytes.Length);
        }

        return response;
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, byte[]? body = null) => new(status) { Content = new ByteArrayContent(body ?? []) };

    /// <summary>A body that hands out some bytes and then ends as told.</summary>
    public static HttpResponseMessage Broken(byte[] bytes, long promised, Func<CancellationToken, Task<int>> then, HttpStatusCode status = HttpStatusCode.OK)
    {
        var response = new HttpResponseMessage(status) { Content = new StreamContent(new EndingStream(bytes, then)) };
        response.Content.Headers.ContentLength = promised;
        return response;
    }

    private sealed class EndingStream(byte[] bytes, Func<CancellationToken, Task<int>> then) : Engine.Sources.Transport.ReadOnlyStream
    {
        private int _at;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(buffer.Length, bytes.Length - _at);
            if (count == 0)
            {
                return await then(cancellationToken);
            }

            bytes.AsMemory(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
