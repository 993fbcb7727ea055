using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Archives;

/// <summary>What a path is to a pattern that ends in `/`.</summary>
public enum PathKind
{
    File,
    Folder,
}

/// <summary>
/// One rule in the language of `.gitignore`: `*` and `?` within a name, `[a-z]`, `**` for any number of folders, a
/// `/` at the start or in the middle ties it to its folder, a `/` at the end makes it match folders only, `!` takes
/// back. Matching takes time in proportion to pattern times path, whatever the pattern.
/// </summary>
public sealed class FilePattern
{
    private const int LengthMax = 1024;
    private const string AnyFolders = "**";

    private readonly string[] _segments;
    private readonly bool _foldersOnly;

    private FilePattern(string text, string[] segments, bool isNegated, bool foldersOnly)
    {
        Text = text;
        IsNegated = isNegated;
        (_segments, _foldersOnly) = (segments, foldersOnly);
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>It takes back what an earlier rule matched.</summary>
    public bool IsNegated { get; }

    /// <returns>Null for a line that is no rule: empty or a comment.</returns>
    /// <exception cref="ProblemException">ManifestInvalid when it is longer than a kilobyte.</exception>
    public static FilePattern? Parse(string line)
    {
        var text = TrimEnd(line.TrimEnd('\r', '\n'));
        if (text.Length > LengthMax)
        {
            throw new Problem(ProblemCode.ManifestInvalid, $"a file pattern has more than {LengthMax} characters", "write shorter ones").Raise();
        }

        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var isNegated = text[0] == '!';
        var body = isNegated ? text[1..] : text;
        var foldersOnly = body.EndsWith('/');
        body = foldersOnly ? body[..^1] : body;
        var segments = body.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (segments.Count == 0)
        {
            return null;
        }

        if (!body.Contains('/', StringComparison.Ordinal))
        {
            segments.Insert(0, AnyFolders);
        }

        if (segments[^1] == AnyFolders)
        {
            // `a/**` is what is in `a`, not `a` itself.
            segments.Add("*");
        }

        return new(text, [.. segments], isNegated, foldersOnly);
    }

    /// <param name="path">Relative to where the rule stands, with `/`.</param>
    public bool Matches(string path, PathKind kind) =>
        (!_foldersOnly || kind == PathKind.Folder) && MatchesSegments(path.Split('/'));

    /// <summary>Whether the path or a folder it is in matches: what a list of files to include means.</summary>
    public bool Covers(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (Matches(path[..slash], PathKind.Folder))
            {
                return true;
            }
        }

        return Matches(path, PathKind.File);
    }

    public override string ToString() => Text;

    /// <summary>Only the last `**` ever needs to be taken back and tried one folder later.</summary>
    private bool MatchesSegments(string[] path)
    {
        var (at, next) = (0, 0);
        var (afterAny, retry) = (-1, 0);
        while (at < path.Length)
        {
            if (next < _segments.Length && _segments[next] == AnyFolders)
            {
                (afterAny, retry) = (++next, at);
            }
            else if (next < _segments.Length && MatchesName(_segments[next], path[at]))
            {
                (next, at) = (next + 1, at + 1);
            }
            else if (afterAny >= 0)
            {
                (next, at) = (afterAny, ++retry);
            }
            else
            {
                return false;
            }
        }

        return next == _segments.Length;
    }

    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (at, next) = (0, 0);
        var (afterStar, retry) = (-1, 0);
        while (at < name.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (afterStar, retry) = (++next, at);
            }
            else if (next < pattern.Length && MatchesOne(pattern[next..], name[at], out var length))
            {
                (next, at) = (next + length, at + 1);
            }
            else if (afterStar >= 0)
            {
                (next, at) = (afterStar, ++retry);
            }
            else
            {
                return false;
            }
        }

        return !pattern[next..].ContainsAnyExcept('*');
    }

    /// <param name="length">Characters of the pattern that stand for this one.</param>
    private static bool MatchesOne(ReadOnlySpan<char> pattern, char c, out int length)
    {
        var close = pattern[0] == '[' && pattern.Length > 2 ? pattern[2..].IndexOf(']') + 2 : -1;
        if (close >= 2)
        {
            length = close + 1;
            return MatchesSet(pattern[1..close], c);
        }

        var isEscaped = pattern[0] == '\\' && pattern.Length > 1;
        length = isEscaped ? 2 : 1;
        return isEscaped ? pattern[1] == c : pattern[0] == '?' || pattern[0] == c;
    }

    private static bool MatchesSet(ReadOnlySpan<char> set, char c)
    {
        var isNegated = set[0] is '!' or '^';
        set = isNegated ? set[1..] : set;
        var found = false;
        for (var i = 0; i < set.Length; i++)
        {
            var isRange = i + 2 < set.Length && set[i + 1] == '-';
            found |= isRange ? c >= set[i] && c <= set[i + 2] : c == set[i];
            i += isRange ? 2 : 0;
        }

        return found != isNegated;
    }

    /// <summary>Spaces at the end do not count unless escaped.</summary>
    private static string TrimEnd(string line)
    {
        var trimmed = line.TrimEnd(' ', '\t');
        return trimmed.EndsWith('\\') && trimmed.Length < line.Length ? trimmed + line[trimmed.Length] : trimmed;
    }
}
