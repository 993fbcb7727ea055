using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Operations;

/// <summary>Add, remove, update, undo and the rest, over a folder feed.</summary>
public sealed class ChangeTests : IDisposable
{
    private const string Start = """
        # my dependencies
        [dependencies]
        log = "^1"    # says what happens
        """;

    private readonly ProjectKit _kit = new();

    public ChangeTests()
    {
        _kit.Publish("log 1.0.0");
        _kit.Publish("log 1.1.0");
        _kit.Publish("vec 0.3.1");
        _kit.Publish("web 1.0.0", "log = \"^1\"");
        _kit.Publish("web 1.1.0-rc.1", "log = \"^1\"");
        _kit.Manifest(Start);
    }

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task Add_writes_the_caret_range_of_the_newest_release_and_keeps_the_text()
    {
        var report = await _kit.Add("web", "vec@~0.3");

        Assert.Equal(["cairn.toml"], report.Manifests);
        Assert.Contains(
            "# my dependencies\n[dependencies]\nlog = \"^1\"    # says what happens\nvec = \"~0.3\"\nweb = \"^1.0.0\"\n", _kit.Read("cairn.toml"), StringComparison.Ordinal);
        Assert.True(_kit.Has("packages/web/src/main.c") && _kit.Has("packages/vec"));
    }

    [Fact]
    public async Task Add_keeps_the_line_ends_of_the_manifest()
    {
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("\n", "\r\n", StringComparison.Ordinal));

        await _kit.Add("vec");

