using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats;

/// <summary>The examples in docs/formats are read by the code they describe.</summary>
public sealed class DocumentedExamplesTests
{
    [Fact]
    public void The_example_manifest_is_read_without_a_warning()
    {
        var document = ManifestDocument.Parse(Examples("manifest.md")[0], "manifest.md");

        Assert.Empty(document.Warnings);
        Assert.Equal(12, document.Manifest.Dependencies.Length);
    }

    [Fact]
    public void The_example_registries_are_read_without_a_warning()
    {
        var document = RegistriesDocument.Parse(Examples("manifest.md")[1], "manifest.md");

        Assert.Empty(document.Warnings);
        Assert.Equal("main", Assert.Single(document.Registries, r => r.IsDefault).Name);
    }

    [Fact]
    public void The_example_lockfile_is_what_the_program_writes()
    {
        var text = Examples("lockfile.md")[0];

        Assert.Equal(text, LockfileText.Write(LockfileText.Read(text, "lockfile.md")));
    }

    [Fact]
    public void Every_documented_constraint_means_what_the_table_says()
    {
        var rows = Document("constraints.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();

        Assert.True(rows.Length > 15);
        foreach (var row in rows)
        {
            var cells = row.Replace("\\|", "\u0001", StringComparison.Ordinal).Split('|')
                .Select(cell => cell.Replace('\u0001', '|').Trim().Trim('`')).ToArray();
            Assert.Equal((cells[1], cells[2]), (cells[1], Constraint.Parse(cells[1]).Versions.ToString()));
        }
    }

    private static string[] Examples(string document) =>
        Document(document).Split("```toml\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)]).ToArray();

    private static string Document(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", name)).ReplaceLineEndings("\n");
}
