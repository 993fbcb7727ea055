using Registry.EndToEnd.Tests.Scripting;
using Registry.Testing;

namespace Registry.EndToEnd.Tests;

public sealed class ScriptTests
{
    private static string Folder => Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Scripts");

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_runs_as_it_says(string name)
    {
        using var run = new ScriptRun(Script.Parse(name, await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.txt"), TestContext.Current.CancellationToken)));

        await run.RunAsync();
    }
}
