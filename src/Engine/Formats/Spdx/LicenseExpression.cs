using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Registry.Engine.Formats.Spdx;

/// <summary>
/// An SPDX licence expression (SPDX 2.3, annex D): WITH binds tighter than AND, AND tighter than OR. Ids and operators in
/// any case; `MIT/Apache-2.0`, as old packages have it, is read as OR. Kept in postfix order, so that depth costs no stack.
/// </summary>
public sealed class LicenseExpression
{
    /// <summary>In UTF-16 units.</summary>
    public const int LengthMax = 32 << 10;

    private readonly ImmutableArray<LicenseStep> _steps;

    internal LicenseExpression(ImmutableArray<LicenseStep> steps) => _steps = steps;

    /// <summary>Its licences, each once, in the order they stand.</summary>
    public IEnumerable<LicenseTerm> Terms => _steps.Where(step => step.Term is not null).Select(step => step.Term!).Distinct();

    /// <param name="why">What is wrong with the text, as the end of a sentence; null when nothing is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LicenseExpression? expression, [NotNullWhen(false)] out string? why)
    {
        if (text.Length > LengthMax)
        {
            (expression, why) = (null, $"is longer than {LengthMax} characters");
            return false;
        }

        var parser = new LicenseParser(text);
        (expression, why) = parser.Parse() is { } steps ? (new LicenseExpression(steps), (string?)null) : (null, parser.Why!);
        return expression is not null;
    }

    /// <summary>
    /// Works out a value: one for each licence, then <paramref name="either"/> for OR and <paramref name="both"/> for AND.
    /// </summary>
    public T Fold<T>(Func<LicenseTerm, T> one, Func<T, T, T> either, Func<T, T, T> both)
    {
        var values = new Stack<T>();
        foreach (var step in _steps)
        {
            if (step.Term is { } term)
            {
                values.Push(one(term));
                continue;
            }

            var right = values.Pop();
            values.Push((step.IsOr ? either : both)(values.Pop(), right));
        }

        return values.Pop();
    }

    /// <summary>In the list's spelling, with the parentheses that are needed.</summary>
    public override string ToString() => Fold<(string Text, bool IsOr)>(
        term => (term.ToString(), false),
        (a, b) => ($"{a.Text} OR {b.Text}", true),
        (a, b) => ($"{Within(a)} AND {Within(b)}", false)).Text;

    private static string Within((string Text, bool IsOr) side) => side.IsOr ? $"({side.Text})" : side.Text;
}

/// <summary>A licence, or an operator on the two values before it.</summary>
internal readonly record struct LicenseStep(LicenseTerm? Term, bool IsOr);
