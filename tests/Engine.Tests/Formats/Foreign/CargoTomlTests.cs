using System.Text;
using Registry.Engine.Formats.Foreign;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Formats.Foreign;

public sealed class CargoTomlTests
{
    private const string Workspace = """
        [workspace]
        members = ["crates/*", "../outside"]
        resolver = "2"
        [workspace.package]
        version = "3.1.4"
        license = "MIT/Apache-2.0"
        rust-version = "1.70"
        [workspace.dependencies]
        serde = { version = "1.0", default-features = false, features = ["derive"] }
        near = { path = "crates/near", version = "0.3" }
        """;

    [Fact]
    public void A_real_manifest_comes_over()
    {
        var read = Read("""
            [package]
            name = "runtime"
            version = "1.2.3"
            edition = "2021"
            rust-version = "1.63"
            authors = ["Ann <ann@example.org>"]
            description = "An event-driven runtime."
            license = "MIT"
            keywords = ["io", "async"]
            build = "build.rs"

            [features]
            default = []
            full = ["net", "json", "mio?/os-poll"]
            net = ["dep:mio", "mio/net"]
            json = ["serde_json"]
            broken = ["gone/feature"]

            [dependencies]
            bytes = "1.0.0"
            mio = { version = "0.8.6", optional = true, default_features = false }
            serde_json = { version = "1", optional = true }
            old-log = { package = "log", version = "0.3" }
            fork = { git = "https://example.org/fork.git", branch = "main" }
            near = { path = "../near", version = "0.4" }

            [build-dependencies]
            autocfg = "1.1"

            [target.'cfg(unix)'.dependencies]
            libc = { version = "0.2.149" }
            mio = { version = "0.8.6", features = ["os-ext"] }

            [target.'cfg(windows)'.dependencies]
            windows-sys = { version = "0.48", optional = true }

            [dev-dependencies]
            runtime = { path = "." }
            tempfile = ">= 3.1.0, < 4"

            [patch.crates-io]
            bytes = { git = "https://example.org/bytes.git", rev = "0123abc" }

            [profile.release]
            lto = true
            """);

        var package = read.Manifest.Package!;
        Assert.Equal("runtime 1.2.3 2021 >=1.63", $"{package.Name} {package.Version} {package.Edition} {package.Engines["rust"]}");
        Assert.Equal(
            [
                "bytes 1.0.0 Normal", "mio 0.8.6 Normal +os-ext", "serde_json 1 Normal optional", "log 0.3 Normal as old-log",
                "fork * Normal git https://example.org/fork.git Branch main", "near 0.4 Normal path ../near",
                "libc 0.2.149 Normal", "windows-sys 0.48 Normal optional", "autocfg 1.1 Build", "tempfile >= 3.1.0, < 4 Dev",
            ],
            read.Manifest.Dependencies.OrderBy(d => d.Group).Select(Print).ToArray());
        Assert.Equal(["net", "json", "mio?/os-poll"], read.Manifest.Features["full"]);
        Assert.Equal(["bytes"], read.Manifest.Resolution.Overrides.Select(o => o.Name.Value));
        Assert.Equal(
            [
                "package.build", "target.cfg(unix).dependencies.libc", "target.cfg(unix).dependencies.mio",
                "target.cfg(windows).dependencies.windows-sys", "profile", "dev-dependencies.runtime", "features.broken", "features.net",
            ],
            read.Remarks.Select(remark => remark.Place).ToArray());
    }

    [Fact]
    public void A_member_takes_what_its_workspace_says()
    {
        var read = Read(
            """
            [package]
            name = "member"
            version.workspace = true
            license = { workspace = true }
            rust-version.workspace = true
            homepage.workspace = true
            [dependencies]
            serde = { workspace = true, features = ["rc"], optional = true }
            near.workspace = true
            gone.workspace = true
            """,
            new(Encoding.UTF8.GetBytes(Workspace), "Cargo.toml", "../.."));

        Assert.Equal("3.1.4 MIT OR Apache-2.0", $"{read.Manifest.Package!.Version} {read.Manifest.Package.License}");
        Assert.Equal(
            ["serde 1.0 Normal optional no-default +derive +rc", "near 0.3 Normal path ../../crates/near"],
            read.Manifest.Dependencies.Select(Print));
        Assert.Equal(["package.homepage", "dependencies.gone"], read.Remarks.Select(remark => remark.Place));
    }

    [Fact]
    public void A_workspace_without_a_package_comes_over()
    {
        var read = Read(Workspace);

        Assert.Null(read.Manifest.Package);
        Assert.Equal(["crates/*"], read.Manifest.Workspace!.Members);
        Assert.Equal(["serde", "near"], read.Manifest.Workspace.Dependencies.Select(d => d.LocalName));
        Assert.Equal(["workspace.resolver", "workspace.members"], read.Remarks.Select(remark => remark.Place));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[dependencies]\na = '1'")]
    [InlineData("[package")]
    [InlineData("package = 3")]
    public void What_is_no_cargo_manifest_is_refused(string text) =>
        Assert.Equal(ProblemCode.MigrationSourceInvalid, Assert.Throws<ProblemException>(() => Read(text)).Problem.Code);

    [Fact]
    public void Values_of_the_wrong_kind_are_not_believed()
    {
        var read = Read("""
            package = { name = 1, version = [], authors = "x", keywords = { a = 1 }, publish = "no" }
            features = { a = 1, "b c" = [] }
            dependencies = { a = 1, b = { version = 2 }, c = "not a range", "d e" = "1", f = { path = "/etc" }, g = { git = "ext::sh -c x" } }
            target = { x = 1 }
            patch = { y = { z = "1" } }
            workspace = { members = "a", dependencies = [] }
            """);

        Assert.Equal("unnamed 0.0.0", $"{read.Manifest.Package!.Name} {read.Manifest.Package.Version}");
        Assert.Equal(["b"], read.Manifest.Dependencies.Select(d => d.LocalName));
    }

    private static ForeignManifest Read(string text, CargoWorkspace? workspace = null) =>
        CargoToml.Read(Encoding.UTF8.GetBytes(text), "Cargo.toml", workspace);

    private static string Print(Dependency dependency) =>
        $"{dependency.Name} {dependency.Constraint} {dependency.Group}" + (dependency.IsOptional ? " optional" : "")
        + (dependency.UsesDefaultFeatures ? "" : " no-default") + string.Concat(dependency.Features.Select(feature => $" +{feature}"))
        + (dependency.Alias is { } alias ? $" as {alias}" : "")
        + dependency.Origin switch
        {
            DependencyOrigin.Path path => $" path {path.Folder}",
            DependencyOrigin.Git git => $" git {git.Url} {git.Reference.Kind} {git.Reference.Name}",
            _ => "",
        };
}
