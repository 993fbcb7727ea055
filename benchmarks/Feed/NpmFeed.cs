using Registry.Engine.Store;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Feeds;
using Registry.Engine.Sources.Writing;

namespace Registry.Benchmarks.Feed;

/// <summary>
/// The corpus of the install benchmark as a feed with archives, and an application whose installation is the packages
/// that npm installs: every archive npm chose, repacked with a cairn.toml beside its package.json.
/// </summary>
internal sealed class NpmFeed(string corpusFolder, string folder)
{
    private readonly NpmCorpus _corpus = new(corpusFolder);
    private readonly List<string> _remarks = [];
    private readonly Dictionary<(string, SemanticVersion), List<(string Name, SemanticVersion Version)>> _edges = [];
    private NpmNames _names = null!;

    public void Make()
    {
        _names = new(_corpus.Packages, _remarks);
        var clock = new Dated(new(2026, 11, 15, 0, 0, 0, TimeSpan.Zero));
        var feed = Path.Combine(folder, "feed");
        FeedWriter.Create(feed, "npm-benchmark", "The packages of one application, from npm", clock, "npm");
        var archives = _corpus.Packages.Select(Repack).ToArray();
        using (var writer = FeedWriter.Open(feed, clock, new() { Durability = Durability.Fast }))
        {
            writer.Add(archives);
        }

        var consumer = Path.Combine(folder, "app");
        Directory.CreateDirectory(consumer);
        File.WriteAllText(Path.Combine(consumer, "cairn.toml"), Application(feed));
        File.WriteAllLines(Path.Combine(folder, "remarks.txt"), _remarks);
        Console.WriteLine($"{archives.Length} archives, {archives.Sum(archive => (long)archive.Length) / 1e6:0.0} MB, {_remarks.Count} remarks (remarks.txt)");
    }

    private ReadOnlyMemory<byte> Repack(NpmPackage package)
    {
        var id = new PackageId(_names.Of(package.Name, package.Version), package.Version);
        var manifest = $"[package]\nname = \"{id.Name}\"\nversion = \"{id.Version}\"\n\n[dependencies]\n{string.Concat(Lines(package))}";
        var files = Files(File.ReadAllBytes(Path.Combine(_corpus.Folder, package.Tarball)), package);
        files.RemoveAll(file => file.Path is "cairn.toml" or "gal.toml");
        files.Add(ArchiveInput.FromBytes("cairn.toml", Encoding.UTF8.GetBytes(manifest)));
        return Pack(id, files);
    }

    /// <summary>What may not be published is left out and remarked on, one file after the other.</summary>
    private ReadOnlyMemory<byte> Pack(PackageId id, List<ArchiveInput> files)
    {
        var rules = ArchiveRules.Publish;
        while (true)
        {
            try
            {
                using var archive = new MemoryStream();
                ArchiveWriter.Write(archive, ArchiveWriter.TopFolder(id), files, rules);
                ArchiveReader.List(archive.ToArray(), rules);
                return archive.ToArray();
            }
            catch (ProblemException e) when (files.FirstOrDefault(file => e.Message.Contains(file.Path, StringComparison.Ordinal)) is { } refused)
            {
                _remarks.Add($"{id}: {refused.Path} left out: {e.Message}");
                files.Remove(refused);
            }
        }
    }

    private List<ArchiveInput> Files(byte[] tarball, NpmPackage package)
    {
        try
        {
            var files = new Collected();
            ArchiveReader.Read(tarball, ArchiveRules.Install, files);
            return files.Inputs;
        }
        catch (ProblemException e)
        {
            _remarks.Add($"{package.Name} {package.Version}: read leniently, since {e.Message}");
            return Lenient(tarball);
        }
    }

    private static List<ArchiveInput> Lenient(byte[] tarball)
    {
        var files = new Dictionary<string, ArchiveInput>();
        using var tar = new TarReader(new GZipStream(new MemoryStream(tarball), CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && entry.Name.IndexOf('/', StringComparison.Ordinal) is > 0 and var top)
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                var path = string.Join('/', entry.Name[(top + 1)..].Split('/').Where(part => part != "."));
                files[path.ToUpperInvariant()] = ArchiveInput.FromBytes(
                    path, content.ToArray(), (entry.Mode & UnixFileMode.UserExecute) != 0 ? FileKind.Executable : FileKind.Plain);
            }
        }

