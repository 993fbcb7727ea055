using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Resolution;

/// <summary>Reads `NAME VERSION [words] -> DEPENDENCY; DEPENDENCY` of scenario files.</summary>
internal static class ReleaseText
{
    public static Release Read(string text)
    {
        var parts = text.Split("->", 2);
        var words = new Queue<string>(parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var id = new PackageId(PackageName.Parse(words.Dequeue()), SemanticVersion.Parse(words.Dequeue()));
        var details = new ReleaseDetails
        {
            Dependencies = parts.Length < 2 ? []
                : [.. parts[1].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Dependency)],
        };
        var status = ReleaseStatus.Ok;
        DateTimeOffset? published = null;
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "yanked" or "quarantined" or "revoked":
                    status = Enum.Parse<ReleaseStatus>(word, true);
                    break;
                case "because":
                    details = details with { Reason = new("", string.Join(' ', words), null) };
                    words.Clear();
                    break;
                case "at":
                    published = Scenario.Date(words.Dequeue());
                    break;
                case "engine":
                    details = details with { Engines = details.Engines.Add(words.Dequeue(), Constraint.Parse(words.Dequeue())) };
                    break;
                case "links":
                    details = details with { Links = words.Dequeue() };
                    break;
                default:
                    throw new InvalidOperationException($"unknown word `{word}`");
            }
        }

        return new(id, published, status, details);
    }

    public static ImmutableArray<string> Entries(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    public static Dependency Dependency(string text)
    {
        var words = new Queue<string>(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var dependency = new Dependency(PackageName.Parse(words.Dequeue()), Constraint.Any, DependencyGroup.Normal, DependencyOrigin.Feed.Routed);
        var constraint = new List<string>();
        while (words.TryDequeue(out var word))
        {
            dependency = word switch
            {
                "optional" => dependency with { IsOptional = true },
                "nodefault" => dependency with { UsesDefaultFeatures = false },
                "dev" => dependency with { Group = DependencyGroup.Dev },
                "build" => dependency with { Group = DependencyGroup.Build },
                "as" => dependency with { Alias = words.Dequeue() },
                "path" => dependency with { Origin = new DependencyOrigin.Path(words.Dequeue()) },
                "git" => dependency with { Origin = new DependencyOrigin.Git(words.Dequeue(), GitReference.Default) },
                "registry" => dependency with { Origin = new DependencyOrigin.Feed(words.Dequeue()) },
                "member" => dependency with { Origin = new DependencyOrigin.Member() },
                _ when word.StartsWith('+') => dependency with { Features = [.. word[1..].Split('+')] },
                _ => Keep(dependency, constraint, word),
            };
        }

        return constraint.Count == 0 ? dependency : dependency with { Constraint = Constraint.Parse(string.Join(' ', constraint)) };
    }

    private static Dependency Keep(Dependency dependency, List<string> constraint, string word)
    {
        constraint.Add(word);
        return dependency;
    }
}
