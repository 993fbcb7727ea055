using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Engine.Operations;

/// <summary>
/// Finds what looks like keys, tokens and passwords in the text of a file. A guess, made for people to look at: known
/// forms of tokens, private keys, addresses with a password, and names like `api_key` that are given a random value.
/// Patterns are bounded and never go back over what they read, so that time grows with the text and nothing else.
/// </summary>
internal static partial class SecretScan
{
    /// <summary>Findings of one file; more say nothing new.</summary>
    public const int FindingsMax = 5;

    private const int NameMax = 32;
    private const int ValueMin = 12;
    private const int ValueMax = 512;
    private const double RandomBits = 3.2;

    private static readonly string[] ExampleWords =
        ["example", "placeholder", "change", "your", "xxxx", "dummy", "sample", "fake", "redacted", "insert", "todo", "****", "....", "1234567890", "abcdef"];

    /// <param name="content">The first part of a file that is text.</param>
    public static ImmutableArray<FileFlag> Find(ReadOnlySpan<byte> content)
    {
        // One character for each byte: places stay places, and what is looked for is ASCII.
        var text = Encoding.Latin1.GetString(content);
        var found = new List<(int At, FileFlag Flag)>();
        foreach (var match in PrivateKey().EnumerateMatches(text))
        {
            Keep(found, match.Index, new(FileFlagKind.Secret, "a private key", 0, "-----BEGIN ... PRIVATE KEY-----"));
        }

        foreach (var match in Token().EnumerateMatches(text))
        {
            var token = text.AsSpan(match.Index, match.Length);
            Keep(found, match.Index, new(FileFlagKind.Secret, TokenName(token), 0, SecretMask.Of(token), IsExample(token)));
        }

        foreach (var match in Password().EnumerateMatches(text))
        {
            var address = text.AsSpan(match.Index, match.Length);
            var scheme = address[..address.IndexOf(':')];
            Keep(found, match.Index, new(FileFlagKind.Secret, "an address with a password", 0, $"{scheme}://...:{SecretMask.Of("")}@",
                IsExample(address) || address.Contains(":pass", StringComparison.OrdinalIgnoreCase)));
        }

        foreach (var match in Keyword().EnumerateMatches(text))
        {
            if (Assignment(text, match.Index, match.Length) is { } flag)
            {
                Keep(found, match.Index, flag);
            }
        }

        return Numbered(text, found);
    }

    /// <summary>The first `NAME=value` lines of a file that is meant for secrets, all values masked.</summary>
    public static ImmutableArray<FileFlag> Settings(ReadOnlySpan<byte> content)
    {
        var flags = ImmutableArray.CreateBuilder<FileFlag>();
        var number = 0;
        foreach (var line in Encoding.Latin1.GetString(content).AsSpan().EnumerateLines())
        {
            number++;
            var equals = line.IndexOf('=');
            if (flags.Count == FindingsMax || equals <= 0 || line[0] == '#')
            {
                continue;
            }

            var name = line[..equals].Trim();
            var value = line[(equals + 1)..].Trim().Trim("\"'");
            if (value.Length > 0 && IsPlainName(name))
            {
                flags.Add(new(FileFlagKind.SecretName, "a setting", number, $"{name}={SecretMask.Of(value)}", IsExample(value)));
            }
        }

        return flags.ToImmutable();
    }

