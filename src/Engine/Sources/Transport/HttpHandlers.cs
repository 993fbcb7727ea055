using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Registry.Engine.Problems;

namespace Registry.Engine.Sources.Transport;

/// <summary>Values a client's network is made of; none is read from the environment here.</summary>
public sealed record HttpOptions
{
    /// <summary>`http://user:password@host:port` for both schemes; null for none.</summary>
    public string? Proxy { get; init; }

    /// <summary>Hosts (`localhost`, `.example.org`, `*`) that are reached directly, as in `NO_PROXY`.</summary>
    public IReadOnlyList<string> WithoutProxy { get; init; } = [];

    /// <summary>A PEM file with further certificate authorities; null for the system's only.</summary>
    public string? CertificateAuthorities { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public int ConnectionsMax { get; init; } = 32;

    /// <summary>Proxy settings from the usual variables: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in either case.</summary>
    public static HttpOptions From(IReadOnlyDictionary<string, string> environment) => new()
    {
        Proxy = Value(environment, "https_proxy") ?? Value(environment, "all_proxy") ?? Value(environment, "http_proxy"),
        WithoutProxy = (Value(environment, "no_proxy") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    };

    private static string? Value(IReadOnlyDictionary<string, string> environment, string name) =>
        (environment.TryGetValue(name, out var value) || environment.TryGetValue(name.ToUpperInvariant(), out value)) && value.Length > 0 ? value : null;
}

/// <summary>Makes the one handler a client uses for everything.</summary>
public static class HttpHandlers
{
    /// <summary>Follows no redirects by itself (the reader has rules for them), keeps no cookies, unpacks nothing.</summary>
    public static SocketsHttpHandler Create(HttpOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = options.ConnectionsMax,
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is null ? null : new ConfiguredProxy(options),
        };
        if (options.CertificateAuthorities is { } file)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = Trusting(file);
        }

        return handler;
    }

    private static RemoteCertificateValidationCallback Trusting(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new Problem(
                ProblemCode.FileUnavailable, $"the certificate authorities in `{file}` cannot be read", "name a PEM file with `cairn config set ca FILE`").Raise(e);
        }

        return (_, certificate, chain, errors) =>
            errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 server && IsTrusted(server, chain, authorities));
    }

    private static bool IsTrusted(X509Certificate2 server, X509Chain? offered, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in offered?.ChainElements.AsEnumerable() ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(server);
    }

    private sealed class ConfiguredProxy : IWebProxy
    {
        private readonly Uri _proxy;
        private readonly IReadOnlyList<string> _without;

        public ConfiguredProxy(HttpOptions options)
        {
            var text = options.Proxy!.Contains("://", StringComparison.Ordinal) ? options.Proxy : "http://" + options.Proxy;
            _proxy = Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : throw new Problem(
                ProblemCode.UrlInvalid, "the proxy is not a URL", "write it as http://host:port").Raise();
            _without = options.WithoutProxy;
            if (_proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, .. var rest])
            {
                Credentials = new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(rest.FirstOrDefault() ?? ""));
            }
        }

        public ICredentials? Credentials { get; set; }

        public Uri? GetProxy(Uri destination) => _proxy;

        public bool IsBypassed(Uri host) => host.IsLoopback || _without.Any(pattern =>
            pattern == "*"
            || host.Host.Equals(pattern.TrimStart('.'), StringComparison.OrdinalIgnoreCase)
            || host.Host.EndsWith("." + pattern.TrimStart('.'), StringComparison.OrdinalIgnoreCase));
    }
}
