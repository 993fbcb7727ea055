using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Formats.Manifests;

public sealed class ManifestReadTests
{
    private const string Package = "[package]\nname = \"me\"\nversion = \"1.0.0\"\n";

    [Fact]
    public void Every_form_of_dependency_is_read()
    {
        var manifest = Read("""
            [dependencies]
            short = "1.2"
            "acme/json" = { version = "~1.2.3", registry = "acme" }
            old-rand = { package = "rand", version = "0.7", optional = true, default-features = false, features = ["std"] }
            near = { path = "../near", version = "^2" }
            tagged = { git = "https://host/repo", tag = "v1.0" }
            branched = { git = "git@host:repo.git", branch = "main" }
            pinned = { git = "ssh://git@host/repo", rev = "abc123" }
            floating = { git = "file:///srv/repo" }
            shared = { workspace = true, features = ["x"] }
            underscored = { version = "1", default_features = false }

            [build-dependencies.gen]
            version = "1"

            [dev-dependencies]
            test.version = "2"
            """).Manifest;

        Assert.Equal(
            [
                "Normal short 1.2 Feed { Registry =  }",
                "Normal acme/json ~1.2.3 Feed { Registry = acme }",
                "Normal old-rand=rand 0.7 Feed { Registry =  } optional bare std",
                "Normal near ^2 Path { Folder = ../near }",
                "Normal tagged * Git { Url = https://host/repo, Reference = GitReference { Kind = Tag, Name = v1.0 } }",
                "Normal branched * Git { Url = git@host:repo.git, Reference = GitReference { Kind = Branch, Name = main } }",
                "Normal pinned * Git { Url = ssh://git@host/repo, Reference = GitReference { Kind = Revision, Name = abc123 } }",
                "Normal floating * Git { Url = file:///srv/repo, Reference = GitReference { Kind = DefaultBranch, Name =  } }",
                "Normal shared * Feed { Registry =  } inherited x",
                "Normal underscored 1 Feed { Registry =  } bare",
                "Build gen 1 Feed { Registry =  }",
                "Dev test 2 Feed { Registry =  }",
            ],
            manifest.Dependencies.Select(Describe));
        Assert.Equal(6, manifest.Places[new(DependencyGroup.Normal, "acme/json")].Line);
    }

