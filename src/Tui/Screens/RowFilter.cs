using System.Collections.Immutable;

namespace Registry.Tui.Screens;

/// <summary>
/// What is typed behind `/`: words that a row must have, all of them. `n:` looks in names only, `d:` in descriptions, `dup:`
/// wants several versions, `-` turns a word round, and one of `! ^ + = ? ~` alone wants that sign.
/// </summary>
internal sealed record RowFilter(ImmutableArray<FilterTerm> Terms)
{
    private const string Signs = "!^+=?~*";

    public static RowFilter Nothing { get; } = new([]);

    public bool IsEmpty => Terms.IsEmpty;

    public static RowFilter Parse(string text) =>
        new([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word != "-").Select(Term).Where(term => term.Kind is FilterKind.Duplicate || term.Word.Length > 0)]);

    public bool Admits(in FilteredRow row)
    {
        foreach (var term in Terms)
        {
            if (Has(row, term) == term.IsNegated)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Has(in FilteredRow row, FilterTerm term) => term.Kind switch
    {
        FilterKind.Name => row.Name.Contains(term.Word, StringComparison.OrdinalIgnoreCase),
        FilterKind.Description => row.Description.Contains(term.Word, StringComparison.OrdinalIgnoreCase),
        FilterKind.Duplicate => row.IsDuplicate && row.Name.Contains(term.Word, StringComparison.OrdinalIgnoreCase),
        FilterKind.Sign => row.Sign == term.Word[0],
        _ => row.Name.Contains(term.Word, StringComparison.OrdinalIgnoreCase),
    };

    private static FilterTerm Term(string word)
    {
        var isNegated = word.Length > 1 && word[0] == '-';
        var rest = isNegated ? word[1..] : word;
        return rest switch
        {
            [var sign] when Signs.Contains(sign, StringComparison.Ordinal) => new(FilterKind.Sign, rest, isNegated),
            ['n', ':', .. var name] => new(FilterKind.Name, name, isNegated),
            ['d', ':', .. var description] => new(FilterKind.Description, description, isNegated),
            ['d', 'u', 'p', ':', .. var name] => new(FilterKind.Duplicate, name, isNegated),
            _ => new(FilterKind.Any, rest, isNegated),
        };
    }
}

internal enum FilterKind
{
    Any,
    Name,
    Description,
    Duplicate,
    Sign,
}

internal sealed record FilterTerm(FilterKind Kind, string Word, bool IsNegated);

/// <summary>What a filter looks at.</summary>
internal readonly record struct FilteredRow(string Name, string Description, char Sign, bool IsDuplicate);
