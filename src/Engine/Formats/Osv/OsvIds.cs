using System.Diagnostics.CodeAnalysis;

namespace Registry.Engine.Formats.Osv;

/// <summary>Ids of advisories.</summary>
public static class OsvIds
{
    /// <summary>Whether a text can be an id: letters, digits and `-_.:`, a letter or digit first, at most 128 characters.</summary>
    public static bool IsId([NotNullWhen(true)] string? text)
    {
        if (text is null || text.Length is 0 or > OsvLimits.IdLengthMax || !char.IsAsciiLetterOrDigit(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':'))
            {
                return false;
            }
        }

        return true;
    }
}
