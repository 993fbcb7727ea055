using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Registry.Engine.Problems;

namespace Registry.Engine.Sources.Transport;

/// <summary>One request with its redirects, timeouts and refusals; and the loop that tries again.</summary>
internal sealed class HttpExchange(HttpMessageInvoker http, HttpPolicy policy, TimeProvider clock)
{
    private const string UserAgent = "cairn";

    /// <summary>Runs an attempt until it succeeds, a problem is final, or the tries are used up.</summary>
    public async Task<T> TryAsync<T>(string path, Func<Task<T>> attempt, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            TimeSpan wait;
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (RetryLaterException e)
            {
                if (tries >= policy.RetriesMax || e.After > policy.RetryAfterMax)
                {
                    throw e.Problem.Raise(e);
                }

                wait = e.After ?? Backoff(path, tries);
            }
            catch (Exception e) when (IsBroken(e, cancellation))
            {
                if (tries >= policy.RetriesMax)
                {
                    throw Unreachable(path, e);
                }

                wait = Backoff(path, tries);
            }

            await Task.Delay(wait, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Headers of the final answer: 200, 206, 304, 404, 410 or 416. Everything else is thrown.</summary>
    public async Task<HttpResponseMessage> SendAsync(Uri uri, Action<HttpRequestMessage> prepare, CancellationToken cancellation)
    {
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendOnceAsync(uri, prepare, cancellation).ConfigureAwait(false);
            if (Redirect(response) is not { } location)
            {
                return Accept(response, uri);
            }

            response.Dispose();
            uri = Follow(uri, location, redirects);
        }
    }

    /// <summary>A failure of the connection, not a bug and not the user's cancelling.</summary>
    public static bool IsBroken(Exception e, CancellationToken cancellation) =>
        e is HttpRequestException or IOException or TimeoutException or SocketException or InvalidDataException
        || (e is OperationCanceledException && !cancellation.IsCancellationRequested);

    public TimeSpan Backoff(string path, int tries)
    {
        // Spread by path, so that many broken downloads do not come back in step; no randomness, so that runs repeat.
        var spread = 0.5 + ((path.Aggregate(17u, (hash, c) => (hash * 31) + c) % 512) / 1024.0);
        return policy.Backoff * Math.Pow(2, tries) * spread;
    }

    public static ProblemException Unreachable(string path, Exception cause) => new Problem(
        cause is TimeoutException or OperationCanceledException ? ProblemCode.TimedOut : ProblemCode.RegistryUnreachable,
        $"`{path}` could not be fetched: {Reason(cause)}",
        "check the network and the address (`cairn registry list`), or use --offline to work with what is here").Raise(cause);

    private async Task<HttpResponseMessage> SendOnceAsync(Uri uri, Action<HttpRequestMessage> prepare, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        prepare(request);
        using var timer = new CancellationTokenSource(policy.ResponseTimeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            return await http.SendAsync(request, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"no answer in {policy.ResponseTimeout.TotalSeconds:0.#} s"), e);
        }
    }

    private static Uri? Redirect(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            ? response.Headers.Location
            : null;

    private Uri Follow(Uri from, Uri location, int redirects)
    {
        if (redirects >= policy.RedirectsMax)
        {
            throw new Problem(
                ProblemCode.RegistryRefused, $"{from.Host} redirects in circles", "check the address with `cairn registry list`").Raise();
        }

        var to = new Uri(from, location);
        var isSafe = to.Scheme == Uri.UriSchemeHttps || (to.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp);
        return isSafe ? to : throw new Problem(
            ProblemCode.InsecureRedirect, $"{from.Host} redirects to `{Model.Printable.Clip(to.GetLeftPart(UriPartial.Path), 200)}`, which is not protected",
            "nothing was fetched from there; tell whoever runs the registry").Raise();
    }

    private HttpResponseMessage Accept(HttpResponseMessage response, Uri uri)
    {
        if (response.IsSuccessStatusCode
            || response.StatusCode is HttpStatusCode.NotModified or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response;
        }

        using (response)
        {
            throw Refusal(response, uri);
        }
    }

    private Exception Refusal(HttpResponseMessage response, Uri uri)
    {
        var status = (int)response.StatusCode;
        var what = $"{uri.Host} answered {status} for `{Model.Printable.Clip(uri.AbsolutePath, 200)}`";
        if (status is 408 or 425 or 429 or >= 500)
        {
            var after = RetryAfter(response);
            var hint = after is { } wait && wait > policy.RetryAfterMax
                ? string.Create(CultureInfo.InvariantCulture, $"it asks to wait {wait.TotalSeconds:0} s; try again then")
                : "try again later";
            return new RetryLaterException(new(ProblemCode.RegistryRefused, what, hint), after);
        }

        return status switch
        {
            401 or 407 => new Problem(ProblemCode.SignInNeeded, what, "this registry wants credentials; signing in is not part of this version").Raise(),
            403 => new Problem(ProblemCode.AccessDenied, what, "ask whoever runs the registry for access").Raise(),
            _ => new Problem(ProblemCode.RegistryRefused, what, "check the address with `cairn registry list`").Raise(),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null
        : header.Delta ?? (header.Date is { } date && date - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero);

    private static string Reason(Exception cause) => cause switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host's name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no secure connection; the certificate is not trusted (`cairn config set ca FILE` adds an authority)",
        TimeoutException timeout => timeout.Message,
        OperationCanceledException => "no answer in time",
        _ => Model.Printable.Clip(cause.Message, 200),
    };
}

/// <summary>The server said not now.</summary>
internal sealed class RetryLaterException(Problem problem, TimeSpan? after) : Exception(problem.Message)
{
    public Problem Problem { get; } = problem;

    public TimeSpan? After { get; } = after;
}
