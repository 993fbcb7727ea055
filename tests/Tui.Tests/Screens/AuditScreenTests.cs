using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Engine.Security;
using Registry.Testing;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Audit;
using Registry.Tui.Screens.Dialogs;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Review;

namespace Registry.Tui.Tests.Screens;

public sealed class AuditScreenTests
{
    private static readonly AuditFinding Http = Finding(
        "x_shop-2291", "http-core", "1.5.0", "A crafted head can read the answer of another visitor", "1.0.0", "1.5.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "web-kit") with
    {
        Fix = new AuditFix(FixEffort.LockOnly, null) { Edit = FixOf("x_shop-2291", "http-core"), To = SemanticVersion.Parse("1.5.1"), Lock = LockDifference.Between(Shop.Lockfile, With("http-core", "1.5.1")) },
        References = [new("WEB", "https://example.com/x_shop-2291")],
    };

    private static readonly AuditFinding Log = Finding("x_shop-2107", "log-kit", "4.2.0", "Colours of a line stay on", "4.2.0", "4.2.1", null) with
    {
        Fix = new AuditFix(FixEffort.Manifest, null)
        {
            Edit = FixOf("x_shop-2107", "log-kit") with { Edits = [new("cairn.toml", DependencyGroup.Normal, "log-kit", PackageName.Parse("log-kit"), Constraint.Parse("=4.2.0"), Constraint.Parse("=4.2.1"))] },
            To = SemanticVersion.Parse("4.2.1"),
            Lock = LockDifference.Between(Shop.Lockfile, With("log-kit", "4.2.1")),
        },
    };

    private static readonly AuditFinding Stuck = Finding("x_shop-1988", "test-kit", "5.0.2", "Leaves files behind", "5.0.0", null, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:L/A:N") with
    {
        Group = DependencyGroup.Dev,
        Fix = new AuditFix(FixEffort.None, "no release of test-kit is without it"),
    };

    private static readonly AuditReport Report = new("/home/me/acme-shop")
    {
        Packages = 8,
        Checked = 8,
        Findings = [Http, Log, Stuck],
        Accepted = [Finding("x_shop-1544", "tpl-kit", "2.4.0", "Names are not escaped", "1.0.0", null, null) with { Accepted = new AcceptedRisk("x_shop-1544", "our own text", new(2026, 5, 12)) }],
        Remarks = [new(AuditRemarkKind.Yanked, Id("metrics", "1.0.0"), "counts twice", null), new(AuditRemarkKind.Outdated, Id("web-kit", "1.9.4"), "", SemanticVersion.Parse("2.0.1"))],
        Sources = [new(new AdvisorySource(AdvisorySourceKind.Feed, "main", "/feed", ContentHash.Of([1])), TimeSpan.FromHours(1))],
    };

    [Fact]
    public void A_review_says_which_flaws_come_and_go_or_that_nothing_is_known()
    {
        var session = Shop.Open(120, 36).Keys("d");
        session.Send(new Planned(session.State.Plan.Revision, new Outcome<ChangePlan>.Done(Shop.Plan)));
        session.Keys("p");
        Assert.Contains("looking for known flaws", session.Text(), StringComparison.Ordinal);
        var asked = Assert.Single(session.Take<WeighPlan>());
        Assert.Same(Shop.Plan, asked.Plan);

        session.Send(new PlanWeighed(asked.Revision, new Outcome<AdvisoryShift>.Done(new([new(Http.Match, Http.Package)], [new(Log.Match, Log.Package), new(Stuck.Match, Stuck.Package)], true))));
        Assert.Contains("+ 1 advisory: HIGH x_shop-2291", session.Text(), StringComparison.Ordinal);
        Assert.Contains("- 2 advisories:", session.Text(), StringComparison.Ordinal);
        Assert.Empty(session.Take<WeighPlan>());

        session.Send(new PlanWeighed(asked.Revision, new Outcome<AdvisoryShift>.Done(new([], [], false))));
        Assert.Contains("no advisories are known here", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shown_for_the_first_time_it_looks_at_once_and_then_for_fixes_as_a_job()
    {
        var session = Shop.Open(120, 36).Keys("5");
        Assert.Equal(new ReadAudit(AuditFixing.None), Assert.Single(session.Take<ReadAudit>()));
        session.Send(new AuditRead(AuditFixing.None, new Outcome<AuditReport>.Done(Report with { Findings = [Http with { Fix = null }] })));
        Assert.Contains("looking", session.Text(), StringComparison.Ordinal);
        Assert.Equal(AuditFixing.Proven, Assert.Single(session.Jobs<ReadAudit>()).Fixing);
        session.End(new AuditRead(AuditFixing.Proven, new Outcome<AuditReport>.Done(Report)));
        Assert.Contains("[5 Audit 3!]", session.Text(), StringComparison.Ordinal);
        Assert.Empty(session.Keys("1").Keys("5").Take<ReadAudit>());
    }

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    [InlineData(60, 15)]
    [InlineData(44, 12)]
    public void It_looks_like_this(int columns, int rows)
    {
        var text = Open(columns, rows).Text();
        Assert.Equal(Snapshot.Expected($"audit-{columns}x{rows}", text), text);
    }

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    public void Accepting_looks_like_this(int columns, int rows)
    {
        var text = Open(columns, rows).Keys("E").Text();
        Assert.Equal(Snapshot.Expected($"audit-accept-{columns}x{rows}", text), text);
    }

    [Fact]
    public void A_fix_is_a_step_of_the_plan_and_the_same_key_takes_it_back()
    {
        var session = Open().Keys("f");
        Assert.Equal([Http.Fix!.Edit!], Assert.Single(session.Take<MakePlan>()).Edits);
        Assert.Equal("fix x_shop-2291 of http-core", Assert.Single(session.State.Plan.Steps).Words);
        Assert.Contains("✓ in the plan", session.Text(), StringComparison.Ordinal);
        Assert.Empty(session.Keys("f").State.Plan.Steps);
    }

    [Fact]
    public void What_has_no_fix_says_why()
    {
        var session = Open().Keys("jjf");
        Assert.Empty(session.State.Plan.Steps);
        Assert.Contains("no release of test-kit is without it", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_safe_fixes_are_one_step()
    {
        var session = Open().Keys("F");
        Assert.Single(session.Jobs<AskSafeFixes>());
        var edit = FixOf("x_shop-2291", "http-core");
        session.End(new SafeFixesFound(new Outcome<AuditFixesReport>.Done(new(edit, [Http], [], new([])))));
        Assert.Equal("fix 1 finding", Assert.Single(session.State.Plan.Steps).Words);
        Assert.DoesNotContain("looking for safe fixes", session.Text(), StringComparison.Ordinal);
        Assert.Contains("1 finding is fixed by the plan", session.Text(), StringComparison.Ordinal);
        Assert.Equal([edit], Assert.Single(session.Take<MakePlan>()).Edits);
    }

    [Fact]
    public void Without_safe_fixes_nothing_is_staged()
    {
        var session = Open().Keys("F").End(new SafeFixesFound(new Outcome<AuditFixesReport>.Done(new(null, [], [], new([])))));
        Assert.Empty(session.State.Plan.Steps);
        Assert.Contains("nothing can be fixed by the lockfile alone", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_risk_is_accepted_with_a_reason_and_a_day_to_come()
    {
        var session = Open().Keys("E\t\r");
        Assert.IsType<DialogPage>(session.State.Top);
        Assert.Empty(session.State.Plan.Steps);
        session = Open().Keys("Ebehind a proxy\t\t\r");
        var edit = Assert.IsType<ProjectEdit.AcceptRisk>(Assert.Single(Assert.Single(session.State.Plan.Steps).Edits));
        Assert.Equal(new("x_shop-2291", "behind a proxy", new(2026, 5, 30), PackageName.Parse("http-core")), edit);
    }

    [Fact]
    public void Ways_are_shown_by_the_page_that_all_screens_have() => Assert.IsType<TextPage>(Open().Keys("w").State.Top);

    [Fact]
    public void Scanning_again_keeps_what_is_shown_until_the_answer_is_here()
    {
        var session = Open().Keys("r");
        Assert.Single(session.Take<ReadAudit>());
        Assert.Contains("x_shop-2291", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_leaves_what_has_these_letters()
    {
        var text = Open().Keys("/log\r").Text();
        Assert.Contains("x_shop-2107", text, StringComparison.Ordinal);
        Assert.DoesNotContain("x_shop-1988", text, StringComparison.Ordinal);
        Assert.Contains("x_shop-1988", Open().Keys("/log\r⎋").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_names_its_file()
    {
        var session = Open().Keys("ye\t\r");
        Assert.Equal("audit.sarif", Assert.Single(session.Take<ExportAudit>()).File);
        session.Send(new AuditExported(new Outcome<string>.Done("/home/me/acme-shop/audit.sarif")));
        Assert.Contains("wrote /home/me/acme-shop/audit.sarif", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_advisories_it_never_says_that_nothing_was_found()
    {
        var session = Shop.Open(120, 36).Keys("5");
        session.Send(new AuditRead(AuditFixing.None, new Outcome<AuditReport>.Failed(new Problem(ProblemCode.AdvisoriesMissing, "nothing is known of flaws", "run `cairn advisories update`"))));
        Assert.Contains("nobody can say that nothing is wrong", session.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("0 findings", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_applied_plan_is_looked_at_anew()
    {
        var session = Open();
        session.Send(new Registry.Tui.Screens.Project.ProjectOpened(new Outcome<ProjectOverview>.Done(Shop.Overview with { Lockfile = With("http-core", "1.5.1") })));
        Assert.Single(session.Take<ReadAudit>());
    }

    [Fact]
    public void A_steady_frame_allocates_nothing()
    {
        var session = Open();
        var frame = new Registry.Tui.Terminal.Frame(new Registry.Tui.Terminal.GlyphTable(), 120, 36);
        var canvas = new Registry.Tui.Terminal.Canvas(frame);
        Chrome.Draw(canvas, session.State);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Chrome.Draw(canvas, session.State);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Session Open(int columns = 120, int rows = 36)
    {
        var session = Shop.Open(columns, rows).Keys("5");
        session.Send(new AuditRead(AuditFixing.Proven, new Outcome<AuditReport>.Done(Report)));
        session.Effects.Clear();
        return session;
    }

    private static PackageId Id(string name, string version) => new(PackageName.Parse(name), SemanticVersion.Parse(version));

    private static ProjectEdit.Fix FixOf(string id, string name) => new([id], [new Wish.Never(PackageName.Parse(name), VersionSet.Below(SemanticVersion.Parse("1.0.0")))], []);

    private static Lockfile With(string name, string version) => Shop.Lockfile with
    {
        Packages = [.. Shop.Lockfile.Packages.Select(package => package.Id.Name.Value == name ? package with { Id = Id(name, version) } : package)],
    };

    private static AuditFinding Finding(string id, string name, string version, string title, string introduced, string? @fixed, string? vector, string? through = null)
    {
        var end = @fixed is null ? "" : $",{{\"fixed\":\"{@fixed}\"}}";
        var severity = vector is null ? "" : $",\"severity\":[{{\"type\":\"CVSS_V3\",\"score\":\"{vector}\"}}]";
        var json = $"{{\"id\":\"{id}\",\"aliases\":[\"CVE-2026-{id[7..]}\"],\"published\":\"2026-02-26T00:00:00Z\",\"modified\":\"2026-02-26T00:00:00Z\",\"summary\":\"{title}\"{severity},\"affected\":[{{\"package\":{{\"ecosystem\":\"Test\",\"name\":\"{name}\"}},\"ranges\":[{{\"type\":\"SEMVER\",\"events\":[{{\"introduced\":\"{introduced}\"}}{end}]}}]}}]}}";
        var builder = new AdvisoryIndexBuilder();
        builder.Add(OsvReader.Read(Encoding.UTF8.GetBytes(json), id), default);
        var (app, package) = (Id("acme-shop", "0.1.0"), Id(name, version));
        WhyStep Step(PackageId from, PackageId to, string? wants) => new(from, to, to.Name.Value, DependencyGroup.Normal, wants is null ? null : Constraint.Parse(wants), null);
        ImmutableArray<WhyStep> path = through is null ? [Step(app, package, "^1")] : [Step(app, Id(through, "1.9.4"), "^1"), Step(Id(through, "1.9.4"), package, null)];
        return new(AdvisoryMatcher.Match(builder.Build(), "Test", name, package.Version).Single(), package, "main") { Paths = [path], PathsLeftOut = through is null ? 0 : 2, Sources = ["main"], IsDirect = through is null };
    }
}
