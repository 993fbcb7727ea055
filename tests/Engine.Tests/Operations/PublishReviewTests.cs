using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Tests.Operations;

public sealed class PublishReviewTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public PublishReviewTests()
    {
        _kit.ReleaseFeed();
        _kit.Sandbox.Write("p/cairn.toml", "[package]\nname = \"app\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\ndescription = \"An app.\"\n" + _kit.Registries);
        _kit.Sandbox.Write("p/README.md", "# app\n");
        _kit.Sandbox.Write("p/src/main.c", "int main(void) { return 0; }\n");
    }

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task A_package_in_order_passes_every_check()
    {
        var review = await Review();

        Assert.True(review.MayPublish);
        Assert.All(review.Packages[0].Checks, check => Assert.Contains(check.State, new[] { CheckState.Passed, CheckState.Skipped }));
        Assert.Equal(["README.md", "cairn.toml", "src/main.c"], review.Packages[0].Files.Where(file => file.IsIn).Select(file => file.Path));
    }

    [Fact]
    public async Task A_readme_that_is_missing_is_written_as_a_file_and_not_in_the_manifest()
    {
        File.Delete(_kit.Sandbox.At("p/README.md"));
        var check = Assert.Single((await Review()).Packages[0].Checks, check => check.Id == PublishChecks.Manifest);
        Assert.Equal(("write a README.md", CheckRemedy.None), (check.Fix, check.Remedy));
    }

    [Fact]
    public async Task Exactly_the_reviewed_bytes_are_published_and_can_be_installed()
    {
        var review = await Review();
        var report = await Published(review);

        Assert.Equal(review.Packages[0].Archive!.Hash, Assert.Single(report.Packages).Archive);
        var object1 = Assert.Single(Directory.EnumerateFiles(_kit.Sandbox.At("feed"), review.Packages[0].Archive!.Hash.Hex, SearchOption.AllDirectories));
        Assert.Equal(review.Packages[0].Archive!.Hash, ContentHash.Of(File.ReadAllBytes(object1)));
        var again = await Review();
        Assert.False(again.Packages[0].IsNew);
        Assert.True(again.MayPublish);
    }

    [Theory]
    [InlineData("src/main.c", "int main(void) { return 1; }\n")]
    [InlineData("src/new.c", "int added;\n")]
    [InlineData(".gitignore", "README.md\n")]
    [InlineData("cairn.toml", "[package]\nname = \"app\"\nversion = \"1.0.1\"\n\n[registries]\nmain = \"../feed\"\n")]
    public async Task A_file_that_changes_after_the_review_stops_publishing(string file, string text)
    {
        var review = await Review();
        _kit.Sandbox.Write($"p/{file}", text);

        Assert.Equal(ProblemCode.ReviewStale, (await Refused(review)).Code);
        Assert.DoesNotContain("app", FeedNames());
    }

    [Fact]
    public async Task A_version_that_is_there_cannot_be_published_whatever_is_allowed()
    {
        await Published(await Review());
        _kit.Sandbox.Write("p/src/main.c", "int main(void) { return 1; }\n");
        var review = await Review(request => request with { Allowed = PublishChecks.All });

        Assert.False(review.MayPublish);
        var problem = await Refused(review);
        Assert.Equal(ProblemCode.VersionExists, problem.Code);
        Assert.Equal(CheckRemedy.ChooseVersion, Check(review, PublishChecks.Version).Remedy);
    }

    [Fact]
    public async Task Another_version_published_meanwhile_stops_it_too()
    {
        var review = await Review();
        _kit.OpenFeed();
        _kit.Publish("app 1.0.0");
        _kit.ReleaseFeed();

        Assert.Equal(ProblemCode.VersionExists, (await Refused(review)).Code);
    }

    [Fact]
    public async Task The_step_follows_from_what_changed()
    {
        _kit.Sandbox.Write("p/cairn.toml", Manifest("1.0.0", "\n[features]\nfast = []\nsmall = []\n"));
        await Published(await Review());

        Assert.Equal(VersionStep.Patch, await StepAfter("1.0.1", "\n[features]\nfast = []\nsmall = []\n", "src/main.c", "int main(void) { return 2; }\n"));
        Assert.Equal(VersionStep.Minor, await StepAfter("1.0.1", "\n[features]\nfast = []\nsmall = []\n", "src/more.c", "int more;\n"));
        Assert.Equal(VersionStep.Minor, await StepAfter("1.0.1", "\n[features]\nfast = []\nsmall = []\nextra = []\n", "src/main.c", "int main(void) { return 2; }\n"));
        Assert.Equal(VersionStep.Major, await StepAfter("1.0.1", "\n[features]\nfast = []\n", "src/main.c", "int main(void) { return 2; }\n"));
        var review = await Review();
        var fit = Check(review, PublishChecks.Fit);
        Assert.Equal(CheckState.Failed, fit.State);
        Assert.True(fit.MayBeAllowed);
        Assert.Equal("2.0.0", review.Packages[0].Changes!.Proposed.ToString());
        Assert.Contains("feature small", (await Refused(review)).Message, StringComparison.Ordinal);
        Assert.Equal("1.0.1", (await Published(await Review(request => request with { Allowed = [PublishChecks.Fit] }))).Packages[0].Package.Version.ToString());
    }

    [Theory]
    [InlineData("1.2.3", VersionStep.Major, "2.0.0")]
    [InlineData("1.2.3", VersionStep.Minor, "1.3.0")]
    [InlineData("1.2.3", VersionStep.Patch, "1.2.4")]
    [InlineData("0.2.3", VersionStep.Major, "0.3.0")]
    [InlineData("0.2.3", VersionStep.Minor, "0.2.4")]
    [InlineData("2.0.0-rc.1", VersionStep.Patch, "2.0.0")]
    public void Steps_lead_to_versions(string from, VersionStep step, string to) =>
        Assert.Equal(to, ReleaseChanges.Bump(SemanticVersion.Parse(from), step).ToString());

    [Fact]
    public async Task A_release_of_an_older_line_is_looked_at_and_one_behind_its_line_is_refused()
    {
        foreach (var version in new[] { "1.0.0", "1.1.0", "2.0.0" })
        {
            _kit.Sandbox.Write("p/cairn.toml", Manifest(version));
            await Published(await Review(request => request with { Allowed = PublishChecks.All }));
        }

        _kit.Sandbox.Write("p/cairn.toml", Manifest("1.1.1"));
        Assert.Equal(CheckState.Look, Check(await Review(), PublishChecks.Version).State);
        _kit.Sandbox.Write("p/cairn.toml", Manifest("1.0.5"));
        Assert.Equal(CheckState.Failed, Check(await Review(), PublishChecks.Version).State);
    }

    [Fact]
    public async Task A_mark_holds_for_one_content_and_a_private_key_takes_none()
    {
        _kit.Sandbox.Write("p/config.ini", "api_token = k3Zp9QxW7vLm2\n");
        var review = await Review();
        Assert.Equal("config.ini", review.Packages[0].Files[0].Path);
        Assert.Equal(CheckState.Failed, Check(review, PublishChecks.Files).State);

        await Mark(review, "config.ini");
        Assert.True((await Review()).MayPublish);

        _kit.Sandbox.Write("p/config.ini", "api_token = k3Zp9QxW7vLm3\n");
        Assert.False((await Review()).MayPublish);

        _kit.Sandbox.Write("p/deploy.key", "-----BEGIN PRIVATE KEY-----\nMIIE\n");
        review = await Review(request => request with { Allowed = PublishChecks.All });
        Assert.Null(review.Packages[0].Archive);
        Assert.Equal(ProblemCode.ArchiveUnsafe, (await Refused(review)).Code);
        await using var client = _kit.Client();
        var outcome = await client.MarkFile(review.Packages[0], "deploy.key", FineMark.IsFine).RunAsync(Yes, Silent.Instance, CancellationToken.None);
        Assert.Equal(ProblemCode.ArchiveUnsafe, Assert.IsType<Outcome<MarkReport>.Failed>(outcome).Problem.Code);
    }

    [Fact]
    public async Task A_file_is_called_fine_by_one_program_at_a_time()
    {
        _kit.Sandbox.Write("p/data.bin", "x\0y");
        var review = await Review();
        await using var client = _kit.Client();
        var change = client.MarkFile(review.Packages[0], "data.bin", FineMark.IsFine);
        using (ProjectLock.Take(new StateFolder(_kit.Sandbox.At("p")), "somebody else"))
        {
            var refused = await change.RunAsync(Yes, Silent.Instance, CancellationToken.None);
            Assert.Equal(ProblemCode.ProjectBusy, Assert.IsType<Outcome<MarkReport>.Failed>(refused).Problem.Code);
        }

        Assert.IsType<Outcome<MarkReport>.Done>(await change.RunAsync(Yes, Silent.Instance, CancellationToken.None));
    }

    [Theory]
    [InlineData("bench/data.bin")]
    [InlineData("odd [1] name!.bin")]
    public async Task Leaving_a_file_out_leaves_out_that_file_only(string path)
    {
        _kit.Sandbox.Write($"p/{path}", "x\0y");
        _kit.Sandbox.Write("p/other/data.bin", "x\0y");
        await _kit.Done(client => client.Edit(_kit.Request(), [ProjectEdit.LeaveOut.File(null, path)]));
        var files = (await Review()).Packages[0].Files;

        Assert.False(files.Single(file => file.Path == path).IsIn);
        Assert.True(files.Single(file => file.Path == "other/data.bin").IsIn);
        await _kit.Done(client => client.Undo(_kit.Request()));
        Assert.True((await Review()).Packages[0].Files.Single(file => file.Path == path).IsIn);
    }

    [Fact]
    public async Task Cancelled_at_any_moment_the_feed_is_as_it_was()
    {
        var before = FeedPicture();
        for (var at = 1; ; at++)
        {
            using var stop = new CancellationTokenSource();
            await using var client = _kit.Client();
            var outcome = await client.Publish(new(_kit.Root)).RunAsync(Yes, new StopAt(at, stop), stop.Token);
            if (outcome is Outcome<PublishReport>.Done)
            {
                break;
            }

            Assert.IsType<Outcome<PublishReport>.Cancelled>(outcome);
            Assert.Equal(before, FeedPicture());
        }

        Assert.Contains("app", FeedNames());
    }

    [Fact]
    public async Task Members_go_out_in_the_order_of_their_dependencies_and_stop_at_the_first_failure()
    {
        _kit.Sandbox.Write("p/cairn.toml", "[workspace]\nmembers = [\"*\"]\n" + _kit.Registries);
        Member("web", "tool = { path = \"../tool\", version = \"^1.0\" }");
        Member("tool", "");
        Member("zoo", "web = { path = \"../web\", version = \"^1.0\" }");
        var review = await Review(request => request with { Scope = PublishScope.Workspace });
        Assert.Equal(["tool", "web", "zoo"], review.Packages.Select(package => package.Package.Name.Value));
        _kit.OpenFeed();
        _kit.Publish("web 1.0.0");
        _kit.ReleaseFeed();

        var report = await Published(review);

        Assert.Equal(["tool"], report.Packages.Select(package => package.Package.Name.Value));
        Assert.Equal(["web", "zoo"], report.NotPublished.Select(package => package.Name.Value));
        Assert.Equal(ProblemCode.VersionExists, report.Stopped!.Code);
    }

    [Fact]
    public async Task A_web_address_is_said_to_need_a_server()
    {
        _kit.Sandbox.Write("p/cairn.toml", "[package]\nname = \"app\"\nversion = \"1.0.0\"\n\n[registries]\nmain = \"http://127.0.0.1:9/feed\"\n");
        _kit.IsOffline = true;
        var review = await Review();

        Assert.Null(review.Target.Feed);
        Assert.Contains("needs a registry server", Check(review, PublishChecks.Target).Problem!.Message, StringComparison.Ordinal);
        Assert.Equal(CheckState.Skipped, Check(review, PublishChecks.Version).State);
        Assert.Null(review.Packages[0].Dependents);
        Assert.False(review.MayPublish);
    }

    [Fact]
    public async Task Dependents_are_counted_with_those_that_accept_the_version()
    {
        await Published(await Review());
        _kit.OpenFeed();
        _kit.Publish("web 1.0.0", "app = \"^1\"");
        _kit.Publish("old 1.0.0", "app = \"=1.0.0\"");
        _kit.ReleaseFeed();
        _kit.Sandbox.Write("p/cairn.toml", Manifest("1.0.1"));

        Assert.Equal(new Dependents(2, 1), (await Review()).Packages[0].Dependents);
    }

    [Fact]
    public async Task What_is_not_committed_is_refused_and_a_tag_is_found()
    {
        Git("init", "-q", "-b", "main");
        Git("add", "-A");
        Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
        var review = await Review();
        Assert.Equal(CheckState.Passed, Check(review, PublishChecks.Checkout).State);
        Assert.Equal("git tag v1.0.0", Check(review, PublishChecks.Checkout).Fix);

        Git("tag", "v1.0.0");
        Assert.StartsWith("tag v1.0.0 on ", Check(await Review(), PublishChecks.Checkout).Detail, StringComparison.Ordinal);

        _kit.Sandbox.Write("p/.git/info/exclude", "notes\n");
        _kit.Sandbox.Write("p/notes", "not committed\n");
        _kit.Sandbox.Write("p/src/main.c", "int main(void) { return 3; }\n");
        var dirty = Check(await Review(), PublishChecks.Checkout);
        Assert.Equal((CheckState.Failed, true, "notes and 1 more"), (dirty.State, dirty.MayBeAllowed, dirty.Detail));
        Assert.True((await Review(request => request with { Allowed = [PublishChecks.Checkout] })).MayPublish);
    }

    [Fact]
    public void What_git_says_is_read()
    {
        const string Status = "# branch.oid a91c2e0\0# branch.head main\01 .M N... 100644 100644 100644 aa bb pkg/src/a b.c\02 R. N... 100644 100644 100644 aa bb R100 pkg/new.c\0pkg/old.c\0? pkg/x.c\0? other.c\0! pkg/out/\0";

        Assert.Equal("a91c2e0", GitCheckout.HeadOf(Status));
        Assert.Equal(["new.c", "out/", "src/a b.c", "x.c"], GitCheckout.ChangedIn(Status, "pkg/").Order(StringComparer.Ordinal));
    }

    private static Task<bool> Yes<T>(T plan, CancellationToken cancellation) => Task.FromResult(true);

    private static PublishCheck Check(PublishReview review, string id) => review.Packages[0].Checks.Single(check => check.Id == id);

    private static string Manifest(string version, string tables = "") =>
        $"[package]\nname = \"app\"\nversion = \"{version}\"\nlicense = \"MIT\"\ndescription = \"An app.\"\n{tables}\n[registries]\nmain = \"../feed\"\n";

    private void Git(params string[] arguments)
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = _kit.Root })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    private void Member(string name, string dependency) =>
        _kit.Sandbox.Write($"p/{name}/cairn.toml", $"[package]\nname = \"{name}\"\nversion = \"1.0.0\"\n\n[dependencies]\n{dependency}\n");

    private async Task<VersionStep> StepAfter(string version, string features, string file, string text)
    {
        _kit.Sandbox.Write("p/src/main.c", "int main(void) { return 0; }\n");
        File.Delete(_kit.Sandbox.At("p/src/more.c"));
        _kit.Sandbox.Write("p/cairn.toml", Manifest(version, features));
        _kit.Sandbox.Write($"p/{file}", text);
        return (await Review()).Packages[0].Changes!.Needed;
    }

    private async Task<PublishReview> Review(Func<PublishRequest, PublishRequest>? with = null)
    {
        await using var client = _kit.Client();
        var outcome = await client.ReviewPublish((with ?? (request => request))(new(_kit.Root))).RunAsync(Silent.Instance, CancellationToken.None);
        return outcome is Outcome<PublishReview>.Done(var review) ? review : throw new InvalidOperationException($"{outcome}");
    }

    private async Task<PublishReport> Published(PublishReview review)
    {
        await using var client = _kit.Client();
        var outcome = await client.Publish(review.Request).TryApplyAsync(review, Silent.Instance, CancellationToken.None);
        return outcome is Outcome<PublishReport>.Done(var report) ? report : throw new InvalidOperationException($"{outcome}");
    }

    private async Task<Problem> Refused(PublishReview review)
    {
        await using var client = _kit.Client();
        var outcome = await client.Publish(review.Request).TryApplyAsync(review, Silent.Instance, CancellationToken.None);
        return Assert.IsType<Outcome<PublishReport>.Failed>(outcome).Problem;
    }

    private async Task Mark(PublishReview review, string path)
    {
        await using var client = _kit.Client();
        Assert.IsType<Outcome<MarkReport>.Done>(await client.MarkFile(review.Packages[0], path, FineMark.IsFine).RunAsync(Yes, Silent.Instance, CancellationToken.None));
    }

    private ImmutableArray<string> FeedNames() =>
        [.. Directory.EnumerateFiles(_kit.Sandbox.At("feed"), "*", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!)];

    private string FeedPicture() => string.Join(
        '\n', Directory.EnumerateFiles(_kit.Sandbox.At("feed"), "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".writer", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(file => $"{file} {ContentHash.Of(File.ReadAllBytes(file))}"));

    private sealed class StopAt(int at, CancellationTokenSource stop) : IProgress<ProgressEvent>
    {
        private int _seen;

        public void Report(ProgressEvent value)
        {
            if (Interlocked.Increment(ref _seen) == at)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class Silent : IProgress<ProgressEvent>
    {
        public static Silent Instance { get; } = new();

        public void Report(ProgressEvent value)
        {
        }
    }
}