    [Fact]
    public void The_tables_of_the_program_itself_are_read()
    {
        var manifest = Read("""
            [workspace]
            members = ["crates/*"]
            exclude = ["crates/old"]
            dependencies = { log = "1", near = { path = "near" } }

            [resolution]
            duplicates = "compatible"
            strategy = "lowest"
            prereleases = "never"
            allow-prereleases = ["tokio"]
            exclusions = ["openssl", { package = "native-tls", of = "reqwest" }]
            as-of = 2025-08-01

            [resolution.overrides]
            serde = "=1.0.200"
            rand = { git = "https://host/rand", reason = "bug 12" }

            [registries]
            main = "../feed"
            acme = { url = "https://feed.acme.example", packages = ["acme/*", "http-core"], timeout_seconds = 5 }

            [install]
            directory = "node_modules"
            link = "copy"

            [profile.ci]
            features = []
            default-features = false
            without-dev = true

            [scripts]
            build = "make"
            anything = { goes = ["here"] }

            [capabilities]
            self-modifying = true
            """).Manifest;

        Assert.Equal(["log", "near"], manifest.Workspace!.Dependencies.Select(d => d.LocalName));
        Assert.Equal((DuplicatesPolicy.Compatible, VersionStrategy.Lowest, PrereleasePolicy.Never), (manifest.Resolution.Duplicates, manifest.Resolution.Strategy, manifest.Resolution.Prereleases));
        Assert.Equal(["tokio"], manifest.Resolution.PrereleaseNames.Select(n => n.Value));
        Assert.Equal([("openssl", null), ("native-tls", "reqwest")], manifest.Resolution.Exclusions.Select(e => (e.Name.Value, e.Dependent?.Value)));
        Assert.Equal(new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), manifest.Resolution.AsOf);
        Assert.Equal([("serde", null, 18), ("rand", "bug 12", 19)], manifest.Resolution.Overrides.Select(o => (o.Name.Value, o.Reason, o.Place!.Line)));
        Assert.Equal([("main", "../feed", true, 30), ("acme", "https://feed.acme.example", false, 5)], manifest.Registries.Select(r => (r.Name, r.Address, r.IsDefault, r.TimeoutSeconds)));
        Assert.Equal(new InstallTable("node_modules", LinkMode.Copy), manifest.Install);
        Assert.True(manifest.Profiles["ci"] is { UsesDefaultFeatures: false, WithoutDev: true });
    }

    [Theory]
    [InlineData("[dependancies]\na = \"1\"\n", "unknown key `dependancies` in the manifest is ignored", "did you mean `dependencies`?", 4, 2)]
    [InlineData("[dependencies]\na = { version = \"1\", feature = [\"x\"] }\n", "unknown key `feature` in the dependency `a` is ignored", "did you mean `features`?", 5, 22)]
    [InlineData("[resolution]\nduplicate = \"never\"\n", "unknown key `duplicate` in [resolution] is ignored", "did you mean `duplicates`?", 5, 1)]
    [InlineData("[install]\nfolder_of_things = \"x\"\n", "unknown key `folder_of_things` in [install] is ignored", null, 5, 1)]
    [InlineData("[chaos-profile.x]\nfault_injection_rate = 2\n", "`fault_injection_rate` in [chaos-profile.x] should be a number from 0 to 1", null, 5, 24)]
    [InlineData("[[chaos-profile.x.fault_schedule]]\nduration = \"soon\"\n", "`duration` in the fault schedule of `x` should be a duration such as \"100ms\", \"5s\" or \"1m\"", null, 5, 12)]
    [InlineData("[profile.dev]\nchaos_profile = \"tesing\"\n[chaos-profile.testing]\n", "[profile.dev] names the chaos profile `tesing`, which is not there", "did you mean `testing`?", 5, 17)]
    [InlineData("[security]\nmax_risk_level = \"huge\"\n", "`max_risk_level` in [security] should be one of none, low, medium, high, critical", null, 5, 18)]
    public void What_is_odd_is_warned_about_and_kept(string text, string message, string? hint, int line, int column)
    {
        var document = ManifestDocument.Parse(Package + text, "cairn.toml");

        var warning = Assert.Single(document.Warnings);
        Assert.Equal((message, hint), (warning.Message, warning.Hint));
        Assert.Equal(new TextPlace("cairn.toml", line, column), warning.Place);
        Assert.Equal(Package + text, document.Text);
    }

    [Theory]
    [InlineData("[dependencies]\nme = \"1\"\n", "`me` is the package itself")]
    [InlineData("[dependencies]\nx = { package = \"ME\", path = \"x\" }\n", "`x` is the package itself")]
    [InlineData("[dependencies]\na = \"latest\"\n", "`latest` for `a` is not a version constraint")]
    [InlineData("[dependencies]\na = \">2 <1\"\n", "no version can satisfy `>2 <1` for `a`")]
    [InlineData("[dependencies]\na = 1\n", "`a` in [dependencies] must be a version constraint or a table, not an integer")]
    [InlineData("[dependencies]\na = {}\n", "the dependency `a` says neither which version nor where from")]
    [InlineData("[dependencies]\n\"../a\" = \"1\"\n", "`../a` in [dependencies] is not a package name")]
    [InlineData("[dependencies]\na-b = \"1\"\na_b = \"1\"\n", "`a_b` and `a-b` in [dependencies] are the same name")]
    [InlineData("[dependencies]\na = { path = \"x\", git = \"https://h/r\" }\n", "the dependency `a` names two sources")]
    [InlineData("[dependencies]\na = { git = \"https://h/r\", tag = \"1\", branch = \"b\" }\n", "the dependency `a` names two git references")]
    [InlineData("[dependencies]\na = { version = \"1\", tag = \"1\" }\n", "`tag` in the dependency `a` needs a git address")]
    [InlineData("[dependencies]\na = { path = \"/etc\" }\n", "`/etc` is not a relative folder")]
    [InlineData("[dependencies]\na = { path = \"file:///etc\" }\n", "`file:///etc` is not a relative folder")]
    [InlineData("[dependencies]\na = { path = \"..\\\\a\" }\n", "`..\\a` is not a relative folder")]
    [InlineData("[dependencies]\na = { git = \"--upload-pack=x\" }\n", "`--upload-pack=x` is not a git address that may be used")]
    [InlineData("[dependencies]\na = { git = \"ext::sh -c x\" }\n", "`ext::sh -c x` is not a git address that may be used")]
    [InlineData("[dependencies]\na = { git = \"https://h/r\", branch = \"--x\" }\n", "`--x` is not a git reference")]
    [InlineData("[dependencies]\na = { version = \"1\", optional = \"yes\" }\n", "`optional` in the dependency `a` must be true or false, not a string")]
    [InlineData("[dependencies]\na = { version = \"1\", features = \"x\" }\n", "`features` in the dependency `a` must be an array, not a string")]
    [InlineData("[dependencies]\na = { version = \"1\", features = [1] }\n", "`features` in the dependency `a` must be a string, not an integer")]
    [InlineData("[dependencies]\na = { version = \"1\", default-features = true, default_features = true }\n", "`default-features` and `default_features` in the dependency `a` are the same key")]
    [InlineData("[dev-dependencies]\na = { version = \"1\", optional = true }\n", "the development dependency `a` cannot be optional")]
    [InlineData("[workspace.dependencies]\na = { workspace = true }\n", "`a` in [workspace.dependencies] cannot be inherited")]
    [InlineData("[workspace]\nmembers = [\"../x\"]\n", "`../x` in members is not a folder below this one")]
    [InlineData("[resolution]\nduplicates = \"always\"\n", "`duplicates` in [resolution] cannot be `always`")]
    [InlineData("[resolution]\nas-of = \"yesterday\"\n", "`as-of` in [resolution] is not a date")]
    [InlineData("[resolution.overrides]\na = { reason = \"x\" }\n", "the override of `a` says neither which version nor where from")]
    [InlineData("[resolution]\nexclusions = [{ of = \"a\" }]\n", "the exclusion names no package")]
    [InlineData("[registries]\na = \"x\"\nb = \"y\"\n", "both `a` and `b` could be the default registry")]
    [InlineData("[registries]\na = { url = \"https://u:p@h\" }\n", "`https://u:p@h` is not the address of a registry")]
    [InlineData("[registries]\na = { url = \"ftp://h\" }\n", "`ftp://h` is not the address of a registry")]
    [InlineData("[registries]\na = { url = \"x\", packages = [\"b/*\"] }\nb = { url = \"y\", packages = [\"b/c\"] }\n", "both `a` and `b` claim `b/c`")]
    [InlineData("[registries]\na = { url = \"x\", packages = [\"b.c\"] }\nb = { url = \"y\", packages = [\"B-c\"] }\n", "both `a` and `b` claim `b-c`")]
    [InlineData("[registries]\na = { url = \"x\", packages = [\"*\"] }\n", "`*` is not a name or pattern of packages")]
    [InlineData("[registries]\na = { url = \"x\", timeout_seconds = 0 }\n", "`timeout_seconds` in the registry `a` must be a whole number from 1 to 3600, not an integer")]
    [InlineData("[install]\ndirectory = \"../x\"\n", "`../x` is not a folder inside the project")]
    [InlineData("[install]\ndirectory = \".\"\n", "`.` is not a folder inside the project")]
    [InlineData("[features]\n\"a b\" = []\n", "`a b` is not a feature name")]
    [InlineData("[features]\na = 1\n", "`a` in [features] must be an array, not an integer")]
    public void What_makes_no_sense_is_refused(string text, string message)
    {
        var problem = Refused(Package + text);

        Assert.Equal((ProblemCode.ManifestInvalid, message), (problem.Code, problem.Message));
        Assert.True(problem.Place is { File: "cairn.toml", Line: >= 4 }, problem.Place?.ToString());
        Assert.NotNull(problem.Hint);
    }

    [Theory]
    [InlineData("a = [\"b\"]", "the feature `a` turns on what is not there: no feature or optional dependency `b`", null)]
    [InlineData("alpha = []\na = [\"alpa\"]", "the feature `a` turns on what is not there: no feature or optional dependency `alpa`", "did you mean `alpha`?")]
    [InlineData("a = [\"dep:log\"]", "the feature `a` turns on what is not there: no optional dependency `log`", null)]
    [InlineData("a = [\"lag/std\"]", "the feature `a` turns on what is not there: no dependency `lag`", "did you mean `log`?")]
    public void A_feature_turns_on_only_what_is_there(string features, string message, string? hint)
    {
        var problem = Refused($"{Package}[dependencies]\nlog = \"1\"\n[features]\n{features}\n");

        Assert.Equal((ProblemCode.FeatureUnknown, message), (problem.Code, problem.Message));
        Assert.Equal(hint ?? "define it, or take it out of the list", problem.Hint);
    }

    [Fact]
    public void Features_may_turn_on_features_dependencies_and_features_of_dependencies()
    {
        var manifest = Read("""
            [dependencies]
            log = "1"
            "acme/json" = "1"
            ssl = { version = "1", optional = true }

            [features]
            default = ["full", "log/std", "acme/json/fast", "ssl?/legacy"]
            full = ["dep:ssl"]
            also = ["ssl"]
            """).Manifest;

        Assert.Equal(["also", "default", "full"], manifest.Features.Keys);
    }

    [Theory]
    [InlineData("name = \"a b\"", "`a b` is not a package name")]
    [InlineData("name = \"me\"\nversion = \"1.2\"", "`1.2` is not a version")]
    [InlineData("name = \"me\"", "[package] has no version")]
    [InlineData("version = \"1.0.0\"", "[package] has no name")]
    [InlineData("name = \"me\"\nversion = \"1.0.0\"\nlicense = \"MIT OR\"", "`MIT OR` is not a licence expression")]
    [InlineData("name = \"me\"\nversion = \"1.0.0\"\nlicense = \"(MIT\"", "`(MIT` is not a licence expression")]
    [InlineData("name = \"me\"\nversion = \"1.0.0\"\nhomepage = \"javascript:alert(1)\"", "`homepage` is not a web address: `javascript:alert(1)`")]
    [InlineData("name = \"me\"\nversion = \"1.0.0\"\nhomepage = \"http://user:pw@h\"", "`homepage` is not a web address: `http://user:pw@h`")]
    [InlineData("name = \"me\"\nversion = \"1.0.0\"\ngal-version = \"new\"", "`new` for `gal-version` is not a version")]
    public void The_package_table_is_checked(string text, string message) =>
        Assert.Equal(message, Refused($"[package]\n{text}\n").Message);

    [Fact]
    public void A_manifest_has_bounds()
    {
        Assert.Equal(ProblemCode.ManifestTooLarge, Refused(Package + "#" + new string('x', ManifestDocument.BytesMax)).Code);
        Assert.Equal("more than 500 dependencies", Refused($"{Package}[dependencies]\n{Lines(501, i => $"d{i} = \"1\"")}").Message);
        Assert.Equal(500, ManifestDocument.Parse($"{Package}[dependencies]\n{Lines(500, i => $"d{i} = \"1\"")}", "t").Manifest.Dependencies.Length);
        Assert.Equal("[features] has more than 300 features", Refused($"{Package}[features]\n{Lines(301, i => $"f{i} = []")}").Message);
        Assert.Equal("`description` in [package] is longer than 1000 characters", Refused($"{Package}description = \"{new string('x', 1001)}\"").Message);
    }

    [Theory]
    [InlineData("1.0", "1.0.0 2.5.0", "0.9.0")]
    [InlineData("^1.2", "1.2.0", "2.0.0 1.1.0")]
    [InlineData(">=0.6 <0.7", "0.6.3", "0.7.0")]
    [InlineData("1.*", "1.2.0", "2.0.0")]
    public void A_bare_language_version_is_the_least_one(string text, string good, string bad)
    {
        var engine = ManifestDocument.Parse($"{Package}gal-version = \"{text}\"\n", "t").Manifest.Package!.Engines["gal"];

        Assert.All(good.Split(' '), version => Assert.True(engine.Admits(SemanticVersion.Parse(version))));
        Assert.All(bad.Split(' '), version => Assert.False(engine.Admits(SemanticVersion.Parse(version))));
    }

    [Fact]
    public void A_manifest_needs_a_package_or_a_workspace()
    {
        Assert.Equal("the manifest has neither [package] nor [workspace]", Refused("").Message);
        Assert.Null(ManifestDocument.Parse("[workspace]\nmembers = []\n", "t").Manifest.Package);
    }

    [Fact]
    public void What_a_member_inherits_comes_from_the_workspace()
    {
        var workspace = ManifestDocument.Parse(
            "[workspace.dependencies]\nlog = { version = \"1.2\", features = [\"std\"], default-features = false }\nnear = { path = \"libs/near\" }\n", "t").Manifest.Workspace!;
        var member = Read("[dependencies]\nlog = { workspace = true, features = [\"std\", \"x\"] }\nnear = { workspace = true }\nown = \"1\"\n").Manifest;

        var whole = WorkspaceInheritance.Apply(member, workspace, "../..");

        Assert.Equal(
            ["Normal log 1.2 Feed { Registry =  } bare std x", "Normal near * Path { Folder = ../../libs/near }", "Normal own 1 Feed { Registry =  }"],
            whole.Dependencies.Select(Describe));
        var missing = Assert.Throws<ProblemException>(() => WorkspaceInheritance.Apply(Read("[dependencies]\nlogg = { workspace = true }\n").Manifest, workspace, "..")).Problem;
        Assert.Equal((ProblemCode.WorkspaceInvalid, "did you mean `log`?", 5), (missing.Code, missing.Hint, missing.Place!.Line));
    }

    private static ManifestDocument Read(string text)
    {
        var document = ManifestDocument.Parse(Package + text, "cairn.toml");
        Assert.Empty(document.Warnings);
        return document;
    }

    private static Problem Refused(string text) =>
        Assert.Throws<ProblemException>(() => ManifestDocument.Parse(text, "cairn.toml")).Problem;

    private static string Lines(int count, Func<int, string> line) => string.Join('\n', Enumerable.Range(0, count).Select(line));

    private static string Describe(Dependency d) => string.Join(' ', new[]
    {
        $"{d.Group} {(d.Alias is null ? "" : d.Alias + "=")}{d.Name} {d.Constraint} {d.Origin}", d.IsOptional ? "optional" : "",
        d.UsesDefaultFeatures ? "" : "bare", d.IsInherited ? "inherited" : "", string.Join(' ', d.Features),
    }.Where(part => part.Length > 0));
}
