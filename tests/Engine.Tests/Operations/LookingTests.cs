using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Tests.Operations;

/// <summary>Looks inside releases, between two of them, and at what adding one would do.</summary>
public sealed class LookingTests : IDisposable
{
    private readonly ProjectKit _kit = new();

    public void Dispose() => _kit.Dispose();

    [Fact]
    public async Task A_release_shows_its_readme_and_files_and_is_fetched_only_when_asked_to()
    {
        Publish("log 1.0.0", "", ("README.md", "# log\n"), ("src/log.c", "int x;\n"));
        _kit.Manifest("");

        var before = await Contents(new(_kit.Root, Name("log")) { Reach = ContentsReach.Stored });
        var fetched = await Contents(new(_kit.Root, Name("log")) { File = "src/log.c" });
        var after = await Contents(new(_kit.Root, Name("log")) { Reach = ContentsReach.Stored });

        Assert.False(before.IsHere);
        Assert.True(before.ArchiveBytes > 0);
        Assert.Empty(before.Files);
        Assert.Equal(["README.md", "cairn.toml", "src/log.c"], fetched.Files.Select(file => file.Path));
        Assert.Equal(("# log\n", "int x;\n"), (fetched.Readme!.Text, fetched.File!.Text));
        Assert.True(after.IsHere);
    }

    [Theory]
    [InlineData("", "README.md", "README")]
    [InlineData("readme = \"docs/start.md\"\n", "docs/start.md", "README.md")]
    [InlineData("", "ReadMe.TXT", "docs/README.md")]
    [InlineData("readme = \"nothing.md\"\n", "readme", "readme.rst")]
    public async Task The_readme_is_the_one_named_or_the_first_usual_one(string named, string expected, string other)
    {
        Publish("log 1.0.0", named, (expected, "this"), (other, "not this"));
        _kit.Manifest("");

        Assert.Equal(expected, (await Contents(new(_kit.Root, Name("log")))).Readme!.Path);
    }

    [Fact]
    public async Task Long_and_binary_files_are_bounded()
    {
        Publish("log 1.0.0", "", ("README.md", new string('a', PackageText.BytesMax + 5)), ("logo.png", "\0PNG"));
        _kit.Manifest("");

        var report = await Contents(new(_kit.Root, Name("log")) { File = "logo.png" });

        Assert.Equal((PackageTextForm.Beginning, PackageText.BytesMax), (report.Readme!.Form, report.Readme.Text.Length));
        Assert.Equal((PackageTextForm.Binary, ""), (report.File!.Form, report.File.Text));
    }

    [Fact]
    public async Task The_version_in_use_is_shown_before_a_newer_one()
    {
        Publish("log 1.0.0", "", ("README.md", "one"));
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();
        Publish("log 2.0.0", "", ("README.md", "two"));

        Assert.Equal("one", (await Contents(new(_kit.Root, Name("log")))).Readme!.Text);
        Assert.Equal("two", (await Contents(new(_kit.Root, Name("log"), SemanticVersion.Parse("2.0.0")))).Readme!.Text);
    }

    [Fact]
    public async Task What_cannot_be_looked_into_says_why()
    {
        _kit.PublishFacts("facts 1.0.0");
        Publish("log 1.0.0", "");
        _kit.Manifest("[dependencies]\nown = { path = \"own\" }");
        _kit.Sandbox.Write("p/own/cairn.toml", "[package]\nname = \"own\"\nversion = \"1.0.0\"\n");
        await _kit.Install();

        Assert.Contains("no archive", (await Fails(client => client.Contents(new(_kit.Root, Name("facts"))))).Message);
        Assert.Contains("is a folder of this project", (await Fails(client => client.Contents(new(_kit.Root, Name("own"))))).Message);
        Assert.Equal(ProblemCode.FileNotFound, (await Fails(client => client.Contents(new(_kit.Root, Name("log")) { File = "../x" }))).Code);
    }

    [Fact]
    public async Task Two_versions_differ_in_files_lines_dependencies_and_licence()
    {
        Publish("log 1.0.0", "license = \"MIT\"\n\n[dependencies]\nfmt = \"^1\"\nold = \"^1\"\n", ("a.c", "one\ntwo\n"), ("gone.c", "x\n"), ("same.c", "s\n"), ("bin", "\0a"));
        Publish("log 1.1.0", "license = \"Apache-2.0\"\n\n[dependencies]\nfmt = \"^2\"\nnew = \"^1\"\n", ("a.c", "one\n2\n"), ("more.c", "y\n"), ("same.c", "s\n"), ("bin", "\0b"));
        _kit.Manifest("");

        var report = await Difference("log", "1.0.0", "1.1.0");

        Assert.Equal(
            ["Changed a.c", "Changed bin", "Changed cairn.toml", "Removed gone.c", "Added more.c"], report.Files.Select(file => $"{file.Kind} {file.Path}"));
        Assert.Equal(1, report.FilesSame);
        Assert.Equal(["=one", "-two", "+2"], report.Files[0].Lines!.Hunks[0].Lines.Select(line => $"{"=-+"[(int)line.Kind]}{line.Text}"));
        Assert.Null(report.Files[1].Lines);
        Assert.Equal(["fmt ^1 ^2", "new  ^1", "old ^1 "], report.Dependencies.Select(change => $"{change.LocalName} {change.Before?.Constraint} {change.After?.Constraint}"));
        Assert.True(report.LicenseChanges && report.IsWhole);
    }