        Assert.DoesNotContain("\n", _kit.Read("cairn.toml").Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("vec = \"^0.3.1\"\r\n", _kit.Read("cairn.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_shows_the_lines_and_the_command()
    {
        var plan = await _kit.Plan(client => client.Edit(_kit.Request(), [
            ProjectKit.Addition("vec@^0.3") with { Group = DependencyGroup.Dev, UsesDefaultFeatures = false },
            new ProjectEdit.Update(PackageName.Parse("log"))]));

        Assert.Equal("cairn add vec@^0.3 --dev --no-default-features && cairn update log", plan.Command);
        var hunk = Assert.Single(Assert.Single(plan.Manifests).Hunks);
        Assert.Contains(new TextLine(TextLineKind.Added, "vec = { version = \"^0.3\", default-features = false }"), hunk.Lines);
        Assert.DoesNotContain(hunk.Lines, line => line.Kind == TextLineKind.Removed);
    }

    [Fact]
    public async Task Add_of_a_package_that_is_not_there_changes_nothing()
    {
        var picture = _kit.Picture();

        Assert.Equal(ProblemCode.PackageNotFound, (await _kit.Fails(c => c.Add(_kit.Request(), [ProjectKit.Addition("lgo")]))).Code);
        Assert.Equal(ProblemKind.Resolution, (await _kit.Fails(c => c.Add(_kit.Request(), [ProjectKit.Addition("log@^9")]))).Kind);
        Assert.Equal(picture, _kit.Picture());
    }

    [Fact]
    public async Task Add_under_a_name_that_another_package_has_changes_nothing()
    {
        await _kit.Add("vec");
        var picture = _kit.Picture();

        var problem = await _kit.Fails(c => c.Add(_kit.Request(), [ProjectKit.Addition("log") with { Alias = "vec" }]));

        Assert.Equal((ProblemCode.DependencyExists, "`vec` already stands for the package vec in cairn.toml"), (problem.Code, problem.Message));
        Assert.Equal(picture, _kit.Picture());
    }

    [Fact]
    public async Task Remove_takes_the_line_and_what_only_it_needed()
    {
        await _kit.Add("web");
        await _kit.Done(client => client.Remove(_kit.Request(), [new("log", null)]));
        Assert.True(_kit.Has("packages/log"));

        var report = await _kit.Done(client => client.Remove(_kit.Request(), [new("web", null)]));

        Assert.Equal(["log", "web"], report.Removed.Select(p => p.Name.Value).Order());
        Assert.DoesNotContain("web", _kit.Read("cairn.toml"), StringComparison.Ordinal);
        Assert.Equal(ProblemCode.DependencyNotInManifest, (await _kit.Fails(c => c.Remove(_kit.Request(), [new("web", null)]))).Code);
    }

    [Fact]
    public async Task Update_moves_what_is_named_and_leaves_the_rest()
    {
        await _kit.Add("vec");
        _kit.Publish("log 1.2.0");
        _kit.Publish("vec 0.3.2");

        var report = await _kit.Done(client => client.Update(_kit.Request(), [new(PackageName.Parse("log"))]));
        Assert.Equal(["log 1.2.0"], report.Installed.Select(p => $"{p}"));
        Assert.Empty(report.Manifests);

        report = await _kit.Done(client => client.Update(_kit.Request(), []));
        Assert.Equal(["vec 0.3.2"], report.Installed.Select(p => $"{p}"));
        Assert.True((await _kit.Done(client => client.Update(_kit.Request(), []))).WasEmpty);
    }

    [Fact]
    public async Task Update_precise_takes_that_version_or_says_why_not()
    {
        await _kit.Install();
        var report = await _kit.Done(client => client.Update(_kit.Request(), [new(PackageName.Parse("log"), SemanticVersion.Parse("1.0.0"))]));
        Assert.Equal(["log 1.0.0"], report.Installed.Select(p => $"{p}"));

        var problem = await _kit.Fails(client => client.Update(_kit.Request(), [new(PackageName.Parse("log"), SemanticVersion.Parse("3.0.0"))]));
        Assert.Equal(ProblemCode.VersionNotFound, problem.Code);
    }

    [Fact]
    public async Task Update_latest_moves_the_constraint_in_its_own_style()
    {
        await _kit.Install();
        _kit.Publish("log 2.3.0");

        await _kit.Done(client => client.Update(_kit.Request(), [new(null, null, UpdateReach.Latest)]));

        Assert.Contains("log = \"^2\"    # says what happens", _kit.Read("cairn.toml"), StringComparison.Ordinal);
        Assert.Equal("// log 2.3.0\n", _kit.Read("packages/log/src/main.c"));
    }

    [Theory]
    [InlineData("^1.2", "3.4.5", "^3.4")]
    [InlineData("~1", "3.4.5", "~3")]
    [InlineData("=1.0.0", "3.4.5", "=3.4.5")]
    [InlineData("1.2.3", "3.4.5", "3.4.5")]
    [InlineData(">=1, <2", "3.4.5", "^3.4.5")]
    [InlineData("1.x", "3.4.5", "^3.4.5")]
    [InlineData("^1.2", "2.0.0-rc.1", "^2.0.0-rc.1")]
    [InlineData("^0.2", "0.3.1", "^0.3")]
    public void A_constraint_moves_up_in_the_way_it_was_written(string constraint, string version, string expected) =>
        Assert.Equal(expected, ConstraintBump.To(Constraint.Parse(constraint), SemanticVersion.Parse(version)).Text);

    [Fact]
    public async Task Undo_and_redo_go_back_and_forth()
    {
        await _kit.Install();
        var first = _kit.Picture();
        var added = await _kit.Add("web");
        var second = _kit.Picture();
        await _kit.Add("vec");
        var third = _kit.Picture();
        Assert.Equal(2, added.HistoryEntry);

        await Undo();
        Assert.Equal(second, _kit.Picture());
        await Undo();
        Assert.Equal(first, _kit.Picture());
        await Redo();
        Assert.Equal(second, _kit.Picture());
        await Redo();
        Assert.Equal(third, _kit.Picture());
        Assert.Equal(ProblemCode.NothingToUndo, (await _kit.Fails(client => client.Redo(_kit.Request()))).Code);

        await Undo();
        await _kit.Done(client => client.Remove(_kit.Request(), [new("web", null)]));
        Assert.Equal(first, _kit.Picture());
        Assert.Equal(ProblemCode.NothingToUndo, (await _kit.Fails(client => client.Redo(_kit.Request()))).Code);
        Assert.True((await _kit.Install()).WasEmpty);
    }

    [Fact]
    public async Task Undo_goes_back_over_several_changes_at_once_and_redo_over_each()
    {
        await _kit.Install();
        var first = _kit.Picture();
        await _kit.Add("web");
        var second = _kit.Picture();
        await _kit.Add("vec");
        Assert.Equal([1, 2, 3], await Numbers());

        await _kit.Done(client => client.UndoThrough(_kit.Request(), 2));

        Assert.Equal(first, _kit.Picture());
        Assert.Equal([1], await Numbers());
        await Redo();
        Assert.Equal(second, _kit.Picture());
        Assert.Equal([1, 2], await Numbers());
        Assert.Equal(ProblemCode.NothingToUndo, (await _kit.Fails(client => client.UndoThrough(_kit.Request(), 3))).Code);
    }

    private async Task<IEnumerable<int>> Numbers() =>
        ((Outcome<HistoryReport>.Done)await RegistryClient.History(_kit.Request().Folder).RunAsync(new Progress<Registry.Engine.Progress.ProgressEvent>(), default)).Report.Changes.Select(change => change.Number);

    [Fact]
    public async Task Undo_of_the_first_install_leaves_the_manifest_alone()
    {
        var manifest = _kit.Picture();
        await _kit.Install();

        await Undo();

        Assert.Equal(manifest, _kit.Picture());
        Assert.Equal(ProblemCode.NothingToUndo, (await _kit.Fails(client => client.Undo(_kit.Request()))).Code);
    }

    [Fact]
    public async Task Undo_does_not_overwrite_what_was_edited_since()
    {
        await _kit.Add("web");
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml") + "\n# mine\n");

        var problem = await _kit.Fails(client => client.Undo(_kit.Request()));

        Assert.Equal(ProblemCode.NothingToUndo, problem.Code);
        Assert.Contains("# mine", _kit.Read("cairn.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lock_writes_the_lockfile_only()
    {
        await _kit.Done(client => client.Lock(_kit.Request(), LockAction.Update));

        Assert.True(_kit.Has("cairn.lock"));
        Assert.False(_kit.Has("packages"));
        Assert.True((await _kit.Done(client => client.Lock(_kit.Request(), LockAction.Check))).WasEmpty);
        _kit.Manifest(Start + "\nvec = \"*\"");
        Assert.Equal(ProblemCode.LockfileOutOfDate, (await _kit.Fails(client => client.Lock(_kit.Request(), LockAction.Check))).Code);
    }

    [Fact]
    public async Task A_conflicted_lockfile_is_repaired_from_what_both_sides_agree_on()
    {
        await _kit.Install();
        await _kit.Done(client => client.Update(_kit.Request(), [new(PackageName.Parse("log"), SemanticVersion.Parse("1.0.0"))]));
        var lockfile = _kit.Read("cairn.lock");
        _kit.Sandbox.Write("p/cairn.lock", $"<<<<<<< ours\n{lockfile}=======\n{lockfile.Replace("1.0.0\"\nsource = \"feed", "1.0.0\"\nsource = \"feed", StringComparison.Ordinal)}>>>>>>> theirs\n");
        Assert.Equal(ProblemCode.LockfileConflicted, (await _kit.Fails(client => client.Install(_kit.Request()))).Code);

        await _kit.Done(client => client.Lock(_kit.Request(), LockAction.Repair));

        Assert.Equal(lockfile, _kit.Read("cairn.lock"));
    }

    [Fact]
    public async Task Path_dependencies_are_linked_and_watched()
    {
        _kit.Manifest("[dependencies]\nvec = \"*\"", "../libs/mine");
        await _kit.Done(client => client.Add(
            new ChangeRequest(_kit.Sandbox.At("p")), [new(PackageName.Parse("mine"), null, DependencyGroup.Normal, new DependencyOrigin.Path("../libs/mine"))]));
        Assert.Contains("mine = { path = \"../libs/mine\" }", _kit.Read("cairn.toml"), StringComparison.Ordinal);
        Assert.Equal("../../libs/mine", new DirectoryInfo(Path.Combine(_kit.Root, "packages/mine")).LinkTarget);
        Assert.True(_kit.Has("packages/mine/cairn.toml") && _kit.Has("packages/vec"));
        Assert.True((await _kit.Install()).WasEmpty);

        _kit.Manifest("[dependencies]\nweb = \"*\"", "../libs/mine");
        await _kit.Install();

        Assert.True(_kit.Has("packages/web"));
        Assert.False(_kit.Has("packages/vec"));
    }

    [Fact]
    public async Task Members_share_one_lockfile_and_one_install_directory()
    {
        _kit.Sandbox.Write("p/cairn.toml", "[workspace]\nmembers = [\"libs/*\"]\n\n[workspace.dependencies]\nlog = \"^1\"\n" + _kit.Registries);
        _kit.Manifest("[dependencies]\nlog = { workspace = true }\nb = { path = \"../b\" }", "libs/a");
        _kit.Manifest("[dependencies]\nvec = \"*\"", "libs/b");
        var inside = new ChangeRequest(Path.Combine(_kit.Root, "libs/b"));

        await _kit.Done(client => client.Add(inside, [ProjectKit.Addition("web")]));

        Assert.Contains("web = \"^1.0.0\"", _kit.Read("libs/b/cairn.toml"), StringComparison.Ordinal);
        Assert.Equal(["b", "log", "vec", "web"], Directory.GetFileSystemEntries(Path.Combine(_kit.Root, "packages")).Select(Path.GetFileName).Where(n => !n!.Contains("cairn", StringComparison.Ordinal)).Order());
        Assert.Equal("../libs/b", new DirectoryInfo(Path.Combine(_kit.Root, "packages/b")).LinkTarget);
        Assert.False(_kit.Has("libs/b/packages") || _kit.Has("libs/b/cairn.lock"));
        Assert.True((await _kit.Done(client => client.Install(inside))).WasEmpty);
    }

    [Fact]
    public async Task A_gal_lockfile_is_read_and_a_cairn_lockfile_written()
    {
        File.Move(Path.Combine(_kit.Root, "cairn.toml"), Path.Combine(_kit.Root, "gal.toml"));
        _kit.Sandbox.Write("p/gal.lock", "version = 1\nroot = \"app\"\n\n[[packages]]\nname = \"log\"\nversion = \"1.0.0\"\nchecksum = \"sha256:abc123...\"\ndependencies = []\n");

        await _kit.Install();

        Assert.Equal("// log 1.0.0\n", _kit.Read("packages/log/src/main.c"));
        Assert.True(_kit.Has("cairn.lock") && _kit.Has("gal.lock"));
        Assert.True((await _kit.Install()).WasEmpty);
    }

    [Fact]
    public async Task Node_finds_everything_in_node_modules()
    {
        _kit.Publish("old 1.0.0", "vec = \"^0.2\"");
        _kit.Publish("vec 0.2.0");
        _kit.Publish("acme/x 1.0.0");
        _kit.Manifest("[dependencies]\nold = \"^1\"\nvec = \"^0.3\"\n\"acme/x\" = \"^1\"\n\n[install]\ndirectory = \"node_modules\"\n\n[resolution]\nduplicates = \"compatible\"");

        await _kit.Install();

        Assert.Equal("// vec 0.3.1\n", _kit.Read("node_modules/vec/src/main.c"));
        Assert.Equal("// vec 0.2.0\n", _kit.Read("node_modules/old/node_modules/vec/src/main.c"));
        Assert.True(_kit.Has("node_modules/@acme/x/src/main.c"));
        Assert.True((await _kit.Install()).WasEmpty);
    }

    private Task<ChangeReport> Undo() => _kit.Done(client => client.Undo(_kit.Request()));

    private Task<ChangeReport> Redo() => _kit.Done(client => client.Redo(_kit.Request()));
}
