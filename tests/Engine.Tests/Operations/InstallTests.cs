using System.Text.Json;
using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Workspace;

namespace Registry.Engine.Tests.Operations;

public sealed class InstallTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task The_first_install_makes_lockfile_and_packages()
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"\n\n[dev-dependencies]\ntest = \"^1\"");

        var report = await _kit.Install();

        Assert.False(report.WasEmpty);
        Assert.Equal(["http 1.1.0", "test 1.0.0", "web 2.0.0"], report.Installed.Select(p => $"{p}"));
        Assert.Equal((3, 3, true), (report.PackagesFetched, report.PackagesInstalled, report.LockfileWritten));
        Assert.Equal("// http 1.1.0\n", _kit.Read("packages/http/src/main.c"));
        Assert.Contains("name = \"http\"\nversion = \"1.1.0\"\nsource = \"feed+main\"\nchecksum = \"sha256:", _kit.Read("cairn.lock"), StringComparison.Ordinal);
        Assert.Equal("*\n", _kit.Read(".cairn/.gitignore"));
        Assert.False(_kit.Has(".cairn/journal"));
        Assert.Contains(_kit.Events, e => e is ProgressEvent.ApplyStarted { PackagesToFetch: 3 });
        Assert.Equal(3, _kit.Events.OfType<ProgressEvent.PackageInstalled>().Count());
    }

    [Fact]
    public async Task The_second_install_does_nothing()
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"");
        await _kit.Install();
        var picture = _kit.Picture();

        var report = await _kit.Install();

        Assert.True(report.WasEmpty);
        Assert.Null(report.HistoryEntry);
        Assert.Equal(picture, _kit.Picture());
    }

    [Fact]
    public async Task A_plan_does_not_touch_the_disk()
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"");
        var picture = _kit.Picture(withState: true);

        var plan = await _kit.Plan(client => client.Install(_kit.Request()));

        Assert.Equal(picture, _kit.Picture(withState: true));
        Assert.Equal(["http", "web"], plan.ToFetch.Select(f => f.Package.Name.Value));
        Assert.All(plan.ToFetch, fetch => Assert.True(fetch.Size > 0));
        Assert.Equal([LockChangeKind.Added, LockChangeKind.Added], plan.Lock.Changes.Select(c => c.Kind));
        Assert.Equal("cairn install", plan.Command);
        using var json = JsonDocument.Parse(Json(plan));
        Assert.Equal("http", json.RootElement.GetProperty("install")[0].GetProperty("name").GetString());
        Assert.Equal("added", json.RootElement.GetProperty("lock")[0].GetProperty("change").GetString());
    }

    [Fact]
    public async Task A_registry_that_got_another_name_makes_the_lockfile_out_of_date()
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"");
        await _kit.Install();
        var manifest = Path.Combine(_kit.Root, "cairn.toml");
        File.WriteAllText(manifest, _kit.Read("cairn.toml").Replace("main = ", "other = ", StringComparison.Ordinal));

        var problem = await _kit.Fails(client => client.Install(Frozen()));
        await _kit.Install();

        Assert.Equal(ProblemCode.LockfileOutOfDate, problem.Code);
        Assert.Contains("comes from the registry `main`, which there is no more", problem.Message, StringComparison.Ordinal);
        Assert.Contains("source = \"feed+other\"", _kit.Read("cairn.lock"), StringComparison.Ordinal);
        Assert.DoesNotContain("feed+main", _kit.Read("cairn.lock"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_archive_can_be_planned_and_locked_and_says_so_when_installed()
    {
        _kit.PublishFacts("facts 1.0.0");
        _kit.Manifest("[dependencies]\nfacts = \"^1\"");

        var plan = await _kit.Plan(client => client.Install(_kit.Request()));
        await _kit.Done(client => client.Lock(_kit.Request(), LockAction.Update));
        var picture = _kit.Picture();
        var problem = await _kit.Fails(client => client.Install(_kit.Request()));

        Assert.Equal(["facts"], plan.ToFetch.Select(fetch => fetch.Package.Name.Value));
        Assert.Equal(ProblemCode.ReleaseNotFound, problem.Code);
        Assert.Contains("`facts 1.0.0` has no archive", problem.Message, StringComparison.Ordinal);
        Assert.Equal(picture, _kit.Picture());
    }

    [Fact]
    public async Task Frozen_refuses_a_missing_and_an_outdated_lockfile_and_takes_a_right_one()
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"");
        Assert.Equal(ProblemCode.LockfileMissing, (await _kit.Fails(client => client.Install(Frozen()))).Code);
        await _kit.Install();
        Directory.Delete(Path.Combine(_kit.Root, "packages"), recursive: true);
        Assert.Equal(2, (await _kit.Done(client => client.Install(Frozen()))).PackagesInstalled);

        _kit.Manifest("[dependencies]\nweb = \"^2\"\ntest = \"*\"");
        var picture = _kit.Picture();
        var problem = await _kit.Fails(client => client.Install(Frozen()));

        Assert.Equal(ProblemCode.LockfileOutOfDate, problem.Code);
        Assert.Contains("`test` was added", problem.Message, StringComparison.Ordinal);
        Assert.Equal(picture, _kit.Picture());
    }

    [Fact]
    public async Task What_is_locked_stays_when_newer_releases_come()
    {
        _kit.Publish("log 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();
        _kit.Publish("log 1.1.0");
        _kit.Publish("vec 1.0.0");

        _kit.Manifest("[dependencies]\nlog = \"^1\"\nvec = \"^1\"");
        var report = await _kit.Install();

        Assert.Equal(["vec 1.0.0"], report.Installed.Select(p => $"{p}"));
        Assert.Equal("// log 1.0.0\n", _kit.Read("packages/log/src/main.c"));
    }

    [Fact]
    public async Task A_package_that_is_no_longer_needed_goes()
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"\ntest = \"^1\"");
        await _kit.Install();
        _kit.Manifest("[dependencies]\ntest = \"^1\"");

        var report = await _kit.Install();

        Assert.Equal(["http 1.1.0", "web 2.0.0"], report.Removed.Select(p => $"{p}").Order());
        Assert.False(_kit.Has("packages/web"));
        Assert.True(_kit.Has("packages/test"));
    }

    [Fact]
    public async Task Two_versions_stand_side_by_side()
    {
        _kit.Publish("http 1.0.0");
        _kit.Publish("http 2.0.0");
        _kit.Publish("old 1.0.0", "http = \"^1\"");
        _kit.Manifest("[dependencies]\nold = \"^1\"\nhttp = \"^2\"\n\n[resolution]\nduplicates = \"compatible\"");

        await _kit.Install();

        Assert.Equal("// http 2.0.0\n", _kit.Read("packages/http/src/main.c"));
        Assert.Equal("// http 1.0.0\n", _kit.Read("packages/http@1.0.0/src/main.c"));
        Assert.Contains("\"http\": \"http@1.0.0\"", _kit.Read("packages/cairn-map.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_features_and_profiles_choose_what_is_installed_and_not_what_is_locked()
    {
        Web();
        _kit.Manifest("""
            [dependencies]
            http = "^1"
            web = { version = "^2", optional = true }

            [dev-dependencies]
            test = "^1"

            [features]
            server = ["dep:web"]

            [profile.release]
            features = ["server"]
            dev = false
            """);
        await _kit.Install();
        var locked = _kit.Read("cairn.lock");

        Assert.Equal(["http", "test"], Installed());
        await Select(new() { WithoutDev = true });
        Assert.Equal(["http"], Installed());
        await Select(new() { WithoutDev = true, Features = ["server"] });
        Assert.Equal(["http", "web"], Installed());
        await Select(new() { UsesAllFeatures = true });
        Assert.Equal(["http", "test", "web"], Installed());
        Assert.Equal(locked, _kit.Read("cairn.lock"));
        Assert.Equal(ProblemCode.ProfileUnknown, (await _kit.Fails(c => c.Install(_kit.Request() with { Selection = new() { Profile = "releas" } }))).Code);
        var problem = await _kit.Fails(c => c.Install(_kit.Request() with { Selection = new() { Features = ["sever"] } }));
        Assert.Equal((ProblemCode.FeatureUnknown, "did you mean `server`?"), (problem.Code, problem.Hint));
    }

    [Fact]
    public async Task Offline_uses_what_is_here_and_says_what_is_missing()
    {
        Web();
        _kit.Manifest("[dependencies]\nhttp = \"^1\"");
        await _kit.Install();
        Directory.Delete(Path.Combine(_kit.Root, "packages"), recursive: true);
        _kit.IsOffline = true;

        Assert.Equal(1, (await _kit.Install()).PackagesInstalled);
    }

    [Fact]
    public async Task A_foreign_folder_is_not_touched()
    {
        Web();
        _kit.Manifest("[dependencies]\nhttp = \"^1\"");
        _kit.Sandbox.Write("p/packages/mine.txt", "mine");

        var problem = await _kit.Fails(client => client.Install(_kit.Request()));

        Assert.Equal(ProblemCode.InstallDirectoryForeign, problem.Code);
        Assert.Equal("mine", _kit.Read("packages/mine.txt"));
        Assert.False(_kit.Has("cairn.lock"));
    }

    [Fact]
    public async Task What_stands_in_the_way_of_a_package_is_not_touched()
    {
        Web();
        _kit.Manifest("[dependencies]\nhttp = \"^1\"");
        await _kit.Install();
        _kit.Sandbox.Write("p/packages/web/mine.txt", "mine");
        _kit.Sandbox.Write("p/packages/.cache/x", "mine");

        _kit.Manifest("[dependencies]\nhttp = \"^1\"\ntest = \"^1\"");
        await _kit.Install();
        Assert.True(_kit.Has("packages/web/mine.txt") && _kit.Has("packages/.cache/x"));

        _kit.Manifest("[dependencies]\nweb = \"^2\"");
        Assert.Equal(ProblemCode.InstallDirectoryForeign, (await _kit.Fails(client => client.Install(_kit.Request()))).Code);
        Assert.True(_kit.Has("packages/web/mine.txt"));
    }

    [Fact]
    public async Task A_flipped_byte_is_refused_and_nothing_installed()
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"");
        await _kit.Done(client => client.Lock(_kit.Request(), LockAction.Update));
        var checksum = _kit.Read("cairn.lock").Split("sha256:")[1][..64];
        var archive = Directory.GetFiles(_kit.Sandbox.At("feed"), checksum, SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(archive);
        bytes[^20] ^= 1;
        File.SetAttributes(archive, FileAttributes.Normal);
        File.WriteAllBytes(archive, bytes);
        var picture = _kit.Picture();

        var problem = await _kit.Fails(client => client.Install(_kit.Request()));

        Assert.Equal(ProblemKind.Integrity, problem.Kind);
        Assert.Equal(picture, _kit.Picture());
    }

    [Fact]
    public async Task Deleted_files_of_the_store_are_fetched_again()
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"");
        await _kit.Install();
        Directory.Delete(Path.Combine(_kit.Root, "packages"), recursive: true);
        var stored = Directory.GetFiles(_kit.Sandbox.At("home/data/store"), "main.c", SearchOption.AllDirectories)[0];
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.GetDirectoryName(stored)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.Delete(stored);

        var report = await _kit.Install();

        Assert.Equal(1, report.PackagesFetched);
        Assert.Equal("// web 2.0.0\n", _kit.Read("packages/web/src/main.c"));
        Assert.Equal("// http 1.1.0\n", _kit.Read("packages/http/src/main.c"));
    }

    [Theory]
    [InlineData(LinkMode.Files)]
    [InlineData(LinkMode.Packages)]
    [InlineData(LinkMode.Copy)]
    public async Task Every_link_mode_shows_the_same_files(LinkMode link)
    {
        Web();
        _kit.Manifest("[dependencies]\nweb = \"^2\"");

        await _kit.Install(request => request with { Link = link });

        Assert.Equal("// http 1.1.0\n", _kit.Read("packages/http/src/main.c"));
        Assert.Equal(link == LinkMode.Packages, new DirectoryInfo(Path.Combine(_kit.Root, "packages/http")).LinkTarget is not null);
        if (link == LinkMode.Copy)
        {
            File.AppendAllText(Path.Combine(_kit.Root, "packages/http/src/main.c"), "more");
        }
    }

    [Fact]
    public async Task A_project_without_dependencies_gets_no_folder()
    {
        _kit.Manifest("");

        Assert.True((await _kit.Install()).LockfileWritten);
        Assert.False(_kit.Has("packages"));
        Assert.True((await _kit.Install()).WasEmpty);
    }

    [Fact]
    public async Task The_last_package_takes_the_folder_with_it()
    {
        Web();
        _kit.Manifest("[dependencies]\nhttp = \"^1\"");
        await _kit.Install();
        _kit.Manifest("");
        await _kit.Install();

        Assert.False(_kit.Has("packages"));
        Assert.True((await _kit.Install()).WasEmpty);
    }

    [Fact]
    public async Task No_resolution_is_explained_and_repairs_come_with_it()
    {
        _kit.Publish("http 1.0.0");
        _kit.Publish("http 2.0.0");
        _kit.Publish("auth 1.0.0", "http = \"^1\"");
        _kit.Publish("web 2.0.0", "http = \"^2\"");
        _kit.Publish("web 1.0.0", "http = \"^1\"");
        _kit.Manifest("[dependencies]\nauth = \"^1\"\nweb = \"^2\"");

        var problem = await _kit.Fails(client => client.Install(_kit.Request()));

        Assert.Equal((ProblemCode.NoResolution, ProblemKind.Resolution), (problem.Code, problem.Kind));
        var detail = Assert.IsType<NoResolutionDetail>(problem.Detail);
        Assert.Contains(PackageName.Parse("http"), detail.Explanation.Packages);
        Assert.NotEmpty(detail.Repairs);
        Assert.False(_kit.Has("cairn.lock"));

        foreach (var repair in detail.Repairs)
        {
            var plan = await _kit.Plan(client => client.ApplyRepair(_kit.Request(), repair));
            Assert.Equal(
                repair.Resolution.Packages.Select(p => p.Id.ToString()).Order(), plan.Lockfile.Packages.Select(p => p.Id.ToString()).Order());
        }
    }

    [Fact]
    public async Task A_repair_writes_the_folder_of_a_source_as_seen_from_the_manifest_that_gets_it()
    {
        _kit.Publish("log 1.5.0");
        _kit.Sandbox.Write("p/libs/log/cairn.toml", "[package]\nname = \"log\"\nversion = \"1.4.0\"\n");
        _kit.Manifest("[dependencies]\nlog = { path = \"libs/log\" }\n\n[workspace]\nmembers = [\"tools/cli\"]");
        _kit.Manifest("[dependencies]\nlog = \"^1\"", "tools/cli");

        var problem = await _kit.Fails(client => client.Install(_kit.Request()));
        var repair = Assert.IsType<NoResolutionDetail>(problem.Detail).Repairs.Single(r => r.Title.StartsWith("Take log from the folder", StringComparison.Ordinal));
        await _kit.Done(client => client.ApplyRepair(_kit.Request(), repair));

        Assert.Contains("log = { version = \"^1\", path = \"../../libs/log\" }", _kit.Read("tools/cli/cairn.toml"), StringComparison.Ordinal);
        Assert.True((await _kit.Install()).WasEmpty);
    }

    [Fact]
    public async Task A_yanked_release_stays_when_it_is_locked_and_is_warned_about()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("log 1.1.0");
        _kit.Publish("vec 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();
        _kit.Yank("log 1.1.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"\nvec = \"^1\"");

        var report = await _kit.Install();

        Assert.Equal("// log 1.1.0\n", _kit.Read("packages/log/src/main.c"));
        Assert.Contains("yanked", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
        await _kit.Done(client => client.Update(_kit.Request(), []));
        Assert.Equal("// log 1.0.0\n", _kit.Read("packages/log/src/main.c"));
    }

    [Theory]
    [InlineData("known to the store")]
    [InlineData("fetched")]
    public async Task A_checksum_of_another_package_in_the_lockfile_is_refused(string how)
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("vec 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"\nvec = \"^1\"");
        await _kit.Install();
        var locked = LockfileText.Read(_kit.Read("cairn.lock"), "cairn.lock").Packages;
        var (log, vec) = (Checksum(locked, "log"), Checksum(locked, "vec"));
        File.WriteAllText(Path.Combine(_kit.Root, "cairn.lock"), _kit.Read("cairn.lock").Replace(log, vec, StringComparison.Ordinal));
        Directory.Delete(Path.Combine(_kit.Root, "packages"), recursive: true);
        if (how == "fetched")
        {
            _kit.ForgetHome();
        }

        var problem = await _kit.Fails(client => client.Install(_kit.Request()));

        Assert.Equal(ProblemCode.WrongPackage, problem.Code);
        Assert.False(_kit.Has("packages"));
    }

    private static string Checksum(IEnumerable<LockedPackage> packages, string name) =>
        packages.Single(package => package.Id.Name.Value == name).Checksum!.ToString()!;

    private void Web()
    {
        _kit.Publish("http 1.0.0");
        _kit.Publish("http 1.1.0");
        _kit.Publish("web 2.0.0", "http = \"^1.1\"");
        _kit.Publish("test 1.0.0");
    }

    private ChangeRequest Frozen() => _kit.Request() with { Lock = LockMode.Frozen };

    private Task<ChangeReport> Select(InstallSelection selection) => _kit.Install(request => request with { Selection = selection });

    private IEnumerable<string?> Installed() => Directory.GetDirectories(Path.Combine(_kit.Root, "packages")).Select(Path.GetFileName).Order();

    private static string Json(IReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            report.WriteTo(json);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
