namespace Registry.Engine.Formats.Manifests;

/// <summary>
/// Which git addresses and references may reach the git program. Both end up on its command line, so nothing that it
/// could read as an option or as a command transport passes.
/// </summary>
public static class GitAddress
{
    public const int LengthMax = 1024;
    public const int ReferenceLengthMax = 255;

    /// <summary>
    /// `https://`, `ssh://`, `git://` or `file://` with a host or path, or `user@host:path`; without a password,
    /// which would be committed with the manifest and the lockfile.
    /// </summary>
    public static bool IsAllowed(string address)
    {
        if (address.Length is 0 or > LengthMax || address.StartsWith('-') || !address.All(IsPlain) || address.Contains("::", StringComparison.Ordinal))
        {
            return false;
        }

        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 ? IsShort(address) : IsUrl(address[..scheme], address[(scheme + 3)..]);
    }

    /// <summary>Whether a tag, branch or revision is a name git allows and takes for nothing else.</summary>
    public static bool IsReference(string name) =>
        name.Length is > 0 and <= ReferenceLengthMax && name[0] is not ('-' or '/' or '.') && name[^1] is not ('/' or '.')
        && !name.Contains("..", StringComparison.Ordinal) && !name.Contains("@{", StringComparison.Ordinal) && !name.Contains("//", StringComparison.Ordinal)
        && name.All(c => c > ' ' && c != '\u007F' && !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('~' or '^' or ':' or '?' or '*' or '[' or '\\'));

    /// <summary>A full object name: 40 hexadecimal digits, or 64 in a SHA-256 repository.</summary>
    public static bool IsCommit(string text) => text.Length is 40 or 64 && text.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;

    private static bool IsUrl(string scheme, string rest) => scheme switch
    {
        "file" => rest.StartsWith('/') && rest.Length > 1,
        "https" or "ssh" or "git" => !UserOf(rest).Contains(':', StringComparison.Ordinal) && IsHost(HostOf(rest)),
        _ => false,
    };

    /// <summary>The host, which ssh also reads as an option when it begins with a dash; so may a user name.</summary>
    private static string HostOf(string rest)
    {
        var authority = AuthorityOf(rest);
        return authority.StartsWith('-') ? "" : authority[(authority.LastIndexOf('@') + 1)..];
    }

    private static string AuthorityOf(string rest) => rest.Split('/')[0];

    private static string UserOf(string rest) => AuthorityOf(rest) is var authority && authority.LastIndexOf('@') is var at and >= 0 ? authority[..at] : "";

    private static bool IsShort(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && colon > at && colon < address.Length - 1 && address[colon + 1] != '-'
            && !address[..colon].Contains('/', StringComparison.Ordinal) && IsHost(address[(at + 1)..colon]);
    }

    private static bool IsHost(string host) => host.Length > 0 && (char.IsAsciiLetterOrDigit(host[0]) || host[0] == '[');

    private static bool IsPlain(char c) => c > ' ' && c < '\u007F' && c is not ('?' or '#' or '\\' or '"' or '\'' or '`' or '<' or '>' or '|' or '^' or '{' or '}');
}
