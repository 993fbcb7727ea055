using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Operations;

public sealed class DraftTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task A_draft_comes_back_as_it_was_staged_and_goes_when_nothing_is_staged()
    {
        _kit.Manifest("[dependencies]");
        ImmutableArray<Wish> wishes =
        [
            new Wish.Keep(Name("log"), new(1, 0, 0)), new Wish.KeepLine("cairn.toml", DependencyGroup.Dev, "log"), new Wish.KeepAsOf(),
            new Wish.Never(Name("web"), Constraint.Parse("^2").Versions), new Wish.NeverPrereleases(Name("web")), new Wish.NeverCopies(Name("web")), new Wish.NeverOverride(Name("web")),
        ];
        await Keep(new([new('~', "all of it", "web", DraftSamples.Edits)], wishes, ""));

        var found = Assert.IsType<FoundDraft>(await Read());
        var step = Assert.Single(found.Draft.Steps);
        Assert.False(found.IsStale);
        Assert.Equal(('~', "all of it", "web"), (step.Sign, step.Words, step.Subject));
        Assert.Equal(DraftSamples.Edits.Length, step.Edits.Length);
        Assert.All(DraftSamples.Edits.Zip(step.Edits), pair => Assert.Equal(DraftSamples.Shape(pair.First), DraftSamples.Shape(pair.Second)));
        Assert.Equal(wishes, found.Draft.Wishes);

        await Keep(new([], [], ""));
        Assert.Null(await Read());
        Assert.False(_kit.Has(".cairn/draft.json"));
    }

    [Theory]
    [InlineData(typeof(ProjectEdit))]
    [InlineData(typeof(ManifestEdit))]
    [InlineData(typeof(DependencyOrigin))]
    public void Every_kind_of_edit_is_among_those_that_are_kept(Type family)
    {
        var kinds = family.Assembly.GetTypes().Where(type => type.IsSubclassOf(family)).Select(type => type.Name).Order();
        Assert.Equal(kinds, DraftSamples.Within(family).Select(type => type.Name).Order());
    }

    [Fact]
    public async Task What_is_too_long_to_keep_is_said_and_the_draft_before_it_goes()
    {
        _kit.Manifest("[dependencies]");
        await Keep(new([new('~', "all", null, [new ProjectEdit.Update(null)])], [], ""));
        var step = new DraftStep('~', "all", null, [new ProjectEdit.Update(null)]);
        await using var client = _kit.Client();
        var failed = Assert.IsType<Outcome<FoundDraft?>.Failed>(await client.KeepDraft(_kit.Root, new([.. Enumerable.Repeat(step, PlanDraft.StepsMax + 1)], [], ""))
            .RunAsync(new Progress<Engine.Progress.ProgressEvent>(), CancellationToken.None));
        Assert.Contains("too long to be kept", failed.Problem.Message, StringComparison.Ordinal);
        Assert.Null(await Read());
    }

    [Fact]
    public async Task A_repair_comes_back_as_what_it_writes_and_is_solved_anew()
    {
        _kit.Publish("http 1.0.0");
        _kit.Publish("http 2.0.0");
        _kit.Publish("auth 1.0.0", "http = \"^1\"");
        _kit.Publish("web 2.0.0", "http = \"^2\"");
        _kit.Publish("web 1.0.0", "http = \"^1\"");
        _kit.Manifest("[dependencies]\nauth = \"^1\"\nweb = \"^2\"");
        var problem = await _kit.Fails(client => client.Install(_kit.Request()));
        foreach (var repair in Assert.IsType<NoResolutionDetail>(problem.Detail).Repairs)
        {
            var kept = repair.IsForced ? repair.WithReason("works") : repair;
            await Keep(new([new('~', "fix", null, [new ProjectEdit.ApplyRepair(kept)])], [], ""));
            var edit = Assert.IsType<ProjectEdit.ApplyRepair>(Assert.Single(Assert.Single((await Read())!.Draft.Steps).Edits));
            Assert.Equal(kept.Edits, edit.Repair.Edits);
            Assert.Equal((repair.Id, repair.Title, repair.Risk), (edit.Repair.Id, edit.Repair.Title, edit.Repair.Risk));
            var plan = await _kit.Plan(client => client.Edit(_kit.Request(), [edit]));
            Assert.Equal(repair.Resolution.Packages.Select(p => p.Id.ToString()).Order(), plan.Lockfile.Packages.Select(p => p.Id.ToString()).Order());
        }
    }

    [Fact]
    public async Task A_draft_of_another_manifest_is_stale()
    {
        _kit.Manifest("[dependencies]");
        await Keep(new([new('~', "all", null, [new ProjectEdit.Update(null)])], [], ""));
        _kit.Manifest("[dependencies]\n# changed");
        Assert.True((await Read())!.IsStale);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":1,\"base\":\"\",\"wishes\":[null],\"steps\":[]}")]
    [InlineData("{\"format\":1,\"base\":\"\",\"wishes\":[\"--never ..\"],\"steps\":[]}")]
    [InlineData("{\"format\":1,\"base\":\"\",\"wishes\":[],\"steps\":[{\"sign\":\"\",\"words\":\"\",\"subject\":null,\"edits\":[]}]}")]
    [InlineData("{\"format\":1,\"base\":\"\",\"wishes\":[],\"steps\":[{\"sign\":\"~\",\"words\":\"\",\"subject\":null,\"edits\":[{\"edit\":\"Duplicates\",\"policy\":\"9\"}]}]}")]
    [InlineData("{\"format\":1,\"base\":\"\",\"wishes\":[],\"steps\":[{\"sign\":\"~\",\"words\":\"\",\"subject\":null,\"edits\":[{\"edit\":\"Format\"}]}]}")]
    [InlineData("{\"format\":1,\"base\":\"\",\"wishes\":[],\"steps\":[{\"sign\":\"~\",\"words\":\"\",\"subject\":null,\"edits\":[{\"edit\":\"LeaveOut\",\"member\":null,\"pattern\":\"a\\nb\"}]}]}")]
    [InlineData("{\"format\":1,\"base\":\"\",\"wishes\":[],\"steps\":[{\"sign\":\"~\",\"words\":\"\",\"subject\":null,\"edits\":[{\"edit\":\"Add\",\"name\":\"a\",\"constraint\":null,\"group\":\"Normal\",\"origin\":{\"kind\":\"Git\",\"url\":\"ext::sh -c id\",\"at\":\"DefaultBranch\",\"reference\":\"\"},\"alias\":null,\"optional\":false,\"default\":true,\"features\":[]}]}]}")]
    public async Task What_is_no_draft_is_put_aside_with_a_word(string text)
    {
        _kit.Manifest("[dependencies]");
        _kit.Sandbox.Write("p/.cairn/draft.json", text);
        await using var client = _kit.Client();
        var failed = Assert.IsType<Outcome<FoundDraft?>.Failed>(await client.ReadDraft(_kit.Root).RunAsync(new Progress<Engine.Progress.ProgressEvent>(), CancellationToken.None));
        Assert.Contains(".cairn/draft.unread.json", failed.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Path.Combine(_kit.Root, ".cairn", "draft.unread.json")));
        Assert.Null(await Read());
    }

    [Theory]
    [InlineData("{\"edit\":\"Add\",\"name\":\"web\",\"constraint\":\"^1\",\"group\":\"Dev\",\"origin\":{\"kind\":\"Feed\",\"registry\":\"main\"},\"alias\":\"w\",\"optional\":false,\"default\":true,\"features\":[\"x\"]}")]
    [InlineData("{\"edit\":\"Remove\",\"name\":\"web\",\"group\":\"Dev\"}")]
    [InlineData("{\"edit\":\"Constrain\",\"name\":\"web\",\"group\":\"Dev\",\"constraint\":\"^1\"}")]
    [InlineData("{\"edit\":\"Update\",\"name\":\"web\",\"version\":\"1.0.0\",\"reach\":\"Latest\"}")]
    [InlineData("{\"edit\":\"Override\",\"name\":\"web\",\"constraint\":\"^1\",\"reason\":\"works\"}")]
    [InlineData("{\"edit\":\"SetVersion\",\"member\":\"web\",\"version\":\"1.0.0\"}")]
    [InlineData("{\"edit\":\"LeaveOut\",\"member\":\"web\",\"pattern\":\"*.log\"}")]
    [InlineData("{\"edit\":\"AcceptRisk\",\"id\":\"C-1\",\"reason\":\"fine\",\"until\":\"2027-01-02\",\"name\":\"web\"}")]
    [InlineData("{\"edit\":\"Fix\",\"findings\":[\"C-1\"],\"avoid\":[{\"name\":\"web\",\"versions\":[{\"from\":\"1.0.0\",\"from_inclusive\":true,\"to\":null,\"to_inclusive\":false}],\"why\":\"\"}],\"writes\":[]}")]
    [InlineData("{\"edit\":\"ApplyRepair\",\"id\":\"a\",\"risk\":\"Major\",\"title\":\"t\",\"yanked\":[\"web@1.0.0\"],\"writes\":[]}")]
    [InlineData("{\"edit\":\"ApplyRepair\",\"id\":\"a\",\"risk\":\"Major\",\"title\":\"t\",\"yanked\":[],\"writes\":[{\"write\":\"ChangeConstraint\",\"file\":\"cairn.toml\",\"group\":\"Dev\",\"local\":\"web\",\"name\":\"web\",\"from\":\"^1\",\"to\":\"^2\"}]}")]
    [InlineData("{\"edit\":\"ApplyRepair\",\"id\":\"a\",\"risk\":\"Major\",\"title\":\"t\",\"yanked\":[],\"writes\":[{\"write\":\"RemoveFeature\",\"file\":\"cairn.toml\",\"group\":\"Dev\",\"local\":\"web\",\"name\":\"web\",\"from\":null,\"to\":\"x\"}]}")]
    [InlineData("{\"edit\":\"ApplyRepair\",\"id\":\"a\",\"risk\":\"Major\",\"title\":\"t\",\"yanked\":[],\"writes\":[{\"write\":\"RemoveAsOf\",\"file\":\"cairn.toml\",\"group\":null,\"local\":null,\"name\":null,\"from\":\"2026-01-01T00:00:00.0000000+00:00\",\"to\":null}]}")]
    public void A_stranger_s_edit_with_a_part_missing_is_refused_or_does_without(string edit)
    {
        Assert.NotNull(Draft(edit));
        foreach (var part in Regex.Matches(edit, "(?<=[:\\[])(\"[^\"]*\"|true|false)").ToArray())
        {
            foreach (var other in new[] { "null", "7", "{}", "\"\"", "\"\\u0000\"" })
            {
                if (Draft(edit[..part.Index] + other + edit[(part.Index + part.Length)..]) is { } read)
                {
                    Assert.NotEmpty(DraftText.Write(read));
                }
            }
        }
    }

    private static PlanDraft? Draft(string edit) => DraftText.Read(System.Text.Encoding.UTF8.GetBytes(
        $"{{\"format\":1,\"base\":\"\",\"wishes\":[],\"steps\":[{{\"sign\":\"~\",\"words\":\"w\",\"subject\":null,\"edits\":[{edit}]}}]}}"));

    private static PackageName Name(string name) => PackageName.Parse(name);

    private async Task Keep(PlanDraft draft)
    {
        await using var client = _kit.Client();
        Assert.IsType<Outcome<FoundDraft?>.Done>(await client.KeepDraft(_kit.Root, draft).RunAsync(new Progress<Engine.Progress.ProgressEvent>(), CancellationToken.None));
    }

    private async Task<FoundDraft?> Read()
    {
        await using var client = _kit.Client();
        return Assert.IsType<Outcome<FoundDraft?>.Done>(await client.ReadDraft(_kit.Root).RunAsync(new Progress<Engine.Progress.ProgressEvent>(), CancellationToken.None)).Report;
    }
}
