using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Tests.Sources;

namespace Registry.Engine.Tests.Operations;

public sealed class RegistryOverviewTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public RegistryOverviewTests()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("acme/web 1.0.0");
    }

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Routes_locked_packages_and_readiness_are_counted()
    {
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml") + "acme = { url = \"../other\", packages = [\"acme/*\"] }\n");
        var overview = await Overview();

        Assert.Equal([("main", RegistryPlace.Folder, 1), ("acme", RegistryPlace.NoFeed, 0)], overview.Registries.Select(view => (view.Entry.Name, view.Place, view.Locked)));
        Assert.Equal([("acme/*", "acme"), ("", "main")], overview.Routes.Select(route => (route.Pattern, route.Registry!)));
        Assert.Equal(2, overview.Registries[0].Names);
        Assert.Equal((1, "acme/web"), (overview.Registries[0].BlockedCount, overview.Registries[0].Blocked[0].Name.Value));
        Assert.Equal((1, 0), (overview.Kept.Locked, overview.Kept.Missing.Length));
        Assert.Equal(["log"], overview.Registries[0].LockedNames.Select(name => name.Value));
        Assert.True(overview.Kept.StoreBytes > 0);

        _kit.ForgetHome();
        Assert.Equal(["log"], (await Overview()).Kept.Missing.Select(package => package.Name.Value));
    }

    [Fact]
    public async Task A_test_says_how_each_registry_answers_and_the_answers_are_kept()
    {
        _kit.Manifest("");
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml") + "gone = { url = \"../gone\", packages = [\"gone/*\"] }\nfar = { url = \"https://far.example.org\", packages = [\"far/*\"] }\n");
        _kit.IsOffline = true;
        await using var client = _kit.Client();
        var outcome = await client.TestRegistries(_kit.Root, []).RunAsync(Silent.Instance, CancellationToken.None);
        var tests = Assert.IsType<Outcome<RegistryTestReport>.Done>(outcome).Report.Registries;

        Assert.Equal([("main", RegistryState.Ok), ("gone", RegistryState.Failed), ("far", RegistryState.NotAsked)], tests.Select(test => (test.Name, test.State)));
        Assert.Equal((2, "example.org/main"), (tests[0].Names, tests[0].Id));
        Assert.Equal(ProblemCode.FeedNotFound, tests[1].Problem!.Code);
        Assert.Contains(client.LastAnswers, answer => answer is { Registry: "main", What: "registry.json", Answer: "read" });
        Assert.Contains(client.LastAnswers, answer => answer is { Registry: "gone", Answer: "none" });
        Assert.DoesNotContain(client.LastAnswers, answer => answer.Registry == "far");
    }

    [Fact]
    public async Task Answers_of_a_web_registry_are_told_with_their_status_and_what_it_said_is_kept()
    {
        _kit.Manifest("");
        _kit.Sandbox.Write("p/cairn.toml", "[package]\nname = \"app\"\nversion = \"1.0.0\"\n\n[registries]\nmain = \"https://reg.example.org\"\n");
        using var server = new FolderServer(_kit.Sandbox.At("feed"));
        await using var client = new RegistryClient(new ClientSettings
        {
            Folders = new(_kit.Sandbox.At("home/config"), _kit.Sandbox.At("home/data"), _kit.Sandbox.At("home/cache")),
            Http = server,
        });
        Assert.Null((await Overview()).Registries[0].Read);
        await Test();
        Assert.Contains(client.LastAnswers, answer => answer is { What: "timestamp.note", Answer: "200" });
        Assert.NotNull((await Overview()).Registries[0].Read);
        Assert.Equal(2, (await Overview()).Registries[0].Names);

        await Test();
        Assert.Contains(client.LastAnswers, answer => answer is { What: "timestamp.note", Answer: "304" });

        server.Fault = (_, _, _) => new(System.Net.HttpStatusCode.Unauthorized) { Content = new ByteArrayContent([]) };
        Assert.Equal(RegistryState.Failed, (await Test()).State);
        Assert.Equal(ProblemCode.SignInNeeded.Slug(), client.LastAnswers[0].Answer);

        async Task<RegistryTest> Test()
        {
            var outcome = await client.TestRegistries(_kit.Root, []).RunAsync(Silent.Instance, CancellationToken.None);
            return Assert.IsType<Outcome<RegistryTestReport>.Done>(outcome).Report.Registries[0];
        }
    }

    [Fact]
    public async Task A_damaged_description_names_the_place_and_no_raw_text()
    {
        _kit.Manifest("");
        _kit.Sandbox.Write("feed/registry.json", "{\n  \"format\": 1,\n  oops\n}");
        await using var client = _kit.Client();
        var outcome = await client.TestRegistries(_kit.Root, ["main"]).RunAsync(Silent.Instance, CancellationToken.None);
        var problem = Assert.IsType<Outcome<RegistryTestReport>.Done>(outcome).Report.Registries[0].Problem!;

        Assert.Contains("is damaged at line 3, column 3:", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.Hint);
    }

    [Fact]
    public void Registries_change_places_with_their_comments()
    {
        const string Text = "# mine\ndefault_registry = \"a\"\n\n# first\n[registries.a]\nurl = \"../a\" # here\n\n# second\n# of two\n[registries.b]\nurl = \"../b\"\npackages = [\"b/*\"]\n\n[registries.c]\nurl = \"../c\"\npackages = [\"c/*\"]";
        var swapped = RegistriesDocument.Parse(Text, "registries.toml").Swapped("a", "b");

        Assert.Equal(["b", "a", "c"], swapped.Registries.Select(entry => entry.Name));
        Assert.Contains("# second\n# of two\n[registries.b]", swapped.Text, StringComparison.Ordinal);
        Assert.Equal(Text, swapped.Swapped("b", "a").Text);
        Assert.Equal(["b", "c", "a"], swapped.Swapped("a", "c").Registries.Select(entry => entry.Name));
    }

    [Fact]
    public void Registries_of_one_line_change_places_too_and_two_ways_of_writing_do_not_mix()
    {
        var lines = RegistriesDocument.Parse("[registries]\na = { url = \"../a\", packages = [\"a/*\"] }\n# bee\nb = \"../b\"\n", "registries.toml");
        Assert.Equal("[registries]\n# bee\nb = \"../b\"\na = { url = \"../a\", packages = [\"a/*\"] }\n", lines.Swapped("a", "b").Text);

        var mixed = RegistriesDocument.Parse("[registries]\na = \"../a\"\n[registries.b]\nurl = \"../b\"\npackages = [\"b/*\"]\n", "registries.toml");
        Assert.Equal(ProblemCode.TomlInvalid, Assert.Throws<ProblemException>(() => mixed.Swapped("a", "b")).Problem.Code);
    }

    private async Task<RegistryOverview> Overview()
    {
        await using var client = _kit.Client();
        var outcome = await client.RegistryOverview(_kit.Root).RunAsync(Silent.Instance, CancellationToken.None);
        return Assert.IsType<Outcome<RegistryOverview>.Done>(outcome).Report;
    }

    private sealed class Silent : IProgress<ProgressEvent>
    {
        public static Silent Instance { get; } = new();

        public void Report(ProgressEvent value)
        {
        }
    }
}
