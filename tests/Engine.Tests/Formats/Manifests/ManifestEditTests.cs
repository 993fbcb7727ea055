using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats.Manifests;

public sealed class ManifestEditTests
{
    private const string Start = """
        # my package
        [package]
        name = "me"
        version = "1.0.0"

        [dependencies]
        # pinned because of bug 12
        alpha = "=1.0.0"   # really
        middle = { version = '1.2', features = ["b", 'a'], optional = true }
        zeta.version = "3"
        zeta.default_features = false

        [dependencies.omega]
        version = "4"   # table

        """;

    [Fact]
    public void A_dependency_is_added_in_order() =>
        AssertEdit(d => d.WithDependency(Normal("beta", "^2.1")), "middle =", "beta = \"^2.1\"\nmiddle =");

    [Fact]
    public void A_dependency_with_details_is_an_inline_table() =>
        AssertEdit(
            d => d.WithDependency(new(
                PackageName.Parse("rand"), Constraint.Parse("0.7"), DependencyGroup.Normal, new DependencyOrigin.Feed("acme"), "old-rand", true, false, ["std", "x"])),
            "zeta.version",
            "old-rand = { version = \"0.7\", registry = \"acme\", package = \"rand\", optional = true, default-features = false, features = [\"std\", \"x\"] }\nzeta.version");

    [Theory]
    [InlineData(GitReferenceKind.Tag, "tag = \"v1\"")]
    [InlineData(GitReferenceKind.Branch, "branch = \"v1\"")]
    [InlineData(GitReferenceKind.Revision, "rev = \"v1\"")]
    public void A_git_dependency_is_added_with_its_reference(GitReferenceKind kind, string reference) =>
        AssertEdit(
            d => d.WithDependency(new(PackageName.Parse("beta"), Constraint.Any, DependencyGroup.Normal, new DependencyOrigin.Git("https://h/r", new(kind, "v1")))),
            "middle =", $"beta = {{ git = \"https://h/r\", {reference} }}\nmiddle =");

    [Fact]
    public void A_first_development_dependency_gets_its_table() =>
        AssertEdit(d => d.WithDependency(Normal("test", "2") with { Group = DependencyGroup.Dev }), "\"4\"   # table\n", "\"4\"   # table\n\n[dev-dependencies]\ntest = \"2\"\n");

    [Theory]
    [InlineData("alpha", "alpha = \"=1.0.0\"", "alpha = \"^9\"")]
    [InlineData("middle", "version = '1.2'", "version = '^9'")]
    [InlineData("zeta", "zeta.version = \"3\"", "zeta.version = \"^9\"")]
    [InlineData("omega", "version = \"4\"", "version = \"^9\"")]
    public void A_constraint_is_changed_where_it_stands(string name, string old, string changed) =>
        AssertEdit(d => d.WithConstraint(DependencyGroup.Normal, name, Constraint.Parse("^9")), old, changed);

    [Theory]
    [InlineData("alpha", "alpha = \"=1.0.0\"   # really\n")]
    [InlineData("middle", "middle = { version = '1.2', features = [\"b\", 'a'], optional = true }\n")]
    [InlineData("zeta", "zeta.version = \"3\"\nzeta.default_features = false\n")]
    [InlineData("omega", "\n[dependencies.omega]\nversion = \"4\"   # table\n")]
    public void A_dependency_is_removed_with_its_lines(string name, string lines) =>
        AssertEdit(d => d.WithoutDependency(DependencyGroup.Normal, name), lines, "");

    [Fact]
    public void Changing_a_dependency_touches_only_the_keys_that_differ()
    {
        var document = ManifestDocument.Parse(Start, "t");
        var middle = document.Manifest.Dependencies[1];

        Assert.Equal(Start, document.WithDependency(middle).Text);
        AssertEdit(d => d.WithDependency(middle with { IsOptional = false }), ", optional = true", "");
        AssertEdit(d => d.WithDependency(middle with { Features = ["c"] }), "[\"b\", 'a']", "[\"c\"]");
        AssertEdit(d => d.WithDependency(middle with { Origin = new DependencyOrigin.Path("../m") }), "optional = true", "optional = true, path = \"../m\"");
        AssertEdit(d => d.WithDependency(document.Manifest.Dependencies[2] with { UsesDefaultFeatures = true }), "zeta.default_features = false\n", "");
        AssertEdit(
            d => d.WithDependency(document.Manifest.Dependencies[0] with { Features = ["x"] }),
            "\"=1.0.0\"", "{ version = \"=1.0.0\", features = [\"x\"] }");
    }

