using System.Diagnostics.CodeAnalysis;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>npm's `@scope/name` is our `scope/name`; other names stay.</summary>
internal static class NpmName
{
    public static bool TryParse(string text, [NotNullWhen(true)] out PackageName? name) =>
        PackageName.TryParse(text.StartsWith('@') && text.Contains('/', StringComparison.Ordinal) ? text[1..] : text, out name);
}
