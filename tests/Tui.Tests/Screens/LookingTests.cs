using System.Collections.Immutable;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Operations;
using Registry.Engine.Operations.Searching;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Security;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Screens.Review;
using Registry.Tui.Screens.Search;

namespace Registry.Tui.Tests.Screens;

/// <summary>Search answers, filters, marks, updates by row, weights.</summary>
public sealed class LookingTests
{
    [Fact]
    public void What_adding_would_do_is_tried_once_for_the_selected_hit_and_only_for_new_packages()
    {
        var session = Found().Keys("3kit\e[B");
        session.Take<AskFit>();
        session.Keys("/\u0015new\e[B");
        Assert.Equal(new AskFit(Name("new-kit")), Assert.Single(session.Take<AskFit>()));
        Assert.Contains("Trying what adding it would do.", session.Text(), StringComparison.Ordinal);
        session.Send(new FitAnswered(Name("new-kit"), Fit()));
        var text = session.Text();
        Assert.Contains("Adding it to acme-shop would", text, StringComparison.Ordinal);
        Assert.Contains("+ http-core  2.1.0", text, StringComparison.Ordinal);
        Assert.Contains("nothing you already use changes", text, StringComparison.Ordinal);
        Assert.Contains("lock 8 -> 9    +188 kB to fetch", text, StringComparison.Ordinal);
        Assert.Contains("proven in 11 ms", text, StringComparison.Ordinal);
        session.Keys("k\e[B");
        Assert.Empty(session.Take<AskFit>());
    }

    [Fact]
    public void The_next_hit_takes_the_place_of_the_one_being_tried()
    {
        Assert.Equal(new AskFit(Name("a")).Replaces, new AskFit(Name("b")).Replaces);
        var session = Found().Keys("3new\e[B");
        session.Send(new FitAnswered(Name("new-kit"), new Outcome<FitReport>.Cancelled()));
        Assert.Equal(2, session.Take<AskFit>().Count);
    }

