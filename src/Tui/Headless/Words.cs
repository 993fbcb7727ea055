using Registry.Engine.Model;

namespace Registry.Tui.Headless;

/// <summary>Words of the command line that have a form of their own.</summary>
internal static class Words
{
    /// <summary>`NAME` or `NAME@VERSION`.</summary>
    public static (PackageName Name, SemanticVersion? Version) NameAndVersion(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (PackageName.Parse(text), null) : (PackageName.Parse(text[..at]), SemanticVersion.Parse(text[(at + 1)..]));
    }
}
