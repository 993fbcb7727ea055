using System.Collections.Immutable;
using Registry.Engine.Formats.Spdx;
using Registry.Engine.Model;

namespace Registry.Engine.Security;

public enum LicenseOutcome
{
    Satisfied,

    /// <summary>A licence that is needed is not allowed.</summary>
    Refused,

    /// <summary>It cannot be told: no licence is stated, or one that is no SPDX expression or id.</summary>
    Unknown,
}

/// <param name="Reason">As the end of a sentence about the package; empty when satisfied.</param>
/// <param name="License">In the spelling of the SPDX list where it could be read, else as stated; null when none is stated.</param>
public sealed record LicenseVerdict(LicenseOutcome Outcome, string Reason, string? License);

/// <summary>Which licences a project takes: those allowed for all, and more for single packages. What is not allowed is refused.</summary>
/// <param name="Exceptions">What one package may have besides.</param>
public sealed record LicensePolicy(
    ImmutableArray<LicenseTerm> Allowed, ImmutableSortedDictionary<PackageName, ImmutableArray<LicenseTerm>> Exceptions)
{
    private readonly record struct Judgement(LicenseOutcome Outcome, string Reason);

    /// <param name="stated">What the package says; null or empty when it says nothing.</param>
    public LicenseVerdict Evaluate(PackageName package, string? stated)
    {
        if (string.IsNullOrWhiteSpace(stated) || stated is "NONE" or "NOASSERTION")
        {
            return new(LicenseOutcome.Unknown, "states no licence", null);
        }

        if (!LicenseExpression.TryParse(stated, out var expression, out var why))
        {
            var shown = Printable.Clip(stated, 100);
            return new(LicenseOutcome.Unknown, $"states `{shown}`, which is no SPDX expression: it {why}", shown);
        }

        var allowed = Exceptions.TryGetValue(package, out var more) ? Allowed.AddRange(more) : Allowed;
        var judgement = expression.Fold(term => Judge(term, allowed), Either, Both);
        return new(judgement.Outcome, judgement.Reason, Printable.Of(expression.ToString()));
    }

    private static Judgement Judge(LicenseTerm term, ImmutableArray<LicenseTerm> allowed)
    {
        if (allowed.Any(term.IsCoveredBy))
        {
            return new(LicenseOutcome.Satisfied, "");
        }

        return term.IsKnown
            ? new(LicenseOutcome.Refused, $"needs `{term}`, which is not allowed")
            : new(LicenseOutcome.Unknown, $"states `{Printable.Clip(term.ToString(), 100)}`, which is not on the SPDX list");
    }

    private static Judgement Either(Judgement a, Judgement b) => Trouble(a) <= Trouble(b) ? a : b;

    private static Judgement Both(Judgement a, Judgement b) => Trouble(a) >= Trouble(b) ? a : b;

    private static int Trouble(Judgement judgement) => judgement.Outcome switch
    {
        LicenseOutcome.Satisfied => 0,
        LicenseOutcome.Unknown => 1,
        _ => 2,
    };
}
