using System.Text;
using Registry.Engine.Formats.Foreign;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;

namespace Registry.Engine.Tests.Formats.Foreign;

public sealed class ForeignManifestTextTests
{
    [Fact]
    public void What_is_written_is_read_again_with_nothing_lost()
    {
        var foreign = CargoToml.Read(Encoding.UTF8.GetBytes("""
            [package]
            name = "runtime"
            version = "1.2.3"
            description = 'a "quoted" text'
            license = "MIT"
            keywords = ["io"]
            rust-version = "1.63"
            [workspace]
            members = ["crates/a"]
            [workspace.dependencies]
            serde = { version = "1.0", features = ["derive"] }
            log = "0.4"
            [features]
            full = ["net"]
            net = ["dep:mio", "mio/net"]
            [dependencies]
            mio = { version = "0.8.6", optional = true, default-features = false, features = ["x"] }
            old = { package = "log", version = "0.3" }
            [dev-dependencies]
            tempfile = ">= 3.1.0, < 4"
            [patch.crates-io]
            mio = { git = "https://example.org/mio.git", tag = "v1" }
            """), "Cargo.toml");

        var text = ForeignManifestText.Write(foreign, "Cargo.toml", "node_modules");

        var document = ManifestDocument.Parse(text, "cairn.toml");
        Assert.Empty(document.Warnings);
        Assert.Equal(foreign.Manifest.Dependencies.Select(Print), document.Manifest.Dependencies.Select(Print));
        Assert.Equal(foreign.Manifest.Workspace!.Dependencies.Select(Print).Order(), document.Manifest.Workspace!.Dependencies.Select(Print).Order());
        Assert.Equal(foreign.Manifest.Features.Select(f => (f.Key, string.Join(' ', f.Value))), document.Manifest.Features.Select(f => (f.Key, string.Join(' ', f.Value))));
        Assert.Equal(foreign.Manifest.Package!.Description, document.Manifest.Package!.Description);
        Assert.Equal("mio", document.Manifest.Resolution.Overrides.Single().Name.Value);
        Assert.Equal(DuplicatesPolicy.Compatible, document.Manifest.Resolution.Duplicates);
        Assert.Equal("node_modules", document.Manifest.Install.Directory);
    }

    [Theory]
    [InlineData("""{ "name": "a", "version": "1.0.0" }""")]
    [InlineData("""{ "license": "see the file", "homepage": "javascript:alert(1)", "keywords": ["a","b","c","d","e","f","g","h","i","j","k"], "repository": "user@host:x" }""")]
    [InlineData("""{ "name": "a", "dependencies": { "a": "1", "b-c": "1", "b.c": "2", "@x/y": "^1 || ^2", "q": "<0.0.0", "p": "file:../p q" } }""")]
    [InlineData("""{ "name": "a", "scripts": { "a b": "echo \"\\\n\t\u0001" }, "workspaces": ["../x", "packages/*", "!packages/y"], "overrides": { "z": "1" } }""")]
    [InlineData("""{ "name": "a", "engines": { "node": "14 || >=16", "npm": "nope" }, "optionalDependencies": { "f": "*" }, "devDependencies": { "g": "github:x/y#-bad" } }""")]
    public void Whatever_comes_over_can_be_read(string json)
    {
        var foreign = PackageJson.Read(Encoding.UTF8.GetBytes(json), "package.json", PackageName.Parse("fallback"));

        var document = ManifestDocument.Parse(ForeignManifestText.Write(foreign, "package.json"), "cairn.toml");

        Assert.Equal(foreign.Manifest.Dependencies.Length, document.Manifest.Dependencies.Length);
    }

    private static string Print(Dependency dependency) => $"{dependency with { Features = [] }} {string.Join(' ', dependency.Features)}";
}
