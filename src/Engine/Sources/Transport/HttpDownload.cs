using System.Net;
using System.Net.Http.Headers;
using Registry.Engine.Problems;

namespace Registry.Engine.Sources.Transport;

/// <summary>
/// A large file on the way. A broken connection is taken up again where it broke (Range, If-Range); a server without
/// ranges is read from the start again up to that place. Whether the whole is right is the reader's business, by hash.
/// </summary>
/// <param name="size">Bytes it must have; negative when not known.</param>
internal sealed class HttpDownload(HttpFeedFiles files, string path, long size, long bytesMax) : ReadOnlyStream
{
    private HttpResponseMessage? _response;
    private Stream? _body;
    private EntityTagHeaderValue? _etag;
    private DateTimeOffset? _modified;
    private long _position;
    private int _resumes;

    /// <summary>Whether it is put together from more than one answer.</summary>
    public bool WasResumed => _resumes > 0;

    /// <summary>False when the file is not there.</summary>
    public Task<bool> StartAsync(CancellationToken cancellation) =>
        files.Exchange.TryAsync(path, () => ConnectAsync(cancellation), cancellation);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var read = await _body!.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0 && _position < size && buffer.Length > 0)
                {
                    throw new IOException("the connection ended early");
                }

                _position += read;
                return _position <= bytesMax ? read : throw TooLong();
            }
            catch (Exception e) when (HttpExchange.IsBroken(e, cancellationToken))
            {
                await ResumeAsync(e, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            HangUp();
        }

        base.Dispose(disposing);
    }

    private async Task ResumeAsync(Exception cause, CancellationToken cancellation)
    {
        if (_resumes++ >= files.Policy.RetriesMax)
        {
            throw HttpExchange.Unreachable(path, cause);
        }

        await Task.Delay(files.Exchange.Backoff(path, _resumes - 1), files.Clock, cancellation).ConfigureAwait(false);
        if (!await files.Exchange.TryAsync(path, () => ConnectAsync(cancellation), cancellation).ConfigureAwait(false))
        {
            throw HttpExchange.Unreachable(path, cause);
        }
    }

    private async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        HangUp();
        _response = await files.Exchange.SendAsync(files.Resolve(path), Prepare, cancellation).ConfigureAwait(false);
        if (_response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return false;
        }

        var isContinued = IsContinued(_response);
        RequireSize(_response, isContinued ? _position : 0);
        _body = new PacedStream(await _response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false), files.Policy, files.Clock);
        if (!isContinued)
        {
            (_etag, _modified) = (_response.Headers.ETag, _response.Content.Headers.LastModified);
            await SkipAsync(_position, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    private void Prepare(HttpRequestMessage request)
    {
        if (_position == 0)
        {
            return;
        }

        request.Headers.Range = HttpFeedFiles.From(_position);
        request.Headers.IfRange = _etag is { IsWeak: false } ? new(_etag) : _modified is { } time ? new(time) : null;
    }

    private bool IsContinued(HttpResponseMessage response) =>
        _position > 0 && response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == _position;

    // A server that says another length is not asked for the bytes.
    private void RequireSize(HttpResponseMessage response, long from)
    {
        if (size >= 0 && response.Content.Headers.ContentLength is { } length && from + length != size)
        {
            throw new Problem(
                ProblemCode.SizeMismatch, $"`{path}` of {files.Address} has {from + length} bytes where the registry says {size}",
                "run the command again; if it stays, tell whoever runs the registry").Raise();
        }
    }

    private async Task SkipAsync(long count, CancellationToken cancellation)
    {
        var buffer = new byte[Math.Min(count, 64 * 1024)];
        while (count > 0)
        {
            var read = await _body!.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellation).ConfigureAwait(false);
            count -= read > 0 ? read : throw new IOException("the connection ended early");
        }
    }

    private ProblemException TooLong() => new Problem(
        ProblemCode.SizeMismatch, $"`{path}` of {files.Address} goes on after the {bytesMax} bytes it may have",
        "run the command again; if it stays, tell whoever runs the registry").Raise();

    private void HangUp()
    {
        _body?.Dispose();
        _response?.Dispose();
        (_body, _response) = (null, null);
    }
}
