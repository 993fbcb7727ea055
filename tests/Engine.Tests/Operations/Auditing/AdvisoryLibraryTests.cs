using System.IO.Compression;
using System.Text;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Tests.Sources;

namespace Registry.Engine.Tests.Operations.Auditing;

public sealed class AdvisoryLibraryTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    private static readonly string First = ProjectKit.Advisory("x_a-1", "a", "0..1.0.0", "npm");
    private static readonly string Second = ProjectKit.Advisory("x_b-1", "b", "0..1.0.0", "PyPI");

    public void Dispose() => _kit.Dispose();

    [Theory]
    [InlineData("some.jsonl")]
    [InlineData("some.osv.jsonl.gz")]
    [InlineData("some.zip")]
    [InlineData("some")]
    public async Task Every_form_of_advisories_is_taken_in(string file)
    {
        Write(file);

        await Import(file);

        var source = Assert.Single((await Status()).Sources).Source;
        Assert.Equal(("some", 2, 1), (source.Name, source.Records, source.Skipped));
        Assert.Equal(["PyPI", "npm"], source.Ecosystems);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), source.Newest);
        Assert.Single(source.Skips);
    }

    [Fact]
    public async Task A_single_record_may_be_on_many_lines()
    {
        _kit.Sandbox.Write("one.json", First.Replace(",", ",\n  ", StringComparison.Ordinal));

        await Import("one.json");

        Assert.Equal(1, Assert.Single((await Status()).Sources).Source.Records);
    }

    [Fact]
    public async Task Waiting_for_another_writer_ends_when_it_is_cancelled()
    {
        _kit.Sandbox.Write("one.jsonl", First);
        var folder = _kit.Sandbox.At("home/data/advisories");
        Directory.CreateDirectory(folder);
        using var held = new FileStream(Path.Combine(folder, ".writer"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        await using var client = _kit.Client();
        var change = client.ImportAdvisories(new([_kit.Sandbox.At("one.jsonl")], null));
        var plan = await change.PlanAsync(new Tests.Sources.Feeds.Silent(), default);
        using var stop = new CancellationTokenSource();
        var applying = change.ApplyAsync(plan, new Tests.Sources.Feeds.Silent(), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => applying);
    }

    [Fact]
    public async Task A_pipe_is_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes with names are made with a program of Linux");
        using (var maker = System.Diagnostics.Process.Start("mkfifo", _kit.Sandbox.At("pipe.jsonl")))
        {
            await maker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await using var client = _kit.Client();
        var change = client.ImportAdvisories(new([_kit.Sandbox.At("pipe.jsonl")], null));
        var problem = (await Assert.ThrowsAsync<ProblemException>(() => change.PlanAsync(new Tests.Sources.Feeds.Silent(), default))).Problem;

        Assert.Equal(ProblemCode.FileUnavailable, problem.Code);
        Assert.Contains("no ordinary file", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Importing_again_replaces_and_what_nothing_names_goes()
    {
        _kit.Sandbox.Write("one.jsonl", First);
        await Import("one.jsonl");
        _kit.Sandbox.Write("one.jsonl", Second);
        await Import("one.jsonl");

        Assert.Equal(["PyPI"], Assert.Single((await Status()).Sources).Source.Ecosystems);
        Assert.Single(Directory.GetFiles(_kit.Sandbox.At("home/data/advisories"), "*.jsonl"));
        await Change(client => client.RemoveAdvisories("one"));
        Assert.Empty((await Status()).Sources);
        Assert.Empty(Directory.GetFiles(_kit.Sandbox.At("home/data/advisories"), "*.jsonl"));
    }

    [Theory]
    [InlineData("nothing.jsonl", "", ProblemCode.AdvisoryInvalid)]
    [InlineData("web.jsonl", "<html>", ProblemCode.AdvisoryInvalid)]
    [InlineData("broken.zip", "PK broken", ProblemCode.AdvisoriesCorrupt)]
    [InlineData(".jsonl", "{}", ProblemCode.AdvisoryInvalid)]
    public async Task What_is_no_advisories_is_refused_and_nothing_is_written(string file, string text, ProblemCode code)
    {
        _kit.Sandbox.Write(file, text);

        Assert.Equal(code, (await Assert.ThrowsAsync<ProblemException>(() => Import(file))).Problem.Code);
        Assert.False(Directory.Exists(_kit.Sandbox.At("home/data/advisories")));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_problem() =>
        Assert.Equal(ProblemCode.FileUnavailable, (await Assert.ThrowsAsync<ProblemException>(() => Import("nowhere.json"))).Problem.Code);

    [Fact]
    public async Task Two_writers_do_not_lose_what_the_other_took_in()
    {
        var names = Enumerable.Range(0, 8).Select(i => $"s{i}").ToArray();
        foreach (var name in names)
        {
            _kit.Sandbox.Write($"{name}.jsonl", ProjectKit.Advisory($"x_{name}", name, "0..", "npm"));
        }

        await Task.WhenAll(names.Select(name => Task.Run(() => Import($"{name}.jsonl"))));

        Assert.Equal(names, (await Status()).Sources.Select(source => source.Source.Name));
    }

    [Fact]
    public async Task What_a_feed_publishes_is_fetched_and_what_it_takes_back_goes()
    {
        _kit.Publish("a 1.0.0");
        _kit.Advise(First, Second);
        _kit.Manifest("[dependencies]\na = \"^1\"");

        await Update();
        await Update();
        _kit.Advise(First);
        await Update();

        var source = Assert.Single((await Status()).Sources).Source;
        Assert.Equal((AdvisorySourceKind.Feed, "main", 1), (source.Kind, source.Name, source.Records));
    }

    [Fact]
    public async Task Registries_without_advisories_are_said()
    {
        _kit.Publish("a 1.0.0");
        _kit.Manifest("[dependencies]\na = \"^1\"");

        Assert.Equal(ProblemCode.AdvisoriesMissing, (await Assert.ThrowsAsync<ProblemException>(Update)).Problem.Code);
    }

    [Theory]
    [InlineData("library.json")]
    [InlineData("*.jsonl")]
    public async Task A_damaged_library_is_a_problem_and_never_an_empty_one(string damaged)
    {
        _kit.Publish("a 1.0.0");
        _kit.Manifest("[dependencies]\na = \"^1\"");
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("main = \"../feed\"", "main = { url = \"../feed\", ecosystem = \"npm\" }", StringComparison.Ordinal));
        await _kit.Install();
        _kit.Sandbox.Write("one.jsonl", First);
        await Import("one.jsonl");
        foreach (var file in Directory.GetFiles(_kit.Sandbox.At("home/data/advisories"), damaged))
        {
            await File.WriteAllTextAsync(file, "{", TestContext.Current.CancellationToken);
        }

        await using var client = _kit.Client();
        var outcome = await client.Audit(new(_kit.Root)).RunAsync(new Feeds.Silent(), TestContext.Current.CancellationToken);

        Assert.Equal(ProblemCode.AdvisoriesCorrupt, Assert.IsType<Outcome<AuditReport>.Failed>(outcome).Problem.Code);
    }

    [Fact]
    public async Task A_damaged_index_is_made_again()
    {
        _kit.Publish("a 0.1.0");
        _kit.Manifest("[dependencies]\na = \"^0.1\"");
        _kit.Sandbox.Write("p/cairn.toml", _kit.Read("cairn.toml").Replace("main = \"../feed\"", "main = { url = \"../feed\", ecosystem = \"npm\" }", StringComparison.Ordinal));
        await _kit.Install();
        _kit.Sandbox.Write("one.jsonl", First);
        await Import("one.jsonl");
        await using var client = _kit.Client();
        await client.Audit(new(_kit.Root)).RunAsync(new Feeds.Silent(), TestContext.Current.CancellationToken);
        var index = Assert.Single(Directory.GetFiles(_kit.Sandbox.At("home/data/advisories"), "*.index"));
        await File.WriteAllTextAsync(index, "rubbish", TestContext.Current.CancellationToken);

        var outcome = await client.Audit(new(_kit.Root)).RunAsync(new Feeds.Silent(), TestContext.Current.CancellationToken);

        Assert.Equal("x_a-1", Assert.Single(Assert.IsType<Outcome<AuditReport>.Done>(outcome).Report.Findings).Id);
    }

    private void Write(string file)
    {
        var path = _kit.Sandbox.At(file);
        var lines = $"{Second}\n{First}\n\n{{\"id\":\"broken\n";
        switch (Path.GetExtension(file))
        {
            case ".jsonl":
                File.WriteAllText(path, lines);
                break;
            case ".gz":
                using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
                {
                    gzip.Write(Encoding.UTF8.GetBytes(lines));
                }

                break;
            case ".zip":
                using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
                {
                    foreach (var (name, text) in (IEnumerable<(string, string)>)[("1.json", First), ("in/2.json", Second), ("3.json", "{"), ("readme.txt", "no")])
                    {
                        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                        writer.Write(text);
                    }
                }

                break;
            default:
                _kit.Sandbox.Write($"{file}/1.json", First);
                _kit.Sandbox.Write($"{file}/in/2.json", Second);
                _kit.Sandbox.Write($"{file}/3.json", "{");
                break;
        }
    }

    private Task Import(string file) => Change(client => client.ImportAdvisories(new([_kit.Sandbox.At(file)], null)));

    private Task Update() => Change(client => client.UpdateAdvisories(new(_kit.Root, [])));

    private async Task Change(Func<RegistryClient, Change<AdvisoriesReport, AdvisoriesReport>> make)
    {
        await using var client = _kit.Client();
        var change = make(client);
        await change.ApplyAsync(await change.PlanAsync(new Feeds.Silent(), default), new Feeds.Silent(), default);
    }

    private async Task<AdvisoriesReport> Status()
    {
        await using var client = _kit.Client();
        return Assert.IsType<Outcome<AdvisoriesReport>.Done>(await client.AdvisoriesStatus().RunAsync(new Feeds.Silent(), default)).Report;
    }
}
