using Registry.Testing;

namespace Registry.Engine.Tests.Resolution;

public class ScenarioTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Engine.Tests", "Resolution", "Scenarios");

    public static TheoryData<string, string> Scenarios()
    {
        var data = new TheoryData<string, string>();
        foreach (var (file, title, _) in All())
        {
            data.Add(file, title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Plays(string file, string title) =>
        Scenario.Play(All().Single(scenario => scenario.File == file && scenario.Title == title).Text);

    /// <summary>A scenario starts at a line `== title` and ends at the next.</summary>
    private static IEnumerable<(string File, string Title, string Text)> All() =>
        from path in Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal)
        from part in ("\n" + File.ReadAllText(path).ReplaceLineEndings("\n")).Split("\n== ").Skip(1)
        let end = part.IndexOf('\n', StringComparison.Ordinal)
        select (Path.GetFileNameWithoutExtension(path), part[..end].Trim(), part[(end + 1)..]);
}
