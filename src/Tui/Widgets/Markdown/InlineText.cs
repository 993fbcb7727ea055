using System.Net;
using System.Text;
using Registry.Tui.Terminal;

namespace Registry.Tui.Widgets.Markdown;

/// <summary>
/// The text of a paragraph as runs: emphasis, code, links, images as their words, HTML without its tags. Every look ahead is
/// bounded, so that hostile text costs little more than plain text.
/// </summary>
internal sealed class InlineText(IReadOnlyDictionary<string, string> references)
{
    // How far the end of a code span, a link or a tag is looked for.
    private const int LookMax = 600;
    private const int DepthMax = 4;
    private const int OpenMax = 16;

    private const string Escapable = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private static readonly Style linkStyle = new(Ink.Accent, Ink.Default, Emphasis.Underline);

    public List<StyledRun> Runs(string text, Style style) => Runs(text, style, null, 0);

    private List<StyledRun> Runs(string text, Style style, string? link, int depth)
    {
        var pieces = new List<Piece>();
        var plain = new StringBuilder();
        var href = link;
        for (var at = 0; at < text.Length;)
        {
            var next = Special(text, at, style, ref href, link, depth, pieces, plain);
            if (next > at)
            {
                at = next;
                continue;
            }

            plain.Append(text[at++]);
        }

        Flush(pieces, plain, style, href);
        return Resolved(pieces);
    }

    /// <returns>Behind what was taken; where it was when nothing was.</returns>
    private int Special(string text, int at, Style style, ref string? href, string? outer, int depth, List<Piece> pieces, StringBuilder plain)
    {
        switch (text[at])
        {
            case '\\' when at + 1 < text.Length && Escapable.Contains(text[at + 1], StringComparison.Ordinal):
                plain.Append(text[at + 1]);
                return at + 2;
            case '\n':
                Flush(pieces, plain, style, href);
                pieces.Add(new Piece(new StyledRun(RunWrap.Break, style)));
                return at + 1;
            case '`':
                return Code(text, at, style, href, pieces, plain);
            case '!' when at + 1 < text.Length && text[at + 1] == '[' && Bracket(text, at + 1) is { } image:
                Flush(pieces, plain, style, href);
                pieces.Add(new Piece(new StyledRun(image.Text.Length == 0 ? "[image]" : $"[{WebUtility.HtmlDecode(image.Text)}]", link(style, href), href)));
                return image.End;
            case '[' when depth < DepthMax && Bracket(text, at) is { Target: not null } found:
                Flush(pieces, plain, style, href);
                var target = Url(found.Target);
                pieces.AddRange(Runs(found.Text, target is null ? style : link(style, target), target ?? href, depth + 1).Select(run => new Piece(run)));
                return found.End;
            case '<':
                return Tag(text, at, style, ref href, outer, pieces, plain);
            case 'h' when depth == 0 && href is null && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && BareUrl(text, at) is > 0 and var length:
                Flush(pieces, plain, style, href);
                pieces.Add(new Piece(new StyledRun(text.Substring(at, length), link(style, ""), text.Substring(at, length))));
                return at + length;
            case '*' or '_' or '~':
                return Delimiter(text, at, style, href, pieces, plain);
            default:
                return at;
        }

        static Style link(Style style, string? href) => href is null ? style.With(default) : linkStyle.With(style.Emphasis);
    }

    private static int Code(string text, int at, Style style, string? href, List<Piece> pieces, StringBuilder plain)
    {
        var length = RunLength(text, at);
        for (var end = at + length; end < text.Length && end < at + LookMax; end++)
        {
            if (text[end] == '`')
            {
                var closing = RunLength(text, end);
                if (closing == length)
                {
                    Flush(pieces, plain, style, href);
                    pieces.Add(new Piece(new StyledRun(text[(at + length)..end].Replace('\n', ' ').Trim(), new Style(Ink.Changed, style.Ground, style.Emphasis), href)));
                    return end + closing;
                }

                end += closing - 1;
            }
        }

        plain.Append(text, at, length);
        return at + length;
    }

    /// <summary>`[text](target "title")`, `[text][reference]` or `[reference]`; without a target when it is none of them.</summary>
    private Bracketed? Bracket(string text, int at)
    {
        var close = Closing(text, at, '[', ']');
        if (close < 0)
        {
            return null;
        }

        var inner = text[(at + 1)..close];
        if (close + 1 < text.Length && text[close + 1] == '(' && Closing(text, close + 1, '(', ')') is > 0 and var end)
        {
            return new(inner, text[(close + 2)..end].Trim().Split(' ', '\n')[0].Trim('<', '>'), end + 1);
        }

        if (close + 1 < text.Length && text[close + 1] == '[' && Closing(text, close + 1, '[', ']') is > 0 and var named)
        {
            var name = text[(close + 2)..named];
            return new(inner, Reference(name.Length == 0 ? inner : name), named + 1);
        }

        return new(inner, Reference(inner), close + 1);
    }

    private string? Reference(string name) => references.GetValueOrDefault(name.Trim().ToLowerInvariant());

