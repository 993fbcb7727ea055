using Registry.Testing;

namespace Registry.Engine.Tests.Resolution;

/// <summary>docs/CONFLICTS.md tells the ten conflicts as the resolver does; tests/conflicts-theirs.py writes it.</summary>
public class ConflictsDocumentTests
{
    private static readonly string Scenarios =
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Engine.Tests", "Resolution", "Scenarios", "conflicts.txt")).ReplaceLineEndings("\n");

    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "CONFLICTS.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_document_says_what_the_scenarios_prove()
    {
        var parts = ("\n" + Scenarios).Split("\n== ").Skip(1).ToList();
        var told = ("\n" + Document).Split("\n## ").Skip(1).ToList();
        Assert.Equal(10, parts.Count);
        Assert.Equal(parts.Count, told.Count);
        foreach (var (part, text) in parts.Zip(told))
        {
            var lines = part.Split('\n');
            Assert.StartsWith($"{lines[0]}\n\n```text\n{string.Join('\n', Block(lines, "fails"))}\n```\n", text, StringComparison.Ordinal);
            Assert.Contains($"\n\n{string.Join('\n', Block(lines, "repairs").Select(line => $"- {line}"))}\n", text, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Block(string[] lines, string verb) =>
        lines.SkipWhile(line => !line.StartsWith(verb, StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line[2..]);
}