    [Fact]
    public void What_does_not_fit_says_why()
    {
        var session = Found().Keys("3new\e[B");
        var explanation = ((NoResolutionDetail)Shop.Conflict.Detail!).Explanation;
        session.Send(new FitAnswered(Name("new-kit"), new Outcome<FitReport>.Done(Report() with { Difference = null, Obstacle = explanation })));
        Assert.Contains("! It does not fit: web-kit 2 and", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_project_changed_a_fit_is_tried_anew()
    {
        var session = Found().Keys("3new\e[B");
        session.Send(new FitAnswered(Name("new-kit"), Fit()));
        session.Take<AskFit>();
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview with { })));
        Assert.Single(session.Take<AskFit>());
    }

    [Fact]
    public void Hits_say_what_is_worth_knowing_before_their_description()
    {
        var session = Found().Keys("3kit");
        Assert.Contains("* already used (1.0.0)", session.Text(), StringComparison.Ordinal);
        Assert.Contains("! name looks like web-kit", session.Text(), StringComparison.Ordinal);
        session.Send(new PackageRead(Name("new-kit"), new Outcome<PackageIndex>.Done(new(Name("new-kit"), [Release("new-kit", session.State.Now.AddDays(-4))]))));
        Assert.Contains("? new, 4 days old", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_beginning_of_a_readme_that_is_here_stands_in_the_answer()
    {
        var session = Found().Keys("3new\e[B");
        session.Send(new PackageRead(Name("new-kit"), new Outcome<PackageIndex>.Done(new(Name("new-kit"), [Release("new-kit", session.State.Now)]))));
        var id = new PackageId(Name("new-kit"), SemanticVersion.Parse("1.0.0"));
        Assert.Contains(new AskContents(id, ContentsReach.Stored), session.Take<AskContents>());
        session.Send(new ContentsRead(id, null, new Outcome<ContentsReport>.Done(PackagePageTests.Contents() with { Package = id })));
        Assert.Contains("Answers requests. See the guide", session.Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kit", "web-kit auth-kit dash-kit log-kit test-kit")]
    [InlineData("kit -web", "auth-kit dash-kit log-kit test-kit")]
    [InlineData("n:web", "web-kit")]
    [InlineData("d:server", "web-kit")]
    [InlineData("-d:server kit", "auth-kit dash-kit log-kit test-kit")]
    [InlineData("^", "web-kit")]
    [InlineData("+", "auth-kit")]
    [InlineData("=", "log-kit")]
    [InlineData("-= -^", "auth-kit dash-kit test-kit")]
    [InlineData("dup:", "")]
    [InlineData("-", "web-kit auth-kit dash-kit log-kit test-kit")]
    public void The_project_is_filtered_by_words_and_signs(string filter, string names)
    {
        var session = Shop.Open(120, 36).Keys($"/{filter}");
        var shown = session.Text().Split('\n').Skip(4).Take(20).Select(line => line.PadRight(20)[3..].Split(' ')[0]).Where(word => word.EndsWith("-kit", StringComparison.Ordinal));
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), shown.Order());
    }

    [Fact]
    public void A_version_that_is_not_asked_for_says_whether_it_is_older_or_newer()
    {
        static Release Of(string version) => new(new PackageId(Name("log-kit"), SemanticVersion.Parse(version)), null, ReleaseStatus.Ok, new ReleaseDetails());
        var admission = new Admission(SemanticVersion.Parse("1.2.0"), [("you", Constraint.Parse("~1.2"))]);
        Assert.Equal("  older: you want ~1.2", admission.NoteOf(Of("1.1.0")).Note);
        Assert.Equal("^ newer: you want ~1.2", admission.NoteOf(Of("1.3.0")).Note);
        Assert.Equal("^ major: you want ~1.2", admission.NoteOf(Of("2.0.0")).Note);
        Assert.Equal("? you want ~1.2", (admission with { Locked = null }).NoteOf(Of("1.1.0")).Note);
    }

    [Fact]
    public void Duplicates_are_found_in_the_tree()
    {
        var lockfile = Shop.Lockfile with { Packages = Shop.Lockfile.Packages.Add(Shop.Locked("http-core", "2.1.0", "")) };
        var session = Shop.Open(120, 36);
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview with { Lockfile = lockfile }))).Keys("2");
        Assert.Contains("1 duplicated name", session.Text(), StringComparison.Ordinal);
        session.Keys("/dup:");
        Assert.Contains("http-core", session.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("log-kit", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Right_and_left_choose_how_far_a_row_is_updated()
    {
        var session = Shop.Open(120, 36).Keys("/web\r\e[C");
        Assert.Equal([new ProjectEdit.Update(Name("web-kit"))], session.Take<MakePlan>()[^1].Edits);
        Assert.Contains("~ keep [in range] latest", session.Text(), StringComparison.Ordinal);
        session.Keys("l");
        Assert.Equal([new ProjectEdit.Update(Name("web-kit"), null, UpdateReach.Latest)], session.Take<MakePlan>()[^1].Edits);
        Assert.Contains("~ keep in range [latest]", session.Text(), StringComparison.Ordinal);
        session.Keys("l");
        Assert.Empty(session.Take<MakePlan>());
        session.Keys("hh");
        Assert.Empty(session.State.Plan.Steps);
        session.Keys("dl");
        Assert.Equal('-', Assert.Single(session.State.Plan.Steps).Sign);
    }

    [Fact]
    public void Marked_rows_are_updated_or_removed_together_and_solved_once()
    {
        var session = Shop.Open(120, 36).Keys("*U");
        var plan = Assert.Single(session.Take<MakePlan>());
        Assert.Equal(5, plan.Edits.Length);
        Assert.Equal(5, session.State.Plan.Steps.Length);
        Assert.Contains(" * web-kit", session.Text(), StringComparison.Ordinal);
        session.Keys("UU*");
        Assert.Empty(session.State.Plan.Steps);
        session.Keys("g  d");
        Assert.Equal(2, session.State.Plan.Steps.Length);
    }

    [Fact]
    public void Marked_hits_are_added_together()
    {
        var session = Found().Keys("3new\e[B*a");
        Assert.Equal(['+'], session.State.Plan.Steps.Select(step => step.Sign));
        Assert.Single(session.Take<MakePlan>());
        session.Keys("/\u0015zzz");
        session.Send(new Registry.Tui.Screens.Message.Ticked());
    }

    [Fact]
    public void Health_counts_what_is_known()
    {
        const string Health = "Health    3 updates (1 major) · 0 yanked · licences MIT";
        Assert.Contains(Health, Shop.Open(120, 36).Text(), StringComparison.Ordinal);
        Assert.Contains(Health, Shop.Open(120, 36).Keys("*U").Text(), StringComparison.Ordinal);
        var session = Shop.Open(120, 36).After(TimeSpan.FromMinutes(6));
        Assert.Contains("feeds read 6 minutes ago (r to read again)", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Advisories_against_a_locked_version_are_in_health_notes_and_page()
    {
        var session = Shop.Open(120, 36);
        Assert.Single(session.Take<ReadAdvisories>());
        session.Keys("/web\r\r\e[Z");
        Assert.Contains("No advisories are on this machine", session.Text(), StringComparison.Ordinal);
        session.Send(new AdvisoriesRead(new Outcome<AuditReport>.Done(Advised())));
        var page = session.Text();
        Assert.Contains("! SEC-1  HIGH  web-kit 1.9.4", page, StringComparison.Ordinal);
        Assert.Contains("Requests can be smuggled", page, StringComparison.Ordinal);
        Assert.Contains("Two headers of one name are read as one.", page, StringComparison.Ordinal);
        session.Keys("⎋⎋");
        Assert.Contains("! advisory, high", session.Text(), StringComparison.Ordinal);
        Assert.Contains("! 1 advisory (1 high)", session.Text(), StringComparison.Ordinal);
        session.Take<ReadAdvisories>();
        session.Send(new ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview with { })));
        Assert.Single(session.Take<ReadAdvisories>());
    }

    [Fact]
    public void Health_counts_advisories_as_the_audit_does()
    {
        var session = Shop.Open(120, 36);
        var report = Advised();
        var word = report.Findings[0] with { Match = report.Findings[0].Match with { Category = AdvisoryCategory.Unmaintained } };
        session.Send(new AdvisoriesRead(new Outcome<AuditReport>.Done(report with { Findings = [.. report.Findings, word] })));
        Assert.Contains("! 1 advisory (1 high)", session.Text(), StringComparison.Ordinal);
        session.Send(new AdvisoriesRead(new Outcome<AuditReport>.Done(report with { Findings = [word] })));
        Assert.Contains("Health    0 advisories", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_weight_of_a_package_is_its_own_and_with_what_it_needs()
    {
        var session = Shop.Open(120, 36);
        foreach (var name in new[] { "dash-kit", "metrics", "http-core", "tpl-kit" })
        {
            var index = Shop.Packages.Single(package => package.Name.Value == name);
            var archive = new ArchiveReference(ContentHash.Of("x"u8), 1_000, null);
            session.Send(new PackageRead(index.Name, new Outcome<PackageIndex>.Done(index with { Releases = [.. index.Releases.Select(release => release with { Details = release.Details with { Archive = archive } })] })));
        }

        session.Keys("2/dash\r");
        Assert.Contains("1,000 B alone, 4,000 B", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_steady_search_allocates_nothing()
    {
        var session = Found().Keys("3kit\e[B");
        session.Send(new FitAnswered(Name("new-kit"), Fit()));
        var frame = session.Frame();
        Chrome.Draw(new(frame), session.State);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Chrome.Draw(new(frame), session.State);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Session Found()
    {
        var session = Shop.Open(120, 36);
        var more = new[] { "new-kit", "webb-kit" }.Select(name => new FoundPackage(Name(name), SemanticVersion.Parse("1.0.0"), "Something else", [], "main"));
        var all = Shop.Packages.Select(index => new FoundPackage(index.Name, index.Latest?.Id.Version, index.Latest?.Description ?? "", [], "main")).Concat(more);
        return session.Send(new NamesRead(new Outcome<NameIndex>.Done(new NameIndex(all))));
    }

    private static AuditReport Advised()
    {
        var record = """
            {"id":"SEC-1","summary":"Requests can be smuggled","database_specific":{"severity":"HIGH"},"affected":[{"package":{"ecosystem":"e","name":"web-kit"},
            "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
            """;
        var builder = new AdvisoryIndexBuilder();
        builder.Add(OsvReader.Read(System.Text.Encoding.UTF8.GetBytes(record), "a record"), default);
        var match = AdvisoryMatcher.Match(builder.Build(), "e", "web-kit", SemanticVersion.Parse("1.9.4"))[0];
        match = match with { Rating = match.Rating with { Severity = Severity.High } };
        return new AuditReport("/home/me/acme-shop")
        {
            Findings = [new AuditFinding(match, new PackageId(Name("web-kit"), SemanticVersion.Parse("1.9.4")), "main") { Details = "Two headers of one name are read as one." }],
            Sources = [new AuditSource(new AdvisorySource(AdvisorySourceKind.Feed, "main", "x", ContentHash.Of("x"u8)), TimeSpan.Zero)],
        };
    }

    private static FitReport Report() => new(
        Release("new-kit", null), [], Constraint.Parse("^1"), Shop.Plan.Lock, null, 8, 9, 188_000, TimeSpan.FromMilliseconds(11));

    private static Outcome<FitReport> Fit() => new Outcome<FitReport>.Done(Report());

    private static Release Release(string name, DateTimeOffset? published) =>
        new(new PackageId(Name(name), SemanticVersion.Parse("1.0.0")), published, ReleaseStatus.Ok, new ReleaseDetails { License = "MIT" });

    private static PackageName Name(string name) => PackageName.Parse(name);
}
