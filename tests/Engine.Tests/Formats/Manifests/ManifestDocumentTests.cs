using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats.Manifests;

public sealed class ManifestDocumentTests
{
    [Fact]
    public void The_manifest_of_the_founding_document_loads_unchanged()
    {
        var text = Fixture("gal.toml");

        var document = ManifestDocument.Parse(text, "gal.toml");
        var manifest = document.Manifest;

        Assert.Equal(text, document.Text);
        Assert.Empty(document.Warnings);
        Assert.Equal("my-package", manifest.Package!.Name.Value);
        Assert.Equal("1.0.0", manifest.Package.Version.ToString());
        Assert.Equal(["Your Name <your@email.com>"], manifest.Package.Authors);
        Assert.Equal("2024", manifest.Package.Edition);
        Assert.True(manifest.Package.Engines["gal"].Admits(new(1, 4, 0)));
        Assert.Equal(
            ["actor-utils ^1.2.0", "chaos-lib 0.5", "local-dep *", "git-dep *", "codegen-helper 1.0", "test-framework ^2.0"],
            manifest.Dependencies.Select(d => $"{d.Name} {d.Constraint}"));
        Assert.Equal(["scheduling"], manifest.Dependencies[1].Features);
        Assert.Equal(new DependencyOrigin.Path("../local-dep"), manifest.Dependencies[2].Origin);
        Assert.Equal(new DependencyOrigin.Git("https://github.com/user/repo", new(GitReferenceKind.Tag, "v1.0")), manifest.Dependencies[3].Origin);
        Assert.Equal(["actor-utils/default"], manifest.Features["standard"]);
        Assert.Equal(["dev", "release"], manifest.Profiles.Keys);
        Assert.Equal(new TextPlace("gal.toml", 15, 1), manifest.Places[new(DependencyGroup.Normal, "actor-utils")]);
    }

    [Fact]
    public void The_registries_file_of_the_founding_document_loads_unchanged()
    {
        var document = RegistriesDocument.Parse(Fixture("registries.toml"), "registries.toml");

        Assert.Empty(document.Warnings);
        Assert.Equal(["default", "company"], document.Registries.Select(r => r.Name));
        Assert.Equal([true, false], document.Registries.Select(r => r.IsDefault));
        Assert.Equal("company-team", document.Registries[1].Extra["trusted_publishers"]);
    }

    private static string Fixture(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Engine.Tests", "Formats", "Manifests", "Fixtures", name));
}
