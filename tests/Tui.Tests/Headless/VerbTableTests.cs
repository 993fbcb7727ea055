using Registry.Testing;
using Registry.Tui.Headless;
using Registry.Tui.Headless.Help;

namespace Registry.Tui.Tests.Headless;

public sealed class VerbTableTests
{
    public static TheoryData<string> Names => [.. VerbTable.All.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_verb_is_described_in_full(string name)
    {
        var verb = VerbTable.Find(name)!;

        Assert.Equal(name, verb.Name);
        Assert.NotEmpty(verb.Examples);
        Assert.All(verb.Examples, example => Assert.StartsWith("cairn ", example.Command, StringComparison.Ordinal));
        Assert.All(verb.Flags, flag => Assert.StartsWith("--", flag.Name, StringComparison.Ordinal));
        Assert.Equal(verb.Flags.Length, verb.Flags.Select(flag => flag.Name).Distinct().Count());
        Assert.False(verb.Summary.EndsWith('.'));
        Assert.True(verb.Schema is null || File.Exists(Path.Combine(Repository.Root, "docs", "schemas", $"{verb.Schema}.json")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_short_flag_means_one_thing(string name)
    {
        var shorts = Tui.Headless.Parsing.CommandLine.FlagsOf(VerbTable.Find(name)!).Select(flag => flag.Short).OfType<string>().ToArray();

        Assert.Equal(shorts.Length, shorts.Distinct().Count());
    }

    [Fact]
    public void Everything_the_issue_names_is_there()
    {
        var verbs = VerbTable.Names.Select(name => name.Split(' ')[0]).ToHashSet();

        Assert.Subset(verbs, "init new add remove install update lock tree why why-not search info versions outdated list check pack publish yank unyank registry config clean store feed migrate demo completions help version".Split(' ').ToHashSet());
    }

    /// <summary>`UPDATE_SNAPSHOTS=1` writes the pages anew.</summary>
    [Fact]
    public void The_pages_of_docs_cli_are_made_from_the_table()
    {
        var folder = Path.Combine(Repository.Root, "docs", "cli");
        var pages = HelpPages.All().ToDictionary(page => page.File, page => page.Text);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var (file, text) in pages)
            {
                File.WriteAllText(Path.Combine(folder, file), text);
            }
        }

        Assert.Equal(pages.Keys.Order(), Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order());
        Assert.All(pages, page => Assert.Equal(page.Value, File.ReadAllText(Path.Combine(folder, page.Key))));
    }

    [Fact]
    public void The_version_of_the_fast_path_is_that_of_the_build() => Assert.Equal(
        ProgramVersion.Text, typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3));
}
