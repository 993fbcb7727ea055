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
