namespace Registry.Engine.Model;

/// <summary>
/// What advisories call a family of packages: `crates.io`, `PyPI`, `Packagist:https://…`. Plain text, compared by letter;
/// the OSV schema has the list, which grows.
/// </summary>
public static class EcosystemName
{
    private const int LengthMax = 200;

    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= LengthMax } && text.Trim() == text && text.All(letter => letter is >= ' ' and <= '~');

    /// <summary>The text, or null where it could not be one: a name we cannot use is as good as none.</summary>
    public static string? Parse(string? text) => IsValid(text) ? text : null;
}