    [Fact]
    public void A_name_is_found_in_any_spelling()
    {
        var document = ManifestDocument.Parse("[package]\nname = \"me\"\nversion = \"1.0.0\"\n\n[dependencies]\nmy_lib = \"1\"\n", "t");

        Assert.EndsWith("my_lib = \"2\"\n", document.WithConstraint(DependencyGroup.Normal, "my-lib", Constraint.Parse("2")).Text, StringComparison.Ordinal);
        Assert.EndsWith("[dependencies]\n", document.WithoutDependency(DependencyGroup.Normal, "My.Lib").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alhpa", DependencyGroup.Normal, "did you mean `alpha`?")]
    [InlineData("alpha", DependencyGroup.Dev, "it is in [dependencies]")]
    [InlineData("something-else", DependencyGroup.Normal, "run `cairn list` to see what is there")]
    public void What_is_not_there_cannot_be_changed(string name, DependencyGroup group, string hint)
    {
        var document = ManifestDocument.Parse(Start, "t");
        var problem = Assert.Throws<ProblemException>(() => document.WithoutDependency(group, name)).Problem;

        Assert.Equal((ProblemCode.DependencyNotInManifest, hint), (problem.Code, problem.Hint));
        Assert.Throws<ProblemException>(() => document.WithConstraint(group, name, Constraint.Any));
    }

    [Fact]
    public void The_resolution_table_is_edited()
    {
        var rand = PackageName.Parse("rand");
        var edited = ManifestDocument.Parse("[package]\nname = \"me\"\nversion = \"1.0.0\"\n", "t")
            .WithDuplicates(DuplicatesPolicy.Compatible)
            .WithPrereleasesOf(rand)
            .WithPrereleasesOf(rand)
            .WithStrategy(VersionStrategy.Lowest)
            .WithPrereleases(PrereleasePolicy.Never)
            .WithAsOf(new DateTimeOffset(2025, 8, 1, 2, 0, 0, TimeSpan.FromHours(2)))
            .WithOverride(new(rand, Constraint.Parse("=0.8.5"), DependencyOrigin.Feed.Routed, null, null))
            .WithOverride(new(PackageName.Parse("acme/json"), Constraint.Any, new DependencyOrigin.Path("../json"), "mine", null));

        Assert.Equal("""
            [package]
            name = "me"
            version = "1.0.0"

            [resolution]
            duplicates = "compatible"
            allow-prereleases = ["rand"]
            strategy = "lowest"
            prereleases = "never"
            as-of = 2025-08-01T00:00:00Z

            [resolution.overrides]
            "acme/json" = { path = "../json", reason = "mine" }
            rand = "=0.8.5"

            """.ReplaceLineEndings("\n"), edited.Text);
        var back = edited.WithoutOverride(rand).WithAsOf(null);
        Assert.Equal(["acme/json"], back.Manifest.Resolution.Overrides.Select(o => o.Name.Value));
        Assert.Null(back.Manifest.Resolution.AsOf);
    }

    [Fact]
    public void A_new_manifest_can_be_added_to()
    {
        var document = ManifestDocument.New(PackageName.Parse("acme/me"), new(0, 1, 0), "cairn.toml").WithDependency(Normal("log", "^1"));

        Assert.Equal("[package]\nname = \"acme/me\"\nversion = \"0.1.0\"\n\n[dependencies]\nlog = \"^1\"\n", document.Text);
        Assert.Equal("1.2.0", document.WithVersion(new(1, 2, 0)).Manifest.Package!.Version.ToString());
    }

    [Fact]
    public void What_is_inherited_is_changed_in_the_workspace()
    {
        var document = ManifestDocument.Parse(
            "[package]\nname = \"me\"\nversion = \"1.0.0\"\n\n[workspace.dependencies]\nlog = \"1\"\n\n[dependencies]\nlog = { workspace = true }\n", "t");

        Assert.Contains("[workspace.dependencies]", Assert.Throws<ProblemException>(() => document.WithConstraint(DependencyGroup.Normal, "log", Constraint.Any)).Problem.Hint, StringComparison.Ordinal);
        Assert.Equal(document.Text.Replace("\"1\"", "\"2\"", StringComparison.Ordinal), document.WithWorkspaceConstraint("log", Constraint.Parse("2")).Text);
    }

    [Fact]
    public void A_dependency_can_take_another_package_in_its_place()
    {
        AssertEdit(d => d.WithPackage(DependencyGroup.Normal, "alpha", PackageName.Parse("alfa")), "alpha =", "alfa =");
        AssertEdit(d => d.WithPackage(DependencyGroup.Normal, "omega", PackageName.Parse("ohm")), "zeta.version = \"3\"\nzeta.default_features = false\n\n[dependencies.omega]\nversion = \"4\"   # table\n", "ohm = \"4\"\nzeta.version = \"3\"\nzeta.default_features = false\n");
        var aliased = ManifestDocument.Parse("[package]\nname = \"me\"\nversion = \"1.0.0\"\n[dependencies]\nx = { package = \"alpha\", version = \"1\" }\n", "t");
        Assert.EndsWith("x = { package = \"alfa\", version = \"1\" }\n", aliased.WithPackage(DependencyGroup.Normal, "x", PackageName.Parse("alfa")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_added_is_read_back_and_taken_away_again() => Law.Holds(Dependencies, dependency =>
    {
        var before = ManifestDocument.Parse(Start, "t");
        var added = before.WithDependency(dependency);

        var read = added.Manifest.Dependencies.Single(d => d.Group == dependency.Group && d.LocalName == dependency.LocalName);
        Assert.Equal(dependency with { Features = [] }, read with { Features = [] });
        Assert.Equal(dependency.Features, read.Features);
        Assert.Equal(before.Manifest.Dependencies.Length + 1, added.Manifest.Dependencies.Length);
        Assert.Equal(
            before.Manifest.Dependencies.Select(d => d.LocalName),
            added.WithoutDependency(dependency.Group, dependency.LocalName).Manifest.Dependencies.Select(d => d.LocalName));
        Assert.Equal(added.Text, added.WithDependency(dependency).Text);
    });

    [Fact]
    public void Edits_of_the_registries_keep_the_rest()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Engine.Tests", "Formats", "Manifests", "Fixtures", "registries.toml"));
        var document = RegistriesDocument.Parse(text, "registries.toml");

        var added = document.With(new RegistryEntry("acme", "../feed", ["acme/*"]));

        Assert.Equal(text + "\n[registries.acme]\nurl = \"../feed\"\npackages = [\"acme/*\"]\n", added.Text);
        Assert.Equal(text, added.Without("acme").Text);
        Assert.Equal(text.Replace("default_registry = \"default\"", "default_registry = \"company\"", StringComparison.Ordinal), document.WithDefault("company").Text);
        Assert.Equal(["company"], document.Without("default").Registries.Select(r => r.Name));
        Assert.True(Assert.Single(RegistriesDocument.Empty("r").With(new RegistryEntry("main", "/feed", []) { IsDefault = true }).Registries).IsDefault);
    }

    private static readonly Gen<Dependency> Dependencies =
        from name in Gen.Elements("rand", "acme/json", "a_b", "Zlib")
        from alias in Gen.Elements(null, null, "other", "x-1")
        from constraint in Gen.Elements("^1.2", ">=1, <2", "1.0 - 2.0 || 3", "*")
        from @group in Gen.Elements(DependencyGroup.Normal, DependencyGroup.Build, DependencyGroup.Dev)
        from origin in Gen.Elements<DependencyOrigin>(
            DependencyOrigin.Feed.Routed, new DependencyOrigin.Feed("acme"), new DependencyOrigin.Path("../x y"),
            new DependencyOrigin.Git("https://host/r", GitReference.Default), new DependencyOrigin.Git("git@h:r", new(GitReferenceKind.Branch, "a/b")))
        from isOptional in Gen.Elements(true, false)
        from usesDefault in Gen.Elements(true, false)
        from features in Gen.SubListOf("std", "full", "dep:x")
        select new Dependency(
            PackageName.Parse(name), Constraint.Parse(constraint), @group, origin, alias, isOptional && @group != DependencyGroup.Dev, usesDefault, [.. features]);

    private static Dependency Normal(string name, string constraint) =>
        new(PackageName.Parse(name), Constraint.Parse(constraint), DependencyGroup.Normal, DependencyOrigin.Feed.Routed);

    private static void AssertEdit(Func<ManifestDocument, ManifestDocument> edit, string old, string changed)
    {
        var start = Start.ReplaceLineEndings("\n");
        Assert.Contains(old, start, StringComparison.Ordinal);
        Assert.Equal(start.Replace(old, changed, StringComparison.Ordinal), edit(ManifestDocument.Parse(start, "t")).Text);
    }
}
