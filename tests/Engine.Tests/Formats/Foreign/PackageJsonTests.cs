using System.Text;
using Registry.Engine.Formats.Foreign;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Formats.Foreign;

public sealed class PackageJsonTests
{
    [Fact]
    public void A_real_manifest_comes_over()
    {
        var read = Read("""
            {
              "name": "@acme/tool", "version": "2.1.0", "description": "does it", "license": "MIT",
              "author": { "name": "Ann", "email": "ann@example.org" }, "contributors": ["Bob"],
              "repository": { "type": "git", "url": "git+https://example.org/acme/tool.git" },
              "keywords": ["a", "b"], "engines": { "node": ">=12" }, "main": "./index.js", "files": ["lib/", "!lib/test"],
              "dependencies": { "yargs": "^17.0.0", "@acme/log": "~1.2", "old": "npm:new@1.x", "near": "file:../near" },
              "devDependencies": { "mocha": "*" }, "optionalDependencies": { "fsevents": "^2" },
              "peerDependencies": { "react": ">=16", "vue": "3" }, "peerDependenciesMeta": { "vue": { "optional": true } },
              "scripts": { "test": "mocha", "postinstall": "node x" }, "bin": "cli.js", "overrides": { "minimist": "1.2.8", "a": { "b": "1" } }
            }
            """);

        var package = read.Manifest.Package!;
        Assert.Equal(("acme/tool", "2.1.0", "MIT"), (package.Name.Value, package.Version.ToString(), package.License));
        Assert.Equal(["Ann <ann@example.org>", "Bob"], package.Authors);
        Assert.Equal("https://example.org/acme/tool.git", package.Repository);
        Assert.Equal(["lib/", "package.json", "README*", "LICENSE*", "LICENCE*", "index.js"], package.Include);
        Assert.Equal(["lib/test"], package.Exclude);
        Assert.Equal(">=12", package.Engines["node"].Text);
        Assert.Equal(
            [
                "fsevents ^2 Normal optional", "yargs ^17.0.0 Normal", "acme/log ~1.2 Normal", "new 1.x Normal as old",
                "near * Normal path ../near", "react >=16 Normal", "mocha * Dev",
            ],
            read.Manifest.Dependencies.Select(Print));
        Assert.Equal(["minimist =1.2.8"], read.Manifest.Resolution.Overrides.Select(o => $"{o.Name} {o.Constraint}"));
        Assert.Equal("mocha", read.Scripts["test"]);
    }

    [Fact]
    public void What_does_not_come_over_is_listed_with_its_place()
    {
        var read = Read("""
            {
              "name": "a", "version": "1.0.0", "bin": { "a": "a.js" },
              "dependencies": { "tar": "https://example.org/x.tgz", "next": "canary", "odd": 3, "~bad": "1" },
              "peerDependencies": { "p": "^1" }, "optionalDependencies": { "o": "^1" }, "scripts": { "install": "x" }, "moon": 1
            }
            """);

        Assert.Equal(
            [
                "optionalDependencies.o", "dependencies.tar", "dependencies.next", "dependencies.odd", "dependencies.~bad",
                "peerDependencies.p", "scripts.install", "bin", "moon",
            ],
            read.Remarks.Select(remark => remark.Place));
    }

    [Theory]
    [InlineData("github:acme/x#v1.2.0", "https://github.com/acme/x Tag v1.2.0")]
    [InlineData("acme/x", "https://github.com/acme/x DefaultBranch ")]
    [InlineData("acme/x#main", "https://github.com/acme/x Branch main")]
    [InlineData("git+ssh://git@example.org/x.git#0123456789abcdef", "ssh://git@example.org/x.git Revision 0123456789abcdef")]
    [InlineData("git+https://example.org/x.git#semver:^1.2", "https://example.org/x.git DefaultBranch ")]
    [InlineData("gitlab:acme/x", "https://gitlab.com/acme/x DefaultBranch ")]
    public void A_git_address_is_recognised(string specifier, string expected)
    {
        var dependency = Read($$"""{ "name": "a", "version": "1.0.0", "dependencies": { "x": "{{specifier}}" } }""").Manifest.Dependencies.Single();

        var git = Assert.IsType<DependencyOrigin.Git>(dependency.Origin);
        Assert.Equal(expected, $"{git.Url} {git.Reference.Kind} {git.Reference.Name}");
    }

    [Theory]
    [InlineData("workspace:*", "*")]
    [InlineData("workspace:^", "*")]
    [InlineData("workspace:^1.2", "^1.2")]
    public void A_workspace_range_means_a_member(string specifier, string constraint)
    {
        var dependency = Read($$"""{ "name": "a", "version": "1.0.0", "dependencies": { "x": "{{specifier}}" } }""").Manifest.Dependencies.Single();

        Assert.IsType<DependencyOrigin.Member>(dependency.Origin);
        Assert.Equal(constraint, dependency.Constraint.Text);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} x")]
    [InlineData("")]
    [InlineData("nothing")]
    public void What_is_no_object_is_refused(string text)
    {
        var problem = Assert.Throws<ProblemException>(() => Read(text)).Problem;

        Assert.Equal(ProblemCode.MigrationSourceInvalid, problem.Code);
    }

    [Fact]
    public void Depth_is_bounded() =>
        Assert.Throws<ProblemException>(() => Read("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}"));

    [Theory]
    [InlineData("""{ "name": 3, "version": [], "dependencies": [], "files": {}, "author": 7, "license": {}, "engines": 1, "scripts": "x", "workspaces": 4, "keywords": {}, "repository": [] }""")]
    [InlineData("""{ "name": "..", "version": "one", "dependencies": { "": "", "a": null }, "overrides": [], "peerDependencies": 1 }""")]
    public void Values_of_the_wrong_kind_are_not_believed(string text)
    {
        var read = Read(text);

        Assert.Equal("fallback", read.Manifest.Package!.Name.Value);
        Assert.Empty(read.Manifest.Dependencies);
    }

    private static ForeignManifest Read(string text) =>
        PackageJson.Read(Encoding.UTF8.GetBytes(text), "package.json", PackageName.Parse("fallback"));

    private static string Print(Dependency dependency) =>
        $"{dependency.Name} {dependency.Constraint} {dependency.Group}" + (dependency.IsOptional ? " optional" : "")
        + (dependency.Alias is { } alias ? $" as {alias}" : "")
        + (dependency.Origin is DependencyOrigin.Path path ? $" path {path.Folder}" : "");
}