    /// <summary>Whether a value says of itself that it is none.</summary>
    public static bool IsExample(ReadOnlySpan<char> value)
    {
        foreach (var word in ExampleWords)
        {
            if (value.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return value.IndexOfAny("<{$") >= 0;
    }

    /// <summary>Bits for each character; random text of letters and digits has 4 and more.</summary>
    internal static double Entropy(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[256];
        foreach (var c in text)
        {
            counts[c & 0xFF]++;
        }

        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / text.Length;
                bits -= share * Math.Log2(share);
            }
        }

        return bits;
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    private static readonly System.Buffers.SearchValues<char> ValueEnds = System.Buffers.SearchValues.Create("\"'`,;()[] \t\r\n");

    /// <summary>`NAME = value` around a word like `secret`, when the value is as random as a key.</summary>
    private static FileFlag? Assignment(string text, int at, int length)
    {
        var start = at;
        while (start > 0 && at - start < NameMax && NameCharacters.Contains(text[start - 1]))
        {
            start--;
        }

        var rest = text.AsSpan(at + length);
        var tail = rest.IndexOfAnyExcept(NameCharacters);
        if (tail is < 0 or > NameMax)
        {
            return null;
        }

        var after = rest[tail..].TrimStart("\"'`");
        after = after.TrimStart(" \t");
        var sign = after.StartsWith(":=") || after.StartsWith("=>") ? 2 : after.Length > 0 && after[0] is '=' or ':' ? 1 : 0;
        if (sign == 0)
        {
            return null;
        }

        after = after[sign..].TrimStart(" \t").TrimStart("\"'`");
        var end = after[..Math.Min(after.Length, ValueMax)].IndexOfAny(ValueEnds);
        var value = end < 0 ? after[..Math.Min(after.Length, ValueMax)] : after[..end];
        if (value.Length < ValueMin || value.IndexOfAnyInRange('0', '9') < 0 || value.IndexOfAnyExceptInRange('0', '9') < 0 || Entropy(value) < RandomBits || IsCode(value))
        {
            return null;
        }

        var name = text.AsSpan(start, at + length + tail - start);
        var shown = IsPlainName(name) ? name : text.AsSpan(at, length);
        return new(FileFlagKind.Secret, "a value like a key", 0, $"{shown}={SecretMask.Of(value)}", IsExample(value));
    }

    /// <summary>What stands left of a value may itself be a key: only what reads like a name is shown.</summary>
    private static bool IsPlainName(ReadOnlySpan<char> name)
    {
        var (upper, lower, digits) = (0, 0, 0);
        foreach (var c in name)
        {
            upper += char.IsAsciiLetterUpper(c) ? 1 : 0;
            lower += char.IsAsciiLetterLower(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return name.Length <= NameMax && upper + lower > 0 && (upper == 0 || lower == 0) && digits <= 2 && name.IndexOfAnyExcept(NameCharacters) < 0;
    }

    private static bool IsCode(ReadOnlySpan<char> value) =>
        value.Contains("::", StringComparison.Ordinal) || value.Contains("->", StringComparison.Ordinal) || value.Contains("://", StringComparison.Ordinal)
        || value[0] is '/' or '.' or '&' or '*' or '%' or '@';

    private static void Keep(List<(int At, FileFlag Flag)> found, int at, FileFlag flag)
    {
        // The same place found in two ways is one finding, and a known form says more than a likely name.
        if (found.Count < FindingsMax * 4 && !found.Exists(other => Math.Abs(other.At - at) < NameMax))
        {
            found.Add((at, flag));
        }
    }

    private static ImmutableArray<FileFlag> Numbered(string text, List<(int At, FileFlag Flag)> found)
    {
        found.Sort(static (a, b) => a.At.CompareTo(b.At));
        var flags = ImmutableArray.CreateBuilder<FileFlag>();
        var (line, from) = (1, 0);
        foreach (var (at, flag) in found.Take(FindingsMax))
        {
            line += text.AsSpan(from, at - from).Count('\n');
            from = at;
            flags.Add(flag with { Line = line });
        }

        return flags.ToImmutable();
    }

    private static string TokenName(ReadOnlySpan<char> token) => token switch
    {
        ['A', 'K' or 'S', 'I', 'A', ..] => "an AWS access key id",
        ['e', 'y', 'J', ..] => "a signed web token",
        ['A', 'I', 'z', 'a', ..] => "a Google API key",
        ['g', 'h', ..] or ['g', 'i', 't', ..] => "a GitHub token",
        ['g', 'l', 'p', ..] => "a GitLab token",
        ['x', 'o', 'x', ..] => "a Slack token",
        ['n', 'p', 'm', ..] or ['p', 'y', 'p', 'i', ..] => "a token to publish packages",
        _ => "an API key",
    };

    [GeneratedRegex("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY", RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(
        """(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{16,255}|xox[abeprs]-[A-Za-z0-9-]{10,255}|[srp]k_live_[A-Za-z0-9]{16,255}|sk-[A-Za-z0-9_-]{32,255}|A[KS]IA[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,60}|npm_[A-Za-z0-9]{30,255}|pypi-[A-Za-z0-9_-]{40,255}|SG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}|eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,2000})""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("""(?<![A-Za-z0-9])[a-z][a-z0-9+]{1,20}://[^\s/:@"'<>]{1,100}:[^\s/@"'<>{}$]{3,100}@""", RegexOptions.CultureInvariant)]
    private static partial Regex Password();

    [GeneratedRegex("secret|token|passwd|password|api_?-?key|access_?-?key|private_?-?key|credential", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Keyword();
}