    private static int Closing(string text, int at, char open, char close)
    {
        var depth = 0;
        for (var i = at; i < text.Length && i < at + LookMax; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == open)
            {
                depth++;
            }
            else if (text[i] == close && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Tag(string text, int at, Style style, ref string? href, string? outer, List<Piece> pieces, StringBuilder plain)
    {
        if (text.AsSpan(at).StartsWith("<!--"))
        {
            var closing = text.IndexOf("-->", at, Math.Min(LookMax, text.Length - at), StringComparison.Ordinal);
            return closing < 0 ? text.Length : closing + 3;
        }

        var end = text.IndexOf('>', at, Math.Min(LookMax, text.Length - at));
        if (end < 0 || end == at + 1 || !(char.IsAsciiLetter(text[at + 1]) || text[at + 1] == '/'))
        {
            return at;
        }

        var inner = text[(at + 1)..end];
        if (Url(inner) is { } url)
        {
            Flush(pieces, plain, style, href);
            pieces.Add(new Piece(new StyledRun(inner, linkStyle, url)));
            return end + 1;
        }

        var name = new string([.. inner.TrimStart('/').TakeWhile(char.IsAsciiLetterOrDigit)]).ToLowerInvariant();
        switch (name)
        {
            case "br" or "p" or "div" or "tr" or "li":
                Flush(pieces, plain, style, href);
                if (pieces.Count > 0 && pieces[^1].Run.Text != RunWrap.Break)
                {
                    pieces.Add(new Piece(new StyledRun(RunWrap.Break, style)));
                }

                break;
            case "img":
                var words = Attribute(inner, "alt") is { Length: > 0 } alt ? $"[{WebUtility.HtmlDecode(alt)}]" : "[image]";
                Flush(pieces, plain, style, href);
                pieces.Add(new Piece(new StyledRun(words, href is null ? style : linkStyle, href)));
                break;
            case "a":
                Flush(pieces, plain, href == outer ? style : linkStyle, href);
                href = inner[0] == '/' ? outer : Url(Attribute(inner, "href")) ?? outer;
                break;
        }

        return end + 1;
    }

    private static string? Attribute(string tag, string name)
    {
        var at = tag.IndexOf($"{name}=", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at + name.Length + 1 >= tag.Length)
        {
            return null;
        }

        var value = tag[(at + name.Length + 1)..];
        var quote = value[0] is '"' or '\'' ? value[0] : ' ';
        var from = quote == ' ' ? 0 : 1;
        var end = value.IndexOf(quote, from);
        return end < 0 ? value[from..] : value[from..end];
    }

    private static int BareUrl(string text, int at)
    {
        if (!text.AsSpan(at).StartsWith("http://") && !text.AsSpan(at).StartsWith("https://"))
        {
            return 0;
        }

        var end = at;
        while (end < text.Length && text[end] > ' ' && text[end] is not ('<' or '>' or '"' or '`' or ')' or ']'))
        {
            end++;
        }

        while (end > at && text[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'')
        {
            end--;
        }

        return end - at > "https://".Length ? end - at : 0;
    }

    /// <summary>Only addresses that a browser opens; a place in the same text or in the package leads nowhere here.</summary>
    private static string? Url(string? text) =>
        text is not null && (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        && text.All(c => c is > ' ' and < '\u007f') ? text : null;

    private static int Delimiter(string text, int at, Style style, string? href, List<Piece> pieces, StringBuilder plain)
    {
        var (sign, length) = (text[at], RunLength(text, at));
        var (before, after) = (at == 0 ? ' ' : text[at - 1], at + length >= text.Length ? ' ' : text[at + length]);
        var opens = !char.IsWhiteSpace(after) && (sign != '_' || !char.IsLetterOrDigit(before));
        var closes = !char.IsWhiteSpace(before) && (sign != '_' || !char.IsLetterOrDigit(after));
        if ((!opens && !closes) || length > 3 || (sign == '~' && length != 2))
        {
            plain.Append(text, at, length);
            return at + length;
        }

        Flush(pieces, plain, style, href);
        pieces.Add(new Piece(new StyledRun(text.Substring(at, length), style, href), sign, length, opens, closes));
        return at + length;
    }

    private static int RunLength(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == text[at])
        {
            end++;
        }

        return end - at;
    }

    private static void Flush(List<Piece> pieces, StringBuilder plain, Style style, string? href)
    {
        if (plain.Length > 0)
        {
            var text = plain.ToString();
            pieces.Add(new Piece(new StyledRun(text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text, href is null ? style : linkStyle.With(style.Emphasis), href)));
            plain.Clear();
        }
    }

    // Signs that found a partner go, and what stands between them is emphasised.
    private static List<StyledRun> Resolved(List<Piece> pieces)
    {
        var (partners, open) = (new int[pieces.Count], new List<int>());
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            var partner = piece.Closes ? open.FindLastIndex(other => pieces[other].Sign == piece.Sign && pieces[other].Length == piece.Length) : -1;
            if (partner >= 0)
            {
                (partners[i], partners[open[partner]]) = (-1, 1);
                open.RemoveRange(partner, open.Count - partner);
            }
            else if (piece.Opens && open.Count < OpenMax)
            {
                open.Add(i);
            }
        }

        var runs = new List<StyledRun>();
        var depths = new int[4];
        for (var i = 0; i < pieces.Count; i++)
        {
            if (partners[i] != 0)
            {
                depths[pieces[i].Sign == '~' ? 0 : pieces[i].Length] += partners[i];
            }
            else
            {
                runs.Add(pieces[i].Run with { Style = pieces[i].Run.Style.With(EmphasisOf(depths)) });
            }
        }

        return runs;
    }

    private static Emphasis EmphasisOf(int[] depths) =>
        (depths[2] + depths[3] > 0 ? Emphasis.Strong : Emphasis.None) | (depths[1] + depths[3] > 0 ? Emphasis.Underline : Emphasis.None)
        | (depths[0] > 0 ? Emphasis.Faint : Emphasis.None);

    /// <param name="Sign">Of a sign that may begin or end emphasis; else NUL.</param>
    private readonly record struct Piece(StyledRun Run, char Sign = '\0', int Length = 0, bool Opens = false, bool Closes = false);

    private sealed record Bracketed(string Text, string? Target, int End);
}
