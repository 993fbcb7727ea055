using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Spdx;

/// <summary>Reads an expression by Dijkstra's two stacks; used once.</summary>
internal sealed class LicenseParser(string text)
{
    private enum Mark
    {
        Open,
        Or,
        And,
    }

    private readonly ImmutableArray<LicenseStep>.Builder _steps = ImmutableArray.CreateBuilder<LicenseStep>();
    private readonly Stack<Mark> _waiting = new();
    private int _at;

    /// <summary>What is wrong, once <see cref="Parse"/> gave null.</summary>
    public string? Why { get; private set; }

    public ImmutableArray<LicenseStep>? Parse()
    {
        var isTermNext = true;
        for (var word = Next(); word.Length > 0; word = Next())
        {
            if (isTermNext ? !TakeTerm(word, ref isTermNext) : !TakeOperator(word, ref isTermNext))
            {
                return null;
            }
        }

        if (isTermNext)
        {
            Refuse(_steps.Count == 0 && _waiting.Count == 0 ? "is empty" : "ends where a licence should follow");
            return null;
        }

        while (_waiting.TryPop(out var mark))
        {
            if (mark == Mark.Open)
            {
                Refuse("has a parenthesis that is not closed");
                return null;
            }

            _steps.Add(new(null, mark == Mark.Or));
        }

        return _steps.ToImmutable();
    }

    private bool TakeTerm(string word, ref bool isTermNext)
    {
        if (word == "(")
        {
            _waiting.Push(Mark.Open);
            return true;
        }

        isTermNext = false;
        if (ReadTerm(word) is not { } term)
        {
            return false;
        }

        _steps.Add(new(term, false));
        return true;
    }

    private bool TakeOperator(string word, ref bool isTermNext)
    {
        if (word == ")")
        {
            Unwind(Mark.Open);
            return _waiting.TryPop(out _) || Refuse("closes a parenthesis that is not open");
        }

        Mark? mark = IsWord(word, "AND") ? Mark.And : IsWord(word, "OR") || word == "/" ? Mark.Or : null;
        if (mark is not { } known)
        {
            return Refuse($"has `{Printable.Clip(word, 60)}` where AND, OR or WITH should stand");
        }

        Unwind(known);
        _waiting.Push(known);
        isTermNext = true;
        return true;
    }

    /// <summary>What waits and binds at least as tightly as the mark applies now.</summary>
    private void Unwind(Mark mark)
    {
        while (_waiting.TryPeek(out var top) && top != Mark.Open && top >= mark)
        {
            _steps.Add(new(null, _waiting.Pop() == Mark.Or));
        }
    }

    private LicenseTerm? ReadTerm(string word)
    {
        var term = LicenseOf(word);
        if (term is null)
        {
            Refuse($"has `{Printable.Clip(word, 60)}` where a licence should stand");
            return null;
        }

        var before = _at;
        if (!IsWord(Next(), "WITH"))
        {
            _at = before;
            return term;
        }

        var exception = Next();
        if (term.Exception is not null || !IsId(exception))
        {
            Refuse(term.Exception is null ? "has no exception after WITH" : $"has two exceptions at `{word}`");
            return null;
        }

        return term with { Exception = SpdxIds.Exception(exception) ?? exception, IsKnown = term.IsKnown && SpdxIds.IsException(exception) };
    }

    private static LicenseTerm? LicenseOf(string word)
    {
        if (SpdxIds.License(word) is { } known)
        {
            return known;
        }

        if (word.EndsWith('+') && SpdxIds.License(word[..^1]) is { } least)
        {
            return least.OrAnyLater();
        }

        if (IsWord(word, "AND") || IsWord(word, "OR") || IsWord(word, "WITH") || !IsId(word))
        {
            return null;
        }

        return new(word, null, IsKnown: IsReference(word));
    }

    private static bool IsReference(string word) =>
        word.StartsWith("LicenseRef-", StringComparison.Ordinal)
        || (word.StartsWith("DocumentRef-", StringComparison.Ordinal) && word.Contains(":LicenseRef-", StringComparison.Ordinal));

    private static bool IsId(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':' or '+') && !IsWord(word, "AND") && !IsWord(word, "OR");

    private static bool IsWord(string word, string wanted) => word.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    /// <summary>The next word, parenthesis or slash; empty at the end.</summary>
    private string Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '/'))
        {
            _at++;
        }

        _at = _at == start && _at < text.Length ? _at + 1 : _at;
        return text[start.._at];
    }

    private bool Refuse(string why)
    {
        Why ??= why;
        return false;
    }
}
