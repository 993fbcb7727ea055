using Registry.Engine.Store;
using System.Collections.Concurrent;
using System.Text;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Writing;
using Registry.Engine.Workspace;
using Registry.Testing;

namespace Registry.Engine.Tests.Operations;

/// <summary>A project, a feed in a folder and a user's home in a sandbox, and clients to work on them.</summary>
internal sealed class ProjectKit : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly ConcurrentBag<ProgressEvent> _events = [];
    private FeedWriter? _writer;

    public ProjectKit()
    {
        FeedWriter.Create(Sandbox.At("feed"), "example.org/main", "Main", new SetClock(Now));
        _writer = FeedWriter.Open(Sandbox.At("feed"), new SetClock(Now), new() { Durability = Durability.Fast });
        Directory.CreateDirectory(Root);
    }

    public Sandbox Sandbox { get; } = new();

    public string Root => Sandbox.At("p");

    public IEnumerable<ProgressEvent> Events => _events;

    /// <summary>Stops the world before a step of applying, in clients made from now on.</summary>
    public Action<string>? BeforeStep { get; set; }

    public bool IsOffline { get; set; }

    /// <summary>Called with every fact that is reported.</summary>
    public Action<ProgressEvent>? OnEvent { get; set; }

    /// <summary>Publishes `name version` with dependency lines (`log = "^1"`) and one source file.</summary>
    public void Publish(string package, params string[] dependencies)
    {
        var words = package.Split(' ');
        var manifest = $"[package]\nname = \"{words[0]}\"\nversion = \"{words[1]}\"\n\n[dependencies]\n{string.Join('\n', dependencies)}\n";
        PublishText(new(PackageName.Parse(words[0]), SemanticVersion.Parse(words[1])), manifest);
    }

    public void PublishText(PackageId id, string manifest) => PublishFiles(id, manifest, ("src/main.c", Encoding.UTF8.GetBytes($"// {id}\n")));

    public void PublishFiles(PackageId id, string manifest, params (string Path, byte[] Content)[] files)
    {
        var output = new MemoryStream();
        ArchiveWriter.Write(
            output, ArchiveWriter.TopFolder(id),
            [
                ArchiveInput.FromBytes("cairn.toml", Encoding.UTF8.GetBytes(manifest)),
                .. files.Select(file => ArchiveInput.FromBytes(file.Path, file.Content)),
            ],
            ArchiveRules.Publish);
        _writer!.Add([output.ToArray()]);
    }

    /// <summary>Publishes the facts of `name version` and no archive, as a feed of metadata alone has them.</summary>
    public void PublishFacts(string package)
    {
        var words = package.Split(' ');
        var id = new PackageId(PackageName.Parse(words[0]), SemanticVersion.Parse(words[1]));
        _writer!.Import([(id.Name, [new Release(id, Now, ReleaseStatus.Ok, ReleaseDetails.None)])]);
    }

    public void Yank(string package)
    {
        var words = package.Split(' ');
        _writer!.Yank(new(PackageName.Parse(words[0]), SemanticVersion.Parse(words[1])), "broken");
    }

    /// <summary>Makes these all the advisories that the feed publishes, one JSON text each.</summary>
    public void Advise(params string[] records) =>
        _writer!.SetAdvisories(Encoding.UTF8.GetBytes(string.Concat(records.Select(record => record.ReplaceLineEndings("") + "\n"))));

    /// <summary>An advisory about one range of a package.</summary>
    /// <param name="range">`1.0.0..1.2.0`, without the upper end; or `1.0.0..` for all that follow.</param>
    public static string Advisory(string id, string package, string range, string ecosystem = "Test", string more = "")
    {
        var ends = range.Split("..");
        var end = ends[1].Length > 0 ? $",{{\"fixed\":\"{ends[1]}\"}}" : "";
        return $"{{\"id\":\"{id}\",\"modified\":\"2026-03-01T00:00:00Z\",\"summary\":\"{id} is bad\",\"affected\":[{{\"package\":{{\"ecosystem\":\"{ecosystem}\",\"name\":\"{package}\"}},\"ranges\":[{{\"type\":\"SEMVER\",\"events\":[{{\"introduced\":\"{ends[0]}\"}}{end}]}}]}}]{more}}}";
    }

    /// <summary>Writes the project's manifest: `[package]`, the registry, then what is given.</summary>
    public void Manifest(string tables, string folder = ".") => Sandbox.Write(
        Path.Combine("p", folder, "cairn.toml"),
        $"[package]\nname = \"{(folder == "." ? "app" : Path.GetFileName(folder))}\"\nversion = \"1.0.0\"\n\n{tables}\n" + (folder == "." ? Registries : ""));

    public string Registries => "\n[registries]\nmain = \"../feed\"\n";

    public string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public bool Has(string file) => Path.Exists(Path.Combine(Root, file));

    public RegistryClient Client() => new(new ClientSettings
    {
        Folders = new(Sandbox.At("home/config"), Sandbox.At("home/data"), Sandbox.At("home/cache")),
        Clock = new SetClock(Now),
        IsOffline = IsOffline,
    })
    { Disk = new ProjectDisk(BeforeStep) };

    public ChangeRequest Request() => new(Root);

    public Task<ChangeReport> Install(Func<ChangeRequest, ChangeRequest>? with = null) => Done(client => client.Install((with ?? (r => r))(Request())));

    public Task<ChangeReport> Add(params string[] packages) => Done(client => client.Add(Request(), [.. packages.Select(Addition)]));

    /// <summary>Runs a change that is expected to work.</summary>
    public async Task<ChangeReport> Done(Func<RegistryClient, ProjectChange> change)
    {
        var outcome = await Run(change);
        return outcome switch
        {
            Outcome<ChangeReport>.Done done => done.Report,
            Outcome<ChangeReport>.Failed failed => throw new InvalidOperationException($"{failed.Problem.Code.Slug()}: {failed.Problem.Message} ({failed.Problem.Hint})"),
            _ => throw new InvalidOperationException($"{outcome}"),
        };
    }

    /// <summary>Runs a change that is expected to fail.</summary>
    public async Task<Problem> Fails(Func<RegistryClient, ProjectChange> change) =>
        Assert.IsType<Outcome<ChangeReport>.Failed>(await Run(change)).Problem;

    public async Task<Outcome<ChangeReport>> Run(Func<RegistryClient, ProjectChange> change, CancellationToken cancellation = default)
    {
        await using var client = Client();
        return await change(client).RunAsync((_, _) => Task.FromResult(true), new Facts(this), cancellation);
    }

    public async Task<ChangePlan> Plan(Func<RegistryClient, ProjectChange> change)
    {
        await using var client = Client();
        return await change(client).PlanAsync(new Facts(this), CancellationToken.None);
    }

    /// <summary>As on another machine: nothing is in the store or the cache.</summary>
    public void ForgetHome()
    {
        if (Directory.Exists(Sandbox.At("home")))
        {
            FolderRemoval.Delete(Sandbox.At("home"));
        }
    }

    /// <summary>Lets somebody else write into the feed.</summary>
    public void ReleaseFeed()
    {
        _writer?.Dispose();
        _writer = null;
    }

    /// <summary>After <see cref="ReleaseFeed"/>, to publish again.</summary>
    public void OpenFeed() => _writer = FeedWriter.Open(Sandbox.At("feed"), new SetClock(Now), new() { Durability = Durability.Fast });

    public void Dispose()
    {
        _writer?.Dispose();
        Sandbox.Dispose();
    }

    /// <summary>Every file of the project with its content, for comparing; without what cairn keeps for itself.</summary>
    public string Picture(bool withState = false) => string.Join('\n',
        Files(new DirectoryInfo(Root), "")
            .Where(file => withState || (!file.Path.StartsWith(".cairn/", StringComparison.Ordinal) && !file.Path.EndsWith(TreeMarker.FileName, StringComparison.Ordinal)))
            .OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Path}: {file.Content}"));

    public static ProjectEdit.Add Addition(string package)
    {
        var at = package.IndexOf('@', StringComparison.Ordinal);
        return new(
            PackageName.Parse(at < 0 ? package : package[..at]), at < 0 ? null : Constraint.Parse(package[(at + 1)..]),
            DependencyGroup.Normal, DependencyOrigin.Feed.Routed);
    }

    private static IEnumerable<(string Path, string Content)> Files(DirectoryInfo folder, string prefix) =>
        folder.EnumerateFileSystemInfos().SelectMany(entry => entry switch
        {
            { LinkTarget: { } target } => [($"{prefix}{entry.Name}", $"-> {target}")],
            DirectoryInfo inner => Files(inner, $"{prefix}{inner.Name}/"),
            _ => [($"{prefix}{entry.Name}", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(entry.FullName))))],
        });

    private sealed class Facts(ProjectKit kit) : IProgress<ProgressEvent>
    {
        public void Report(ProgressEvent value)
        {
            kit._events.Add(value);
            kit.OnEvent?.Invoke(value);
        }
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