        return [.. files.Values];
    }

    private IEnumerable<string> Lines(NpmPackage package)
    {
        var instance = _corpus.Instances.First(candidate => candidate.Name == package.Name && candidate.Version == package.Version);
        var edges = _edges[(package.Name, package.Version)] = [];
        var seen = new HashSet<string>();
        foreach (var (name, range, _) in NpmCorpus.Dependencies(package.Entry).Where(dependency => !dependency.IsDev && seen.Add(dependency.Name)))
        {
            if (_corpus.Resolve(instance.Path, name) is not { } target)
            {
                _remarks.Add($"{package.Name} {package.Version}: {name} {range} left out, npm did not install it");
                continue;
            }

            edges.Add((target.Name, target.Version));
            yield return Line($"{package.Name} {package.Version}", name, range, target);
        }
    }

    private string Line(string dependent, string name, string range, NpmInstance target)
    {
        var (here, local) = (_names.Of(target.Name, target.Version), NpmNames.Plain(name));
        if (here != local)
        {
            return $"\"{local}\" = {{ package = \"{here}\", version = \"={target.Version}\" }}\n";
        }

        var constraint = NpmCorpus.Range(name, range);
        if (constraint is null || !constraint.Admits(target.Version))
        {
            _remarks.Add($"{dependent}: {name} {range} cannot be said here or does not admit {target.Version}, which npm chose; here ={target.Version}");
            return $"\"{local}\" = \"={target.Version}\"\n";
        }

        if (_names.Published(target.Name).Count(constraint.Admits) > 1)
        {
            _remarks.Add($"{dependent}: {name} {range} admits several versions npm installed; here ^{target.Version}");
            return $"\"{local}\" = \"^{target.Version}\"\n";
        }

        return $"\"{local}\" = \"{constraint.Text}\"\n";
    }

    private string Application(string feed)
    {
        using var root = JsonDocument.Parse(_corpus.Root);
        var text = new StringBuilder();
        text.Append("[package]\nname = \"perf-app\"\nversion = \"1.0.0\"\nprivate = true\n");
        text.Append("\n[resolution]\nduplicates = \"compatible\"\n");
        text.Append("\n[registries]\nmain = \"").Append(Path.GetFullPath(feed)).Append("\"\n");
        var reached = new HashSet<(string, SemanticVersion)>();
        var direct = NpmCorpus.Dependencies(root.RootElement).Select(dependency => (dependency, Target: _corpus.Resolve("", dependency.Name)!)).ToArray();
        foreach (var isDev in new[] { false, true })
        {
            text.Append(isDev ? "\n[dev-dependencies]\n" : "\n[dependencies]\n");
            foreach (var (dependency, target) in direct.Where(entry => entry.dependency.IsDev == isDev))
            {
                text.Append(Line("the application", dependency.Name, dependency.Range, target));
                Reach((target.Name, target.Version), reached);
            }
        }

        // Everything npm installed must be reached; what only hangs on an edge that was left out is named here.
        foreach (var package in _corpus.Packages.Where(package => !reached.Contains((package.Name, package.Version))))
        {
            var here = _names.Of(package.Name, package.Version);
            _remarks.Add($"the application: names {here} {package.Version} itself, since nothing that was carried over leads to it");
            text.Append($"\"npm-{here.Normal.Replace('/', '-')}-v{package.Version.Major}\" = {{ package = \"{here}\", version = \"={package.Version}\" }}\n");
        }

        return text.ToString();
    }

    private void Reach((string Name, SemanticVersion Version) package, HashSet<(string, SemanticVersion)> reached)
    {
        if (reached.Add(package))
        {
            foreach (var next in _edges[package])
            {
                Reach(next, reached);
            }
        }
    }

    private sealed class Collected : ArchiveSink
    {
        private readonly List<byte> _content = [];
        private string _path = "";
        private FileKind _kind;

        public List<ArchiveInput> Inputs { get; } = [];

        public override void BeginFile(string path, long size, FileKind kind)
        {
            (_path, _kind) = (path, kind);
            _content.Clear();
        }

        public override void Content(ReadOnlySpan<byte> piece) => _content.AddRange(piece);

        public override void EndFile() => Inputs.Add(ArchiveInput.FromBytes(_path, _content.ToArray(), _kind));
    }
}
