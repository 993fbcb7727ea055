using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Registry.Repo.Tests;

/// <summary>
/// Reads the `dependencies` block of docs/ARCHITECTURE.md and holds the compiled code to it.
/// An area is a folder under src/; its namespace has the same name. The block lists every
/// area and all that it may use, so a new arrow in the code is also a line in a reviewed document.
/// </summary>
public sealed class DependencyRulesTests
{
    private static readonly Assembly[] Sources = [Assembly.Load("Registry.Engine"), Assembly.Load("cairn")];

    [Fact]
    public void Code_uses_only_what_the_architecture_document_allows()
    {
        var allowed = ReadRules().ToDictionary(rule => rule.User, rule => rule.Used, StringComparer.Ordinal);

        var forbidden =
            from assembly in Sources
            from type in assembly.GetTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.DeclaringType is not null
            let user = Area(type)
            where user is not null
            from used in TypeReferences.Of(type).Select(Area).OfType<string>().Distinct()
            where used != user && !(allowed.TryGetValue(user, out var may) && may.Contains(used))
            select $"{type.FullName} uses {used}, which {user} may not";

        var broken = forbidden.Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    [Fact]
    public void Arrows_only_point_to_areas_listed_above()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (user, used) in ReadRules())
        {
            Assert.Subset(seen, used);
            seen.Add(user);
        }
    }

    private static IEnumerable<(string User, HashSet<string> Used)> ReadRules() =>
        File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "ARCHITECTURE.md"))
            .SkipWhile(line => line != "```dependencies").Skip(1)
            .TakeWhile(line => line != "```")
            .Select(line => line.Split("->", StringSplitOptions.TrimEntries))
            .Select(sides => (
                sides[0],
                sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal)));

    private static string? Area(Type type) =>
        type.Namespace is { } name && (name == "Registry.Tui" || name.StartsWith("Registry.", StringComparison.Ordinal))
            ? string.Join('.', name.Split('.').Skip(1).Take(2))
            : Sources.Contains(type.Assembly) && type.Namespace is null && type.Name == "Program" ? "Tui" : null;

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
