using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Testing;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Jobs;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Registries;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

public sealed class RegistriesScreenTests
{
    [Fact]
    public void Shown_for_the_first_time_it_looks_at_this_machine_and_asks_no_registry()
    {
        var session = Shop.Open(120, 36).Keys("7");
        Assert.Single(session.Take<ReadRegistries>());
        Assert.Empty(session.Jobs<TestRegistry>());
        Assert.Empty(session.Keys("1").Keys("7").Take<ReadRegistries>());
    }

    [Fact]
    public void Without_a_project_the_users_own_are_shown()
    {
        var session = new Session(new(120, 36));
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Failed(new Problem(ProblemCode.ManifestMissing, "there is no `cairn.toml` here", "make one"))));
        Assert.Single(session.Keys("7").Take<ReadRegistries>());
    }

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    public void A_steady_frame_allocates_nothing(int columns, int rows)
    {
        var session = Tested(columns, rows);
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
        var text = Tested(columns, rows).Text();
        Assert.Equal(Snapshot.Expected($"registries-{columns}x{rows}", text), text);
    }

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    public void The_form_looks_like_this(int columns, int rows)
    {
        var text = Tested(columns, rows).Keys("jje").Text();
        Assert.Equal(Snapshot.Expected($"registries-form-{columns}x{rows}", text), text);
    }

    [Fact]
    public void Each_registry_is_asked_by_a_job_of_its_own()
    {
        var session = Open().Keys("r");
        Assert.Equal(["acme", "main", "mirror", "old"], session.Jobs<TestRegistry>().Select(test => test.Name));
        Assert.Contains("asking", session.Text(), StringComparison.Ordinal);
        foreach (var run in session.Take<Effect.Run>())
        {
            var name = ((TestRegistry)run.Inquiry).Name;
            session.Send(new Message.JobEnded(run.Job, Answer(name)));
        }

        Assert.Single(session.Take<ReadRegistries>());
        Assert.DoesNotContain("asking", session.Text(), StringComparison.Ordinal);
        Assert.Contains("[7 Registries 1!]", session.Text(), StringComparison.Ordinal);
        Assert.Contains(session.State.Jobs.All, job => job is { Title: "test old", State: JobState.Failed });
    }

    [Fact]
    public void A_new_registry_is_typed_shown_as_a_change_of_its_file_and_written()
    {
        var session = Open().Keys("a").Keys("team\t/srv/team\tteam/*\t\r");
        var plan = Assert.Single(session.Take<PlanRegistry>());
        var add = Assert.IsType<RegistryChange.Add>(plan.Wish);
        Assert.Equal(("team", "/srv/team", "team/*", false), (add.Entry.Name, add.Entry.Address, add.Entry.Packages.Single(), add.Entry.IsDefault));

        session.Send(new RegistryPlanned(add, new Outcome<UserFileReport>.Done(Report())));
        Assert.Contains("This changes /home/me/.config/cairn/registries.toml", session.Text(), StringComparison.Ordinal);
        session.Keys("\r");
        session.Send(new RegistryChanged(add, new Outcome<UserFileReport>.Done(Assert.Single(session.Take<ApplyRegistry>()).Plan)));
        Assert.Contains("Add team: wrote /home/me/.config/cairn/registries.toml", session.Text(), StringComparison.Ordinal);
        Assert.Single(session.Take<ReadRegistries>());
        Assert.Single(session.Take<OpenProject>()[1..]);
    }

    [Fact]
    public void What_the_engine_refuses_is_said_in_the_form()
    {
        var session = Open().Keys("a").Keys("main\t/srv/x\t\t\r");
        var plan = Assert.Single(session.Take<PlanRegistry>());
        session.Send(new RegistryPlanned(plan.Wish, new Outcome<UserFileReport>.Failed(new Problem(ProblemCode.RegistryExists, "there is a registry `main` already", "remove it first"))));
        Assert.Contains("! there is a registry `main` already", session.Text(), StringComparison.Ordinal);
        Assert.Contains("/srv/x", session.Text(), StringComparison.Ordinal);
        Assert.IsType<RegistriesScreen>(session.Keys("⎋").State.Top);
    }

    [Theory]
    [InlineData("jjd", "Remove mirror")]
    [InlineData("jjK", "Move mirror up")]
    [InlineData("jjJ", "Move mirror down")]
    public void Rows_are_removed_and_moved(string keys, string title) => Assert.Equal(title, Assert.Single(Open().Keys(keys).Take<PlanRegistry>()).Wish.Title);

    [Theory]
    [InlineData("d", "acme belongs to the project")]
    [InlineData("jK", "main is the first of yours")]
    [InlineData("GJ", "old is the last of yours")]
    public void What_cannot_be_changed_says_why(string keys, string reason) => Assert.Contains(reason, Open().Keys(keys).Text(), StringComparison.Ordinal);

    private static UserFileReport Report() => new(
        "/home/me/.config/cairn/registries.toml", TextDifference.Between("registries.toml", "a = 1\n", "a = 1\n[registries.team]\nurl = \"/srv/team\"\n"));

    private static Session Open(int columns = 120, int rows = 36)
    {
        var session = Shop.Open(columns, rows).Keys("7");
        session.Take<ReadRegistries>();
        return session.Send(new RegistriesRead(new Outcome<RegistryOverview>.Done(Overview), []));
    }

    private static Session Tested(int columns, int rows)
    {
        var session = Open(columns, rows);
        foreach (var name in new[] { "acme", "main", "mirror", "old" })
        {
            session.Send(Answer(name));
        }

        return session;
    }

    private static RegistryTested Answer(string name)
    {
        var test = name switch
        {
            "old" => new RegistryTest(name, "https://old.example", RegistryState.Failed, TimeSpan.FromMilliseconds(30), new Problem(ProblemCode.SignInNeeded, "https://old.example wants you to sign in", "signing in comes later")),
            "acme" => new RegistryTest(name, "https://pkg.acme.example", RegistryState.Ok, TimeSpan.FromMilliseconds(41), null) { Id = "acme.example/all", Serial = 310, Names = 212 },
            "main" => new RegistryTest(name, "https://reg.example", RegistryState.NotAsked, TimeSpan.Zero, new Problem(ProblemCode.OfflineMissing, "`main` is on the web and cairn is offline", "leave out --offline")),
            _ => new RegistryTest(name, "/srv/mirror", RegistryState.Ok, TimeSpan.FromMilliseconds(1), null) { Id = "mirror", Serial = 7, Names = 12, IsSigned = true },
        };
        var at = new DateTimeOffset(2026, 3, 1, 11, 58, 2, TimeSpan.Zero);
        return new(name, new Outcome<RegistryTestReport>.Done(new([test])),
        [
            new(at, "acme", "object 9f3c11a2", "200", TimeSpan.FromMilliseconds(38)),
            new(at, "acme", "timestamp.note", "304", TimeSpan.FromMilliseconds(12)),
            new(at, "acme", "registry.json", "304", TimeSpan.FromMilliseconds(3.5)),
            new(at, "old", "registry.json", "sign-in-needed", TimeSpan.FromMilliseconds(30)),
        ]);
    }

    private static RegistryOverview Overview { get; } = new(
        [
            new(new RegistryEntry("acme", "https://pkg.acme.example", ["acme/*"]), "project", RegistryPlace.Web, 3) { LockedNames = [PackageName.Parse("acme/cart"), PackageName.Parse("acme/log"), PackageName.Parse("acme/web")], Read = new(2026, 3, 1, 11, 54, 0, TimeSpan.Zero), Names = 212 },
            new(new RegistryEntry("main", "https://reg.example", []) { IsDefault = true }, "user", RegistryPlace.Web, 5)
            {
                Names = 118_402, BlockedCount = 1, Blocked = [(PackageName.Parse("acme/utils"), "acme")],
            },
            new(new RegistryEntry("mirror", "/srv/mirror", ["tools/*"]), "user", RegistryPlace.Folder, 0),
            new(new RegistryEntry("old", "https://old.example", []), "user", RegistryPlace.Web, 0),
        ],
        [new("acme/*", "acme"), new("tools/*", "mirror"), new("", "main")],
        new("/home/me/.cache/cairn/feeds", 14_000_000, new(2026, 3, 1, 11, 54, 0, TimeSpan.Zero), "/home/me/.local/share/cairn/store", 1_902, 2_100_000_000, 8, []), false);
}
