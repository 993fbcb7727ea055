using System.Collections.Immutable;

namespace Registry.Engine.Formats.Archives;

/// <summary>A rule and where it stands, as in `src/.gitignore:3`.</summary>
public sealed record IgnoreRule(FilePattern Pattern, string File, int Line)
{
    public override string ToString() => $"`{Pattern}` ({File}:{Line})";
}

/// <summary>The rules of the ignore files from the top folder down to one folder. The last rule that matches decides.</summary>
internal sealed class IgnoreRules
{
    private const int FileLengthMax = 1 << 20;

    private static readonly string[] FileNames = [".gitignore", ".cairnignore"];

    private readonly ImmutableArray<(string Base, IgnoreRule Rule)> _rules;

    private IgnoreRules(ImmutableArray<(string, IgnoreRule)> rules) => _rules = rules;

    public static IgnoreRules None { get; } = new([]);

    /// <summary>These rules and those of a folder; `.cairnignore` after `.gitignore`, so it can take its rules back.</summary>
    /// <param name="prefix">Of the folder relative to the top: empty, or ending in `/`.</param>
    public IgnoreRules Within(string folder, string prefix)
    {
        var rules = _rules.ToBuilder();
        foreach (var name in FileNames)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (!file.Exists || file.LinkTarget is not null || file.Length is 0 or > FileLengthMax)
            {
                continue;
            }

            var line = 0;
            foreach (var text in File.ReadLines(file.FullName))
            {
                line++;
                if (FilePattern.Parse(text) is { } pattern)
                {
                    rules.Add((prefix, new(pattern, prefix + name, line)));
                }
            }
        }

        return rules.Count == _rules.Length ? this : new(rules.ToImmutable());
    }

    /// <returns>The rule that keeps the path out; null when none does.</returns>
    public IgnoreRule? Decide(string path, PathKind kind)
    {
        for (var i = _rules.Length - 1; i >= 0; i--)
        {
            var (prefix, rule) = _rules[i];
            if (rule.Pattern.Matches(path[prefix.Length..], kind))
            {
                return rule.Pattern.IsNegated ? null : rule;
            }
        }

        return null;
    }
}
