using Registry.Engine.Model;

namespace Registry.Engine.Operations.Searching;

/// <summary>
/// Names that may be taken for another: one letter more, less, other or swapped, or other dividers. What to do about it is
/// for who looks at it; most are honest.
/// </summary>
public static class LookAlike
{
    // Shorter names are all near each other.
    private const int LengthMin = 4;

    /// <summary>The known name that this one may be taken for; null when it is known itself, or there is none.</summary>
    /// <param name="known">Names that are trusted: those a project uses.</param>
    public static PackageName? Of(PackageName name, IEnumerable<PackageName> known)
    {
        PackageName? found = null;
        foreach (var other in known)
        {
            if (other == name)
            {
                return null;
            }

            found ??= IsNear(name.Normal, other.Normal) ? other : null;
        }

        return found;
    }

    private static bool IsNear(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) < LengthMin)
        {
            return false;
        }

        return (Math.Abs(a.Length - b.Length) <= 1 && IsOneEdit(a, b))
            || (Math.Abs(a.Length - b.Length) <= 3 && WithoutDividers(a) == WithoutDividers(b));
    }

    // The same beginning and end around one letter more, less or other, or two that are swapped.
    private static bool IsOneEdit(string a, string b)
    {
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
        {
            start++;
        }

        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)])
        {
            end++;
        }

        var (left, right) = (a[start..^end], b[start..^end]);
        return (left.Length <= 1 && right.Length <= 1) || (left.Length == 2 && right.Length == 2 && left[0] == right[1] && left[1] == right[0]);
    }

    private static string WithoutDividers(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);
}
