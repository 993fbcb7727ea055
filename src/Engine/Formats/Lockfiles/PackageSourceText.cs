using System.Diagnostics.CodeAnalysis;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>Reads the text form of a source back: `feed+ID`, `path+FOLDER`, `member+FOLDER`, `git+URL?tag=NAME#COMMIT`.</summary>
public static class PackageSourceText
{
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PackageSource? source)
    {
        var plus = text?.IndexOf('+', StringComparison.Ordinal) ?? -1;
        source = plus < 0 ? null : Read(text![..plus], text[(plus + 1)..]);
        return source is not null;
    }

    private static PackageSource? Read(string kind, string rest) => kind switch
    {
        "feed" when PackageName.TryParse(rest, out _) => new PackageSource.Feed(rest),
        "path" when RelativeFolder.IsAllowed(rest) => new PackageSource.Path(rest),
        "member" when RelativeFolder.IsAllowed(rest) => new PackageSource.Member(rest),
        "git" => ReadGit(rest),
        _ => null,
    };

    // A commit has no `#` and an address no `?`, while a branch may have a `#` in its name.
    private static PackageSource.Git? ReadGit(string text)
    {
        var hash = text.LastIndexOf('#');
        if (hash < 0 || !GitAddress.IsCommit(text[(hash + 1)..]))
        {
            return null;
        }

        var query = text.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at && at < hash ? at : hash;
        var reference = query == hash ? GitReference.Default : ReadReference(text[(query + 1)..hash]);
        return reference is not null && GitAddress.IsAllowed(text[..query]) ? new(text[..query], reference, text[(hash + 1)..]) : null;
    }

    private static GitReference? ReadReference(string query)
    {
        var equals = query.IndexOf('=', StringComparison.Ordinal);
        GitReferenceKind? kind = equals < 0 ? null : query[..equals] switch
        {
            "tag" => GitReferenceKind.Tag,
            "branch" => GitReferenceKind.Branch,
            "rev" => GitReferenceKind.Revision,
            _ => null,
        };
        return kind is { } known && GitAddress.IsReference(query[(equals + 1)..]) ? new(known, query[(equals + 1)..]) : null;
    }
}
