namespace Registry.Engine.Formats.Manifests;

/// <summary>Which addresses may be shown as a link or asked as a registry: http and https, and no credentials inside.</summary>
public static class WebAddress
{
    public static bool IsAllowed(string text) =>
        text.All(c => c > ' ' && c != '\u007F')
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.UserInfo.Length == 0 && uri.Host.Length > 0;
}
