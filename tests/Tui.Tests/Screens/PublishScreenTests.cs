using System.Collections.Immutable;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Testing;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Publish;
using Registry.Tui.Screens.Review;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

public sealed class PublishScreenTests
{
    private static readonly PackageId Shop140 = new(PackageName.Parse("acme-shop"), SemanticVersion.Parse("1.4.0"));

    [Theory]
    [InlineData(false, "d leaves it out: no registry takes it")]
    [InlineData(true, "d leaves a file out, Space says that it is fine")]
    public void What_no_registry_takes_can_only_be_left_out(bool mayBeAllowed, string words) => Assert.Equal(words, PublishWords.Fix(
        new PublishCheck(PublishChecks.Files, CheckState.Failed, "id_rsa cannot be published", "a private key") { Fix = "leave it out", Remedy = CheckRemedy.LookAtFiles, MayBeAllowed = mayBeAllowed }));

    [Fact]
    public void Shown_for_the_first_time_it_asks_for_a_review_once()
    {
        var session = Screens.Shop.Open(120, 36).Keys("6");
        Assert.Equal(new ReviewPackages(PublishScope.Package), Assert.Single(session.Take<ReviewPackages>()));
        Assert.Contains("looking at manifest, registry and files", session.Text(), StringComparison.Ordinal);
        Assert.Empty(session.Keys("1").Keys("6").Take<ReviewPackages>());
    }

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    public void A_steady_frame_allocates_nothing(int columns, int rows)
    {
        var session = Open(Review(), columns, rows);
        var frame = new Frame(new GlyphTable(), columns, rows);
        Chrome.Draw(new Canvas(frame), session.State);
        var before = GC.GetAllocatedBytesForCurrentThread();
        frame.Clear();
        Chrome.Draw(new Canvas(frame), session.State);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    [InlineData(60, 15)]
    [InlineData(44, 12)]
    public void It_looks_like_this(int columns, int rows)
    {
        var text = Open(Review(), columns, rows).Text();
        Assert.Equal(Snapshot.Expected($"publish-{columns}x{rows}", text), text);
    }

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    public void The_confirmation_looks_like_this(int columns, int rows)
    {
        var text = Open(Ready(), columns, rows).Keys("P1.4").Text();
        Assert.Equal(Snapshot.Expected($"publish-confirm-{columns}x{rows}", text), text);
    }

    [Fact]
    public void What_is_published_is_confirmed_by_its_version_and_is_what_was_reviewed()
    {
        var review = Ready();
        var session = Open(review).Keys("P1.4\r");
        Assert.Empty(session.Jobs<PublishReviewed>());
        session.Keys(".0\r");
        Assert.Same(review, Assert.Single(session.Jobs<PublishReviewed>()).Review);

        session.End(new Published(new Outcome<PublishReport>.Done(new("main", "/srv/feed", [new(Shop140, Hash, 188_000, true)], [], null))));
        Assert.Contains("✓ acme-shop 1.4.0 is in main", session.Text(), StringComparison.Ordinal);
        Assert.Equal("published to main", session.State.Notice?.Text);
        Assert.Single(session.Take<ReviewPackages>());
        session.Keys("\t\r").Keys("loses data\r");
        Assert.Equal(new YankPackage(Shop140, "main", "loses data"), Assert.Single(session.Jobs<YankPackage>()));
    }

    [Fact]
    public void A_failing_check_stops_it_and_says_what_to_do()
    {
        var session = Open(Review()).Keys("P");
        Assert.IsType<PublishScreen>(session.State.Top);
        Assert.Contains("Files need a look. To publish all the same: cairn publish --allow files", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_web_registry_is_said_to_need_a_server()
    {
        var problem = new Problem(ProblemCode.UsageInvalid, "`main` is a web address", "publish into the folder behind it");
        var package = Package([new(PublishChecks.Target, CheckState.Failed, "Cannot be published there", "") { Problem = problem, Fix = problem.Hint }]);
        var session = Open(new(new("/home/me/acme-shop"), new("main", "https://reg.example", null), [package])).Keys("P");
        Assert.Contains("Cannot be published there. publish into the folder behind it", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_left_out_by_a_step_of_the_plan_and_again_takes_it_back()
    {
        var session = Open(Ready()).Keys("d");
        var edit = Assert.Single(session.Take<MakePlan>()[^1].Edits);
        Assert.Equal(ProjectEdit.LeaveOut.File(null, ".env.sample"), edit);
        Assert.Empty(session.Keys("d").State.Plan.Steps);
    }

    [Fact]
    public void Nothing_is_published_while_something_is_staged()
    {
        var session = Open(Ready()).Keys("d").Keys("P");
        Assert.Contains("first apply what is staged: p reviews it", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flagged_file_is_called_fine_and_then_looked_at_anew()
    {
        var session = Open(Review()).Keys(" ");
        var mark = Assert.Single(session.Take<MarkFile>());
        Assert.Equal((".env.sample", FineMark.IsFine), (mark.Path, mark.As));
        session.Send(new FileMarked(new Outcome<MarkReport>.Done(new(Shop140, ".env.sample", Hash, FineMark.IsFine))));
        Assert.Single(session.Take<ReviewPackages>());
        Assert.Contains("nothing is odd about this file", Open(Review()).Keys("G").Keys("k").Keys(" ").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_a_step_of_the_plan()
    {
        var session = Open(Ready()).Keys("t");
        Assert.Contains("minor: 1.4.0, which fits what changed", session.Text(), StringComparison.Ordinal);
        session.Keys("\b\b\b\b\b2.0.0\r".Replace('\b', '\u007F'));
        Assert.Equal(new ProjectEdit.SetVersion(null, SemanticVersion.Parse("2.0.0")), Assert.Single(session.Take<MakePlan>()[^1].Edits));
    }

    [Fact]
    public void A_dry_run_is_a_job_that_says_what_would_be()
    {
        var session = Open(Ready()).Keys("D");
        Assert.True(Assert.Single(session.Jobs<ReviewPackages>()).IsDryRun);
        session.End(new PackagesReviewed(new Outcome<PublishReview>.Done(Ready()), IsDryRun: true));
        Assert.Contains("would publish acme-shop 1.4.0 to main. Nothing was published", session.Text(), StringComparison.Ordinal);
        Assert.Equal(JobState.Done, session.State.Jobs.All[^1].State);
    }

    [Fact]
    public void The_selection_stays_on_its_file_when_the_order_changes()
    {
        var session = Open(Review()).Keys("j");
        session.Send(new PackagesReviewed(new Outcome<PublishReview>.Done(Review() with { Packages = [Review().Packages[0] with { Files = Review().Packages[0].Files.Reverse().ToImmutableArray() }] })));
        Assert.Contains("> bench/data.bin", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_a_workspace_are_confirmed_together()
    {
        var other = Package([]) with { };
        var session = Open(Ready() with { Packages = [Ready().Packages[0], other] }).Keys("P");
        Assert.Contains("Type all", session.Text(), StringComparison.Ordinal);
        session.Keys("all\r");
        Assert.Single(session.Jobs<PublishReviewed>());
    }

    private static ContentHash Hash { get; } = ContentHash.Of("archive"u8);

    private static Session Open(PublishReview review, int columns = 120, int rows = 36)
    {
        var session = Screens.Shop.Open(columns, rows).Keys("6");
        session.Take<ReviewPackages>();
        return session.Send(new PackagesReviewed(new Outcome<PublishReview>.Done(review)));
    }

    private static PublishReview Ready() => Review() with
    {
        Packages = [Review().Packages[0] with { Checks = [.. Review().Packages[0].Checks.Where(check => check.State != CheckState.Failed)] }],
    };

    private static PublishReview Review() => new(new("/home/me/acme-shop"), new("main", "/srv/feed", "/srv/feed"), [Package(
    [
        new(PublishChecks.Target, CheckState.Passed, "Goes to main", "a folder feed"),
        new(PublishChecks.Manifest, CheckState.Passed, "Manifest complete", "licence, description, readme"),
        new(PublishChecks.Version, CheckState.Passed, "Version 1.4.0 is free", "last 1.3.2, 40 days ago"),
        new(PublishChecks.Fit, CheckState.Passed, "Version fits the change", "minor needed, by manifest and files"),
        new(PublishChecks.Dependencies, CheckState.Passed, "Dependencies can be had", "4 from the registry"),
        new(PublishChecks.Lock, CheckState.Look, "Lockfile is out of date", "but it resolves: 8 packages") { Fix = "cairn lock", Remedy = CheckRemedy.RunCommand },
        new(PublishChecks.Checkout, CheckState.Passed, "Clean checkout", "tag v1.4.0 on a91c2e0"),
        new(PublishChecks.Files, CheckState.Failed, "Files need a look", "2 flagged")
        {
            Fix = "leave it out", Remedy = CheckRemedy.LookAtFiles, MayBeAllowed = true, Problem = new(ProblemCode.ChecksFailed, "`.env.sample` may hold a secret", "leave it out"),
        },
    ])]);

    private static PackageReview Package(ImmutableArray<PublishCheck> checks) => new(Shop140, "/home/me/acme-shop", "cairn.toml")
    {
        FileName = "acme-shop-1.4.0.tar.gz",
        Checks = checks,
        Archive = new ArchiveReference(Hash, 61_000, null),
        Unpacked = 188_000,
        Previous = new(SemanticVersion.Parse("1.3.2"), null),
        Changes = ReleaseChanges.Of(SemanticVersion.Parse("1.3.2"), [new('+', "feature fast", VersionStep.Minor), new('~', "src/cart.c", VersionStep.Patch), new('-', "docs/old.md", VersionStep.Patch)], true),
        Dependents = new(4, 4),
        Files =
        [
            File(".env.sample", 184) with
            {
                Flags = [new(FileFlagKind.SecretName, "files of this name usually hold secrets"), new(FileFlagKind.SecretName, "a setting", 1, "API_KEY=xxxx********", true)], Hash = Hash,
            },
            File("bench/data.bin", 9_000) with { Flags = [new(FileFlagKind.Binary, "binary")], Hash = Hash },
            File("LICENSE", 1_060),
            File("README.md", 6_100),
            File("cairn.toml", 420),
            File("src/cart.c", 90_000),
            File("src/shop.c", 81_000),
            new("out/", 0, false, "ignored", "`/out/` (.gitignore:1)", []),
            new("tests/", 0, false, "excluded", "`tests`", []),
        ],
    };

    private static ReviewedFile File(string path, long size) => new(path, size, true, "ordinary", null, []);
}
