namespace Registry.Engine.Formats.Spdx;

/// <summary>One licence of an expression, in the spelling of the SPDX list where it is on it.</summary>
/// <param name="Id">As `MIT`, `GPL-2.0-or-later`, `LicenseRef-ours`.</param>
/// <param name="Exception">What follows WITH; null when nothing does.</param>
/// <param name="IsOrLater">Written with `+` (ids that say `-or-later` themselves do not need it).</param>
/// <param name="IsKnown">Whether the list has the licence and the exception; a `LicenseRef-` is always known.</param>
public sealed record LicenseTerm(string Id, string? Exception, bool IsOrLater = false, bool IsKnown = true)
{
    private const string Only = "-only";
    private const string OrLater = "-or-later";

    /// <summary>Whether the licence leaves the choice of a later version.</summary>
    public bool AllowsLater => IsOrLater || Id.EndsWith(OrLater, StringComparison.Ordinal);

    /// <summary>
    /// Whether somebody who agrees to <paramref name="allowed"/> may take this one: the same licence and exception, or a
    /// version of it that both cover. `GPL-2.0-or-later` may be taken where `GPL-3.0-only` is allowed.
    /// </summary>
    public bool IsCoveredBy(LicenseTerm allowed)
    {
        if (Exception != allowed.Exception)
        {
            return false;
        }

        if (Id == allowed.Id)
        {
            return true;
        }

        var (stem, version) = Split();
        var (allowedStem, allowedVersion) = allowed.Split();
        return version is not null && allowedVersion is not null && stem == allowedStem
            && (version == allowedVersion || (version < allowedVersion ? AllowsLater : allowed.AllowsLater));
    }

    public override string ToString() => $"{Id}{(IsOrLater ? "+" : "")}{(Exception is null ? "" : " WITH " + Exception)}";

    /// <summary>The same licence with the choice of a later version, in the list's way of saying so.</summary>
    internal LicenseTerm OrAnyLater() =>
        Id.EndsWith(Only, StringComparison.Ordinal) ? this with { Id = Id[..^Only.Length] + OrLater }
        : AllowsLater ? this
        : this with { IsOrLater = true };

    /// <summary>`GPL-2.0-only` is version 2.0 of `GPL`. No version when the id does not end with one.</summary>
    private (string Stem, Version? Version) Split()
    {
        var bare = Id.EndsWith(Only, StringComparison.Ordinal) ? Id[..^Only.Length]
            : Id.EndsWith(OrLater, StringComparison.Ordinal) ? Id[..^OrLater.Length]
            : Id;
        var dash = bare.LastIndexOf('-');
        var last = bare[(dash + 1)..];
        return dash > 0 && Version.TryParse(last.Contains('.', StringComparison.Ordinal) ? last : last + ".0", out var version)
            ? (bare[..dash], version)
            : (bare, null);
    }
}
