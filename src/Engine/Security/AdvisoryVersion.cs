using Registry.Engine.Model;

namespace Registry.Engine.Security;

/// <summary>
/// Versions as advisories write them. `v1.2.0` and missing parts (`1.2`, `3`) mean the same in every ecosystem that
/// writes them so; anything else that is no SemVer stays unknown, since each ecosystem orders it in its own way.
/// </summary>
internal static class AdvisoryVersion
{
    public static SemanticVersion? TryParse(string text)
    {
        if (SemanticVersion.TryParse(text, out var version))
        {
            return version;
        }

        var bare = text.Length > 0 && text[0] is 'v' or 'V' ? text.AsSpan(1) : text;
        var end = bare.IndexOfAny('-', '+');
        var core = end < 0 ? bare : bare[..end];
        var missing = 2 - core.Count('.');
        if (missing < 0 || bare.Length > SemanticVersion.LengthMax || core.IndexOfAnyExcept("0123456789.") >= 0)
        {
            return null;
        }

        return SemanticVersion.TryParse(string.Concat(core, ".0.0".AsSpan(0, 2 * missing), bare[core.Length..]), out version) ? version : null;
    }
}
