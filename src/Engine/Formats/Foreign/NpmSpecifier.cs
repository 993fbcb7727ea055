using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>
/// The value of a dependency in a package.json: a range, a tag, another name, a folder, a git repository, a member of
/// the workspace, or an archive on the web.
/// </summary>
/// <param name="Name">The package's real name when the entry is an alias (`npm:other@^1`), in npm's spelling.</param>
/// <param name="Change">What changed its meaning on the way, for the report.</param>
internal sealed record NpmSpecifier(Constraint Constraint, DependencyOrigin Origin, string? Name, string? Change)
{
    private static readonly string[] FolderSchemes = ["file:", "link:", "portal:"];
    private static readonly string[] GitSchemes = ["git+https://", "git+http://", "git+ssh://", "git+file://", "git://", "ssh://", "git@"];
    private static readonly (string Scheme, string Address)[] Hosts =
    [
        ("github:", "https://github.com/"),
        ("gitlab:", "https://gitlab.com/"),
        ("bitbucket:", "https://bitbucket.org/"),
    ];

    /// <returns>Null with the reason when it cannot be carried over.</returns>
    public static NpmSpecifier? Parse(string text, out string? reason)
    {
        text = text.Trim();
        reason = null;
        if (text.StartsWith("npm:", StringComparison.Ordinal))
        {
            return Alias(text[4..], out reason);
        }

        if (text.StartsWith("workspace:", StringComparison.Ordinal))
        {
            return Member(text["workspace:".Length..], out reason);
        }

        if (FolderSchemes.FirstOrDefault(scheme => text.StartsWith(scheme, StringComparison.Ordinal)) is { } folderScheme)
        {
            return Folder(text[folderScheme.Length..], out reason);
        }

        if (text is ['.', ..] or ['/', ..] or ['~', '/', ..])
        {
            return Folder(text, out reason);
        }

        return Git(text, out reason) ?? (reason is null ? RangeOrTag(text, out reason) : null);
    }

    private static NpmSpecifier? Alias(string text, out string? reason)
    {
        // `npm:@scope/name@range`: the @ that divides is not the first character.
        var at = text.IndexOf('@', Math.Min(1, text.Length));
        var inner = RangeOrTag(at < 0 ? "*" : text[(at + 1)..], out reason);
        return inner is null ? null : inner with { Name = at < 0 ? text : text[..at] };
    }

    private static NpmSpecifier? Member(string range, out string? reason)
    {
        reason = null;
        var constraint = range is "" or "*" or "^" or "~" ? Constraint.Any : NpmRange.Parse(range);
        if (constraint is not null)
        {
            return new(constraint, new DependencyOrigin.Member(), null, null);
        }

        reason = "the workspace range is not one cairn can read";
        return null;
    }

    private static NpmSpecifier? Folder(string path, out string? reason)
    {
        reason = path.EndsWith(".tgz", StringComparison.Ordinal) || path.EndsWith(".tar.gz", StringComparison.Ordinal)
            ? "it is an archive, and a path dependency is a folder: unpack it, or publish it into a folder feed"
            : Path.IsPathRooted(path) || path.StartsWith('~') ? "it is an absolute path, which other machines do not have"
            : path.Length == 0 || path.Any(char.IsControl) ? "the path is empty or has control characters"
            : null;
        return reason is null ? new(Constraint.Any, new DependencyOrigin.Path(path.Replace('\\', '/').TrimEnd('/')), null, null) : null;
    }

    private static NpmSpecifier? Git(string text, out string? reason)
    {
        reason = null;
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var address = hash < 0 ? text : text[..hash];
        if (GitAddress(address) is { } url)
        {
            return WithReference(url, hash < 0 ? "" : text[(hash + 1)..]);
        }

        if (address.StartsWith("http://", StringComparison.Ordinal) || address.StartsWith("https://", StringComparison.Ordinal))
        {
            reason = "it is an archive on the web, which no feed vouches for: publish it into a folder feed";
        }

        return null;
    }

    private static string? GitAddress(string address)
    {
        foreach (var (scheme, host) in Hosts)
        {
            if (address.StartsWith(scheme, StringComparison.Ordinal))
            {
                return host + address[scheme.Length..];
            }
        }

        if (GitSchemes.Any(scheme => address.StartsWith(scheme, StringComparison.Ordinal)))
        {
            return address.StartsWith("git+", StringComparison.Ordinal) ? address[4..] : address;
        }

        if (address.StartsWith("https://", StringComparison.Ordinal) && address.EndsWith(".git", StringComparison.Ordinal))
        {
            return address;
        }

        // `owner/repository` alone means GitHub.
        var parts = address.Split('/');
        return parts.Length == 2 && parts.All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            && !char.IsAsciiDigit(address[0])
            ? $"https://github.com/{address}"
            : null;
    }

    private static NpmSpecifier WithReference(string url, string reference)
    {
        if (reference.StartsWith("semver:", StringComparison.Ordinal))
        {
            return new(
                NpmRange.Parse(reference[7..]) ?? Constraint.Any, new DependencyOrigin.Git(url, GitReference.Default), null,
                "git tags are not searched for a version: the default branch is taken and its version checked");
        }

        var kind = reference.Length == 0 ? GitReferenceKind.DefaultBranch
            : reference.Length is >= 7 and <= 64 && reference.All(char.IsAsciiHexDigit) ? GitReferenceKind.Revision
            : reference.TrimStart('v') is [>= '0' and <= '9', ..] ? GitReferenceKind.Tag
            : GitReferenceKind.Branch;
        return new(
            Constraint.Any, new DependencyOrigin.Git(url, kind == GitReferenceKind.DefaultBranch ? GitReference.Default : new(kind, reference)), null,
            kind is GitReferenceKind.Tag or GitReferenceKind.Branch ? $"`#{Printable.Clip(reference, 60)}` is taken for a {kind.ToString().ToLowerInvariant()}" : null);
    }

    private static NpmSpecifier? RangeOrTag(string text, out string? reason)
    {
        reason = null;
        if (NpmRange.Parse(text) is { } constraint)
        {
            return new(constraint, DependencyOrigin.Feed.Routed, null, null);
        }

        if (text.Length is > 0 and <= 64 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return new(Constraint.Any, DependencyOrigin.Feed.Routed, null, $"the tag `{text}` has no counterpart: any version is accepted");
        }

        reason = text.Length > Constraint.LengthMax ? "the range is too long" : "it is neither a range nor an address that cairn knows";
        return null;
    }
}