    [Fact]
    public async Task More_than_is_compared_is_said_to_have_changed()
    {
        Publish("log 1.0.0", "", ("big.txt", new string('a', TreeComparison.TextBytesMax + 1)));
        Publish("log 1.1.0", "", ("big.txt", new string('b', TreeComparison.TextBytesMax + 1)));
        _kit.Manifest("");

        var report = await Difference("log", "1.0.0", "1.1.0");

        Assert.False(report.IsWhole);
        Assert.Null(report.Files.Single(file => file.Path == "big.txt").Lines);
    }

    [Fact]
    public async Task A_fit_is_what_adding_would_do()
    {
        _kit.Publish("fmt 1.0.0");
        _kit.Publish("log 1.0.0", "fmt = \"^1\"");
        _kit.Publish("web 2.0.0", "log = \"^1\"", "pool = \"^1\"");
        _kit.Publish("pool 1.0.0");
        _kit.Manifest("[dependencies]\nlog = \"^1\"");
        await _kit.Install();
        var text = _kit.Read("cairn.toml");

        var fit = await Fit("web");

        Assert.Equal(["Added pool", "Added web"], fit.Difference!.Changes.Select(change => $"{change.Kind} {change.Name}"));
        Assert.True(fit.LeavesOthersAlone);
        Assert.Equal((2, 4), (fit.PackagesBefore, fit.PackagesAfter));
        Assert.True(fit.DownloadBytes > 0);
        Assert.Equal(("^2.0.0", text), (fit.Constraint.Text, _kit.Read("cairn.toml")));
        var plan = await _kit.Plan(client => client.Add(_kit.Request(), [ProjectKit.Addition("web")]));
        Assert.Equal(plan.Lock.Changes.Select(change => change.Name), fit.Difference.Changes.Select(change => change.Name));
    }

    [Fact]
    public async Task What_does_not_fit_says_what_is_in_the_way()
    {
        _kit.Publish("fmt 1.0.0");
        _kit.Publish("fmt 2.0.0");
        _kit.Publish("log 1.0.0", "fmt = \"^1\"");
        _kit.Publish("web 1.0.0", "fmt = \"^2\"");
        _kit.Manifest("[dependencies]\nlog = \"^1\"\n\n[resolution]\nduplicates = \"never\"");
        await _kit.Install();

        var fit = await Fit("web");

        Assert.Null(fit.Difference);
        Assert.Contains("fmt", fit.Obstacle!.Headline);
        Assert.Equal(["1.0.0"], (await Fit("log")).Used.Select(version => version.ToString()));
    }

    private static PackageName Name(string name) => PackageName.Parse(name);

    /// <param name="rest">What follows name and version in the manifest.</param>
    private void Publish(string package, string rest, params (string Path, string Text)[] files)
    {
        var words = package.Split(' ');
        _kit.PublishFiles(
            new(Name(words[0]), SemanticVersion.Parse(words[1])), $"[package]\nname = \"{words[0]}\"\nversion = \"{words[1]}\"\n{rest}",
            [.. files.Select(file => (file.Path, Encoding.UTF8.GetBytes(file.Text)))]);
    }

    private Task<ContentsReport> Contents(ContentsRequest request) => Done(client => client.Contents(request));

    private Task<ReleaseDifferenceReport> Difference(string name, string from, string to) =>
        Done(client => client.ReleaseDifference(new(_kit.Root, Name(name), SemanticVersion.Parse(from), SemanticVersion.Parse(to))));

    private async Task<FitReport> Fit(string name)
    {
        await using var client = _kit.Client();
        using var browsing = client.Browse(_kit.Root);
        return Report(await browsing.Fit(new(Name(name))).RunAsync(Quiet.Instance, TestContext.Current.CancellationToken));
    }

    private async Task<T> Done<T>(Func<RegistryClient, Query<T>> query)
    {
        await using var client = _kit.Client();
        return Report(await query(client).RunAsync(Quiet.Instance, TestContext.Current.CancellationToken));
    }

    private async Task<Problem> Fails<T>(Func<RegistryClient, Query<T>> query)
    {
        await using var client = _kit.Client();
        return Assert.IsType<Outcome<T>.Failed>(await query(client).RunAsync(Quiet.Instance, TestContext.Current.CancellationToken)).Problem;
    }

    private static T Report<T>(Outcome<T> outcome) => outcome is Outcome<T>.Failed failed
        ? throw new InvalidOperationException($"{failed.Problem.Message} ({failed.Problem.Hint})")
        : Assert.IsType<Outcome<T>.Done>(outcome).Report;

    private sealed class Quiet : IProgress<ProgressEvent>
    {
        public static Quiet Instance { get; } = new();

        public void Report(ProgressEvent value)
        {
        }
    }
}
