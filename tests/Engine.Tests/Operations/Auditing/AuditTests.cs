using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Operations.Auditing;

public sealed class AuditTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task A_flaw_is_found_with_the_way_to_it_and_what_the_package_is_used_for()
    {
        _kit.Publish("log 1.0.0", "text = \"^1\"");
        _kit.Publish("text 1.0.0");
        _kit.Publish("check 1.0.0");
        _kit.Advise(ProjectKit.Advisory("x_t-1", "text", "0.."), ProjectKit.Advisory("x_t-2", "Check", "0..2.0.0"));
        _kit.Manifest("[dependencies]\nlog = \"^1\"\n[dev-dependencies]\ncheck = \"^1\"");
        await _kit.Install();

        var report = await Audited();

        Assert.Equal((3, 3), (report.Packages, report.Checked));
        Assert.Collection(
            report.Findings,
            first =>
            {
                Assert.Equal(("x_t-2", DependencyGroup.Dev, true), (first.Id, first.Group, first.IsDirect));
                Assert.Equal(FixEffort.None, first.Fix!.Effort);
            },
            second =>
            {
                Assert.Equal(("x_t-1", DependencyGroup.Normal, false), (second.Id, second.Group, second.IsDirect));
                Assert.Equal(["app", "log"], Assert.Single(second.Paths).Select(step => step.From.Name.Value));
                Assert.Equal("cairn.toml:6:1", second.Paths[0][0].Place!.ToString());
            });
    }

    [Fact]
    public async Task Without_advisories_an_audit_never_says_that_nothing_was_found()
    {
        _kit.Publish("log 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();

        Assert.Equal(ProblemCode.AdvisoriesMissing, (await Refused(new(_kit.Root))).Code);
    }

    [Fact]
    public async Task A_feed_that_knows_of_no_flaw_says_so_with_an_empty_list()
    {
        _kit.Publish("log 1.0.0");
        _kit.Advise();
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();

        var report = await Audited();

        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Checked);
        Assert.False(report.Fails(AuditLevel.Any));
    }

    [Fact]
    public async Task The_least_change_that_gets_rid_of_a_flaw_is_offered()
    {
        _kit.Publish("a 1.0.0");
        _kit.Publish("a 1.0.1");
        _kit.Publish("b 1.0.0");
        _kit.Publish("b 1.1.0");
        _kit.Publish("c 1.0.0");
        _kit.Publish("c 2.0.0");
        _kit.Advise(ProjectKit.Advisory("x_a", "a", "0..1.0.1"), ProjectKit.Advisory("x_b", "b", "0..1.1.0"), ProjectKit.Advisory("x_c", "c", "0..2.0.0"));
        _kit.Manifest("[dependencies]\na = \"=1.0.0\"\nb = \"~1.0\"\nc = \"^1\"");
        await _kit.Install();
        _kit.Manifest("[dependencies]\na = \"^1\"\nb = \"~1.0\"\nc = \"^1\"");
        await _kit.Done(client => client.Lock(_kit.Request(), LockAction.Update));

        var fixes = (await Audited()).Findings.ToDictionary(finding => finding.Id, finding => finding.Fix!);

        Assert.Equal((FixEffort.LockOnly, "1.0.1", false), (fixes["x_a"].Effort, fixes["x_a"].To!.ToString(), fixes["x_a"].IsBreaking));
        Assert.Equal((FixEffort.Manifest, "1.1.0", false), (fixes["x_b"].Effort, fixes["x_b"].To!.ToString(), fixes["x_b"].IsBreaking));
        Assert.Equal("~1.1", Assert.Single(fixes["x_b"].Edit!.Edits).To.Text);
        Assert.Equal((FixEffort.NeedsChoice, "2.0.0", true), (fixes["x_c"].Effort, fixes["x_c"].To!.ToString(), fixes["x_c"].IsBreaking));
    }

    [Fact]
    public async Task A_fix_goes_through_the_one_transaction_and_can_be_taken_back()
    {
        _kit.Publish("a 1.0.0");
        _kit.Advise(ProjectKit.Advisory("x_a", "a", "0..1.0.1"));
        _kit.Manifest("[dependencies]\na = \"^1\"");
        await _kit.Install();
        var before = _kit.Picture();
        _kit.Publish("a 1.0.1");
        var fix = Assert.Single((await Audited()).Findings).Fix!;

        var report = await _kit.Done(client => client.Edit(_kit.Request(), [fix.Edit!]));

        Assert.Equal("cairn audit --fix x_a", report.Command);
        Assert.Contains("1.0.1", _kit.Read("cairn.lock"), StringComparison.Ordinal);
        Assert.Empty((await Audited()).Findings);
        await _kit.Done(client => client.Undo(_kit.Request()));
        Assert.Equal(before, _kit.Picture());
    }

    [Fact]
    public async Task A_fix_never_leads_into_another_flaw()
    {
        _kit.Publish("a 1.0.0");
        _kit.Manifest("[dependencies]\na = \"^1\"");
        await _kit.Install();
        _kit.Publish("a 1.0.1");
        _kit.Publish("a 1.0.2", "b = \"^1\"");
        _kit.Publish("a 1.0.3");
        _kit.Publish("b 1.0.0");
        _kit.Advise(
            ProjectKit.Advisory("x_1", "a", "0..1.0.1"), ProjectKit.Advisory("x_2", "a", "1.0.3.."), ProjectKit.Advisory("x_3", "b", "0.."));

        var fix = Assert.Single((await Audited()).Findings).Fix!;

        Assert.Equal((FixEffort.LockOnly, "1.0.1"), (fix.Effort, fix.To!.ToString()));
        Assert.Equal("a", Assert.Single(fix.Lock.Changes).Name.Value);
    }

    [Fact]
    public async Task A_fix_never_downgrades()
    {
        _kit.Publish("a 1.0.0");
        _kit.Publish("a 1.1.0");
        _kit.Advise(ProjectKit.Advisory("x_1", "a", "1.1.0.."));
        _kit.Manifest("[dependencies]\na = \"^1\"");
        await _kit.Install();

        var finding = Assert.Single((await Audited()).Findings);

        Assert.Equal("1.1.0", finding.Package.Version.ToString());
        Assert.Equal(FixEffort.None, finding.Fix!.Effort);
        Assert.Null(finding.Fix.Edit);
    }

    [Fact]
    public async Task A_fix_moves_the_package_that_asks_for_the_flawed_one_when_that_is_what_it_takes()
    {
        _kit.Publish("text 1.0.0");
        _kit.Publish("log 1.0.0", "text = \"=1.0.0\"");
        _kit.Manifest("[dependencies]\nlog = \"~1.0\"");
        _kit.Advise(ProjectKit.Advisory("x_1", "text", "0..1.1.0"));
        await _kit.Install();
        _kit.Publish("text 1.1.0");
        _kit.Publish("log 1.1.0", "text = \"^1\"");

        var fix = Assert.Single((await Audited()).Findings).Fix!;

        Assert.Equal((FixEffort.Manifest, "1.1.0"), (fix.Effort, fix.To!.ToString()));
        Assert.Equal(["log", "text"], fix.Lock.Changes.Select(change => change.Name.Value));
        Assert.All(fix.Lock.Changes, change => Assert.Equal(LockChangeKind.Upgraded, change.Kind));
    }

    [Fact]
    public async Task What_a_feed_calls_its_ecosystem_makes_imported_advisories_count()
    {
        _kit.Publish("log 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();
        await Import("npm", ProjectKit.Advisory("GHSA-1", "log", "0..2.0.0", "npm"), ProjectKit.Advisory("GHSA-2", "log", "0..2.0.0", "PyPI"));

        Assert.Equal(ProblemCode.AdvisoriesMissing, (await Refused(new(_kit.Root))).Code);
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("main = \"../feed\"", "main = { url = \"../feed\", ecosystem = \"npm\" }", StringComparison.Ordinal));

        Assert.Equal("GHSA-1", Assert.Single((await Audited()).Findings).Id);
    }

    [Fact]
    public async Task One_flaw_that_several_sources_know_is_one_finding()
    {
        _kit.Publish("log 1.0.0");
        _kit.Advise(ProjectKit.Advisory("x_log-1", "log", "0..2.0.0", more: ",\"aliases\":[\"CVE-2026-1\"]"));
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("main = \"../feed\"", "main = { url = \"../feed\", ecosystem = \"npm\" }", StringComparison.Ordinal));
        await _kit.Install();
        await Import("npm", ProjectKit.Advisory("GHSA-1", "log", "0..1.5.0", "npm", ",\"aliases\":[\"CVE-2026-1\"]"));

        var finding = Assert.Single((await Audited()).Findings);

        Assert.Equal(["main", "npm"], finding.Sources.Order());
        Assert.Contains("CVE-2026-1", finding.Match.Ids);
    }

    [Fact]
    public async Task Withdrawn_advisories_show_only_when_asked_for()
    {
        _kit.Publish("log 1.0.0");
        _kit.Advise(ProjectKit.Advisory("x_log-1", "log", "0..2.0.0", more: ",\"withdrawn\":\"2026-03-02T00:00:00Z\""));
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();

        Assert.Empty((await Audited()).Findings);
        var shown = await Audited(new(_kit.Root) { Withdrawn = Registry.Engine.Security.WithdrawnAdvisories.Shown });
        Assert.Empty(shown.Findings);
        Assert.Equal("x_log-1", Assert.Single(shown.Withdrawn).Id);
    }

    [Fact]
    public async Task Old_advisories_are_a_warning_and_with_fresh_ones_required_a_problem()
    {
        _kit.Publish("log 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("main = \"../feed\"", "main = { url = \"../feed\", ecosystem = \"npm\" }", StringComparison.Ordinal));
        await _kit.Install();
        await Import("npm", ProjectKit.Advisory("GHSA-1", "log", "0..2.0.0", "npm").Replace("2026-03-01T", "2026-02-01T", StringComparison.Ordinal));

        Assert.Equal(ProblemCode.AdvisoriesStale, Assert.Single((await Audited()).Warnings).Code);
        Assert.Equal(ProblemCode.AdvisoriesStale, (await Refused(new(_kit.Root) { Data = AuditData.Fresh })).Code);
    }

    [Fact]
    public async Task Yanked_and_outdated_releases_are_worth_a_look()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("text 1.0.0");
        _kit.Advise();
        _kit.Manifest("[dependencies]\nlog = \"^1\"\ntext = \"^1\"");
        await _kit.Install();
        _kit.Yank("log 1.0.0");
        _kit.Publish("text 2.0.0");

        Assert.Equal(
            [(AuditRemarkKind.Yanked, "log"), (AuditRemarkKind.Outdated, "text")],
            (await Audited()).Remarks.Select(remark => (remark.Kind, remark.Package.Name.Value)));
    }

    [Fact]
    public async Task A_forced_version_is_worth_a_look_with_its_reason_and_when_it_may_no_longer_be_needed()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("text 1.0.0");
        _kit.Advise();
        _kit.Manifest("[dependencies]\nlog = \"^1\"\ntext = \"^1\"\n[resolution.overrides]\nlog = { version = \"=1.0.0\", reason = \"2 is slow\" }");
        await _kit.Install();
        var before = Assert.Single((await Audited()).Remarks);
        Assert.Equal((AuditRemarkKind.Override, "2 is slow"), (before.Kind, AuditWords.Of(before)));

        _kit.Publish("log 1.0.1");
        Assert.Contains("2 is slow; 1.0.1 is out, so it may no longer be needed", (await Audited()).Remarks.Select(AuditWords.Of));
    }

    [Fact]
    public async Task A_plan_says_which_flaws_come_and_go_with_its_packages()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("log 1.1.0", "text = \"^1\"");
        _kit.Publish("text 1.0.0");
        _kit.Advise(ProjectKit.Advisory("x_l", "log", "0..1.1.0"), ProjectKit.Advisory("x_b", "log", "0.."), ProjectKit.Advisory("x_t", "text", "0.."));
        _kit.Manifest("[dependencies]\nlog = \"=1.0.0\"");
        await _kit.Install();
        _kit.Manifest("[dependencies]\nlog = \"=1.1.0\"");
        var plan = await _kit.Plan(client => client.Install(_kit.Request()));
        Assert.NotNull(plan.Solving);

        var shift = await Weighed(plan);

        Assert.True(shift.IsKnown);
        Assert.Equal(("x_t", "text 1.0.0"), Said(Assert.Single(shift.Gained)));
        Assert.Equal(("x_l", "log 1.0.0"), Said(Assert.Single(shift.Lost)));
    }

    [Fact]
    public async Task A_plan_of_packages_that_nobody_advises_on_says_that_nothing_is_known()
    {
        _kit.Publish("log 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        Assert.False((await Weighed(await _kit.Plan(client => client.Install(_kit.Request())))).IsKnown);
    }

    private async Task<AdvisoryShift> Weighed(ChangePlan plan)
    {
        await using var client = _kit.Client();
        return Assert.IsType<Outcome<AdvisoryShift>.Done>(await client.PlanAdvisories(plan).RunAsync(new Progress<Engine.Progress.ProgressEvent>(), CancellationToken.None)).Report;
    }

    private static (string, string) Said(PlanAdvisory flaw) => (flaw.Match.Id, flaw.Package.ToString());

    [Fact]
    public async Task Accepted_risks_are_kept_apart_until_their_day_is_past()
    {
        Flawed();
        await _kit.Install();
        await _kit.Done(client => client.AcceptRisk(_kit.Request(), new("CVE-2026-1", "tests only", new(2026, 3, 4))));

        var report = await Audited();
        Assert.Empty(report.Findings);
        Assert.Equal(("x_log-1", "tests only"), (Assert.Single(report.Accepted).Id, report.Accepted[0].Accepted!.Reason));
        _kit.Sandbox.Write("p/audit.toml", _kit.Read("audit.toml").Replace("2026-03-04", "2026-03-03", StringComparison.Ordinal));
        report = await Audited();

        Assert.Equal("x_log-1", Assert.Single(report.Findings).Id);
        Assert.Contains("is over", Assert.Single(report.Warnings).Message, StringComparison.Ordinal);
        Assert.True(report.Fails(AuditLevel.Any));
    }

    [Fact]
    public async Task Accepting_is_a_change_that_can_be_taken_back()
    {
        Flawed();
        await _kit.Install();
        var before = _kit.Picture();

        var report = await _kit.Done(client => client.AcceptRisk(_kit.Request(), new("x_log-1", "tests only", new(2026, 12, 31))));

        Assert.Equal("cairn audit --accept x_log-1 --reason 'tests only' --until 2026-12-31", report.Command);
        Assert.Equal("[[accepted]]\nid = \"x_log-1\"\npackage = \"log\"\nreason = \"tests only\"\nuntil = 2026-12-31\n", _kit.Read("audit.toml"));
        await _kit.Done(client => client.Undo(_kit.Request()));
        Assert.Equal(before, _kit.Picture());
    }

    [Theory]
    [InlineData("x_log-2", "tests only", 2026)]
    [InlineData("x_log-1", "  ", 2026)]
    [InlineData("x_log-1", "tests only", 2025)]
    public async Task Accepting_takes_a_finding_a_reason_and_a_day_to_come(string id, string reason, int year)
    {
        Flawed();
        await _kit.Install();

        Assert.Equal(ProblemCode.UsageInvalid, (await _kit.Fails(client => client.AcceptRisk(_kit.Request(), new(id, reason, new(year, 12, 31))))).Code);
        Assert.False(_kit.Has("audit.toml"));
    }

    [Fact]
    public async Task An_accepted_risk_that_matches_nothing_is_a_warning_and_one_without_a_reason_a_problem()
    {
        Flawed();
        await _kit.Install();
        _kit.Sandbox.Write("p/audit.toml", "[[accepted]]\nid = \"CVE-1\"\nreason = \"long gone\"\n");
        Assert.Contains("matches nothing", Assert.Single((await Audited()).Warnings).Message, StringComparison.Ordinal);
        _kit.Sandbox.Write("p/audit.toml", "[[accepted]]\nid = \"CVE-1\"\n");

        Assert.Equal(ProblemCode.AuditFileInvalid, (await Refused(new(_kit.Root))).Code);
    }

    [Fact]
    public async Task Licences_are_held_to_the_list_of_the_project()
    {
        _kit.PublishText(new(PackageName.Parse("log"), SemanticVersion.Parse("1.0.0")), "[package]\nname = \"log\"\nversion = \"1.0.0\"\nlicense = \"MIT OR GPL-3.0-only\"\n");
        _kit.PublishText(new(PackageName.Parse("text"), SemanticVersion.Parse("1.0.0")), "[package]\nname = \"text\"\nversion = \"1.0.0\"\nlicense = \"GPL-3.0-only\"\n");
        _kit.Publish("bare 1.0.0");
        _kit.Advise();
        _kit.Manifest("[dependencies]\nlog = \"^1\"\ntext = \"^1\"\nbare = \"^1\"");
        await _kit.Install();
        Assert.Empty((await Audited()).Licenses);
        _kit.Sandbox.Write("p/audit.toml", "[licenses]\nallow = [\"MIT\"]\n");

        var report = await Audited();

        Assert.Equal(["bare", "text"], report.Licenses.Select(license => license.Package.Name.Value));
        Assert.True(report.Fails(AuditLevel.Any));
        Assert.False(report.Fails(AuditLevel.Low));
    }

    [Fact]
    public async Task Fixing_all_leaves_what_would_break_and_says_why()
    {
        _kit.Publish("a 1.0.0");
        _kit.Publish("b 1.0.0");
        _kit.Manifest("[dependencies]\na = \"^1\"\nb = \"^1\"");
        await _kit.Install();
        _kit.Publish("a 1.0.1");
        _kit.Publish("b 2.0.0");
        _kit.Advise(ProjectKit.Advisory("x_a", "a", "0..1.0.1"), ProjectKit.Advisory("x_b", "b", "0..2.0.0"));
        var before = _kit.Picture();

        var change = default(FixFindings);
        var report = await _kit.Done(client => change = client.FixFindings(_kit.Request(), new(_kit.Root, [])));
        Assert.Equal("x_b", Assert.Single(change!.Unfixed).Finding.Id);
        Assert.Equal("a", Assert.Single(report.Lock.Changes).Name.Value);
        await _kit.Done(client => client.Undo(_kit.Request()));
        Assert.Equal(before, _kit.Picture());
        report = await _kit.Done(client => client.FixFindings(_kit.Request(), new(_kit.Root, []) { Reach = FixReach.Breaking }));

        Assert.Equal(["a", "b"], report.Lock.Changes.Select(change => change.Name.Value));
        Assert.Empty((await Audited()).Findings);
    }

    [Fact]
    public async Task Where_nothing_can_be_fixed_nothing_is_touched()
    {
        Flawed();
        await _kit.Install();
        var before = _kit.Picture();

        var change = default(FixFindings);
        var report = await _kit.Done(client => change = client.FixFindings(_kit.Request(), new(_kit.Root, [])));

        Assert.True(report.WasEmpty);
        Assert.Equal("no release of log is without it", Assert.Single(change!.Unfixed).Why);
        Assert.Equal(before, _kit.Picture());
    }

    [Fact]
    public async Task What_is_known_to_be_malicious_is_not_installed_even_when_locked()
    {
        _kit.Publish("log 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("main = \"../feed\"", "main = { url = \"../feed\", ecosystem = \"npm\" }", StringComparison.Ordinal));
        await Import("malware", ProjectKit.Advisory("MAL-2026-1", "log", "0..", "npm"));

        var problem = await _kit.Fails(client => client.Install(_kit.Request()));
        Assert.Equal((ProblemCode.PackageMalicious, ProblemKind.Integrity), (problem.Code, problem.Kind));
        await _kit.Done(client => client.AcceptRisk(_kit.Request(), new("MAL-2026-1", "a false alarm", new(2026, 12, 31))));

        await _kit.Install();
    }

    [Fact]
    public async Task While_something_malicious_is_locked_only_getting_rid_of_it_works()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("csv 1.0.0");
        _kit.Publish("stats 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"\ncsv = \"^1\"\nstats = \"^1\"");
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("main = \"../feed\"", "main = { url = \"../feed\", ecosystem = \"npm\" }", StringComparison.Ordinal));
        await _kit.Install();
        _kit.Publish("csv 1.1.0");
        _kit.Publish("stats 1.1.0");
        await Import("malware", ProjectKit.Advisory("MAL-2026-1", "stats", "0..1.1.0", "npm"), ProjectKit.Advisory("MAL-2026-2", "log", "0..", "npm"));

        var before = _kit.Picture();
        foreach (var change in (Func<RegistryClient, ProjectChange>[])
            [client => client.Update(_kit.Request(), [new(PackageName.Parse("csv"))]), client => client.Remove(_kit.Request(), [new("csv", null)])])
        {
            Assert.Equal(ProblemCode.PackageMalicious, (await _kit.Fails(change)).Code);
        }

        Assert.Equal(before, _kit.Picture());
        await _kit.Done(client => client.Lock(_kit.Request(), LockAction.Check));
        await _kit.Done(client => client.Update(_kit.Request(), [new(PackageName.Parse("stats"))]));
        await _kit.Done(client => client.Remove(_kit.Request(), [new("log", null)]));
        await _kit.Done(client => client.Update(_kit.Request(), [new(PackageName.Parse("csv"))]));
    }

    [Theory]
    [InlineData(false, "is a folder")]
    [InlineData(true, "is a link")]
    public async Task Accepted_risks_that_cannot_be_read_are_never_none(bool isLink, string words)
    {
        Assert.SkipWhen(isLink && OperatingSystem.IsWindows(), "links need a right there");
        _kit.Publish("log 1.0.0");
        _kit.Advise();
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();
        var path = _kit.Sandbox.At("p/audit.toml");
        _ = isLink ? File.CreateSymbolicLink(path, "audit.toml") : (FileSystemInfo)Directory.CreateDirectory(path);

        var problem = await Refused(new(_kit.Root));

        Assert.Equal(ProblemCode.FileUnavailable, problem.Code);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("permissions", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_does_not_bring_back_what_is_known_to_be_malicious()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("log 1.1.0");
        _kit.Manifest("[dependencies]\nlog = \"=1.0.0\"");
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("main = \"../feed\"", "main = { url = \"../feed\", ecosystem = \"npm\" }", StringComparison.Ordinal));
        await _kit.Install();
        await _kit.Done(client => client.Add(_kit.Request(), [ProjectKit.Addition("log@=1.1.0")]));
        await Import("malware", ProjectKit.Advisory("MAL-2026-1", "log", "0..1.1.0", "npm"));

        var before = _kit.Picture();
        Assert.Equal(ProblemCode.PackageMalicious, (await _kit.Fails(client => client.Undo(_kit.Request()))).Code);
        Assert.Equal(before, _kit.Picture());
    }

    [Fact]
    public async Task An_audit_as_sarif_fits_its_schema_and_is_the_same_each_time()
    {
        var path = Registry.Testing.Repository.SharedData("security/schemas/sarif-2.1.0.schema.json.gz");
        Assert.SkipWhen(path is null, "the schema of SARIF is not here");
        Flawed();
        _kit.Advise(
            ProjectKit.Advisory("x_log-1", "log", "0..", more: ",\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}],\"details\":\"bad\\nvery\",\"references\":[{\"type\":\"WEB\",\"url\":\"https://example.com/1\"},{\"type\":\"WEB\",\"url\":\"javascript:alert(1)\"}]"),
            ProjectKit.Advisory("x_log-2", "log", "0.."));
        await _kit.Install();
        await _kit.Done(client => client.AcceptRisk(_kit.Request(), new("x_log-2", "tests only", new(2026, 12, 31))));

        var sarif = AuditSarif.Write(await Audited(), "1.2.3");

        Assert.Equal([], SchemaCheck.Faults(Unpacked(path), sarif));
        Assert.Equal(sarif, AuditSarif.Write(await Audited(), "1.2.3"));
        Assert.Contains("\"security-severity\": \"9.8\"", System.Text.Encoding.UTF8.GetString(sarif), StringComparison.Ordinal);
        Assert.Contains("\"justification\": \"tests only\"", System.Text.Encoding.UTF8.GetString(sarif), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_advisories_stays_text_in_markdown()
    {
        _kit.Publish("log 1.0.0");
        _kit.Advise(ProjectKit.Advisory("x_log-1", "log", "0..").Replace("x_log-1 is bad", "<script>|[a](http://b) @all `x`\\u001B[31m", StringComparison.Ordinal));
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();

        var row = AuditMarkdown.Write(await Audited()).Split('\n').Single(line => line.Contains("x\\_log-1", StringComparison.Ordinal));

        Assert.Contains(@"&lt;script&gt;\|\[a\](http://b) &#64;all \`x\`\\u001B\[31m", row, StringComparison.Ordinal);
    }

    /// <summary>A project with one package that has one flaw, without a way out.</summary>
    private void Flawed()
    {
        _kit.Publish("log 1.0.0");
        _kit.Advise(ProjectKit.Advisory("x_log-1", "log", "0..", more: ",\"aliases\":[\"CVE-2026-1\"]"));
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
    }

    private static byte[] Unpacked(string path)
    {
        using var gzip = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private async Task<AuditReport> Audited(AuditRequest? request = null) =>
        Assert.IsType<Outcome<AuditReport>.Done>(await Run(request ?? new(_kit.Root))).Report;

    private async Task<Problem> Refused(AuditRequest request) => Assert.IsType<Outcome<AuditReport>.Failed>(await Run(request)).Problem;

    private async Task<Outcome<AuditReport>> Run(AuditRequest request)
    {
        await using var client = _kit.Client();
        return await client.Audit(request).RunAsync(new Tests.Sources.Feeds.Silent(), TestContext.Current.CancellationToken);
    }

    private async Task Import(string name, params string[] records)
    {
        _kit.Sandbox.Write($"{name}.jsonl", string.Join('\n', records));
        await using var client = _kit.Client();
        var change = client.ImportAdvisories(new([_kit.Sandbox.At($"{name}.jsonl")], null));
        await change.ApplyAsync(await change.PlanAsync(new Tests.Sources.Feeds.Silent(), default), new Tests.Sources.Feeds.Silent(), default);
    }
}
