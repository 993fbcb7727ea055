using System.Runtime.Versioning;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Store;
using Registry.Testing;

namespace Registry.Engine.Tests.Store;

public sealed class StoreFaultTests : IDisposable
{
    private static readonly (byte[] Archive, ArchiveReference Reference) Log = Packages.Make(
        "log-1.0.0", ("cairn.toml", "[package]"), ("src/a/main.gal", new string('m', 200_000)), ("src/b.gal", "b"));

    private readonly Sandbox _sandbox = new();
    private readonly Notices _notices = new();

    public static TheoryData<string, Action<string>> Damages => new()
    {
        { "a byte flipped", tree => Change(tree, "files/src/a/main.gal", bytes => bytes[100_000] ^= 1) },
        { "a file deleted", tree => File.Delete(Path.Combine(tree, "files/src/b.gal")) },
        { "a file truncated", tree => Rewrite(tree, "files/src/a/main.gal", bytes => bytes[..1000]) },
        { "a file emptied", tree => Rewrite(tree, "files/cairn.toml", _ => []) },
        { "a file longer", tree => Rewrite(tree, "files/src/b.gal", bytes => [.. bytes, 1]) },
        { "a folder gone", tree => Directory.Delete(Path.Combine(tree, "files/src"), recursive: true) },
        { "all files gone", tree => Directory.Delete(Path.Combine(tree, "files"), recursive: true) },
        { "no index", tree => File.Delete(Path.Combine(tree, "index")) },
        { "an empty index", tree => Rewrite(tree, "index", _ => []) },
        { "a cut index", tree => Rewrite(tree, "index", bytes => bytes[..^20]) },
        { "a byte of the index flipped", tree => Change(tree, "index", bytes => bytes[30] ^= 1) },
    };

    public void Dispose() => _sandbox.Dispose();

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Damage_is_found_thrown_away_and_healed_by_adding_again(string what, Action<string> damage)
    {
        Assert.NotEmpty(what);
        using (var store = Open())
        {
            await store.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
        }

        damage(TreeFolder(Log.Reference.Hash));

        using var again = Open();
        Assert.Null(again.Find(Log.Reference.Hash));
        Assert.Equal(ProblemCode.HashMismatch, Assert.Single(_notices.Problems).Code);
        var healed = await again.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
        Assert.Equal(Log.Reference.Tree, FolderReader.Hash(healed.Folder));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.At("store/tmp")));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Verification_finds_every_damage_even_with_old_times_put_back(string what, Action<string> damage)
    {
        using var store = Open();
        await store.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
        var folder = TreeFolder(Log.Reference.Hash);
        var times = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        damage(folder);
        foreach (var (path, time) in times.Where(pair => File.Exists(pair.Key)))
        {
            File.SetLastWriteTimeUtc(path, time);
        }

        var found = await store.VerifyAsync(DamageRule.Discard);

        Assert.True(found.Damaged.Length == 1, what);
        Assert.False(store.Has(Log.Reference.Hash));
    }

    [Fact]
    public async Task A_strange_file_in_a_tree_is_found_by_verification()
    {
        using var store = Open();
        var tree = await store.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
        File.WriteAllText(Path.Combine(tree.Folder, "src/extra"), "smuggled");

        var found = await store.VerifyAsync(DamageRule.Report);

        Assert.Equal(["src/extra"], Assert.Single(found.Damaged).Paths);
        Assert.True(store.Has(Log.Reference.Hash));
    }

    [Fact]
    public async Task New_times_alone_are_no_damage_and_are_noted()
    {
        using (var store = Open())
        {
            await store.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
        }

        var folder = TreeFolder(Log.Reference.Hash);
        foreach (var path in Directory.GetFiles(Path.Combine(folder, "files"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        }

        using var again = Open();
        Assert.NotNull(again.Find(Log.Reference.Hash));
        Assert.True(TreeFiles.ForThisSystem.Matches(Path.Combine(folder, "files"), TreeCheck.ReadIndex(folder)!));
        Assert.Empty(_notices.Problems);
    }

    [Fact]
    public async Task A_change_through_a_link_in_a_project_is_found()
    {
        using (var store = Open())
        {
            var tree = await store.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
            store.LinkInto(tree, _sandbox.At("project/log"), LinkMode.Files);
        }

        Rewrite(_sandbox.At("project"), "log/src/b.gal", _ => [.. "B"u8]);

        using var again = Open();
        Assert.Null(again.Find(Log.Reference.Hash));
    }

    [Fact]
    public async Task Wrong_bytes_are_refused_and_leave_nothing()
    {
        using var store = Open();
        var other = ContentHash.Of("other"u8);

        var hash = await Assert.ThrowsAsync<ProblemException>(() => store.AddArchiveAsync(Log.Archive, other));
        var shorter = await Assert.ThrowsAsync<ProblemException>(
            () => store.AddArchiveAsync(new MemoryStream(Log.Archive), Log.Reference.Hash, Log.Reference.Size + 1));
        var longer = await Assert.ThrowsAsync<ProblemException>(
            () => store.AddArchiveAsync(new MemoryStream(Log.Archive), Log.Reference.Hash, Log.Reference.Size - 1));
        var huge = await Assert.ThrowsAsync<ProblemException>(
            () => store.AddArchiveAsync(new MemoryStream(Log.Archive), Log.Reference.Hash, 1L << 40));

        Assert.Equal(
            [ProblemCode.HashMismatch, ProblemCode.SizeMismatch, ProblemCode.SizeMismatch, ProblemCode.ArchiveTooLarge],
            new[] { hash, shorter, longer, huge }.Select(failure => failure.Problem.Code));
        Assert.Equal(["lock"], Directory.GetFiles(_sandbox.At("store"), "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Many_who_add_the_same_at_once_get_the_same()
    {
        using var first = Open();
        using var second = Open();
        var adds = Enumerable.Range(0, 16).Select(i => (i % 2 == 0 ? first : second).AddArchiveAsync(Log.Archive, Log.Reference.Hash));

        var trees = await Task.WhenAll(adds);

        Assert.Single(trees.Select(tree => tree.Folder).Distinct());
        Assert.Equal(Log.Reference.Tree, FolderReader.Hash(trees[0].Folder));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.At("store/tmp")));
    }

    [Fact]
    public async Task What_a_dead_process_left_is_no_tree_and_goes_with_a_collection()
    {
        _sandbox.Write("store/tmp/1-1/files/half", "");
        _sandbox.Write($"store/tmp/{Environment.ProcessId}-1/files/half", "");
        using var store = Open();

        await store.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
        Assert.Equal(2, Directory.GetDirectories(_sandbox.At("store/tmp")).Length);
        var collected = await store.CollectAsync(TimeSpan.FromDays(1), CollectionMode.Delete);

        Assert.Equal((2, 1), (collected.Leftovers, collected.Kept));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.At("store/tmp")));
    }

    [Theory]
    [InlineData("store/trees")]
    [InlineData("store/trees/sha256")]
    [InlineData("store/tmp")]
    public async Task A_symbolic_link_inside_the_store_is_not_followed(string link)
    {
        Directory.CreateDirectory(_sandbox.At("elsewhere"));
        Directory.CreateDirectory(Path.GetDirectoryName(_sandbox.At(link))!);
        Directory.CreateSymbolicLink(_sandbox.At(link), _sandbox.At("elsewhere"));
        using var store = Open();

        var failure = await Assert.ThrowsAsync<ProblemException>(() => store.AddArchiveAsync(Log.Archive, Log.Reference.Hash));

        Assert.Equal(ProblemCode.StoreUnsafe, failure.Problem.Code);
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.At("elsewhere")));
    }

    [Fact]
    public async Task A_tree_that_is_a_symbolic_link_is_not_followed()
    {
        var tree = TreeFolder(Log.Reference.Hash);
        Directory.CreateDirectory(_sandbox.At("elsewhere"));
        Directory.CreateDirectory(Path.GetDirectoryName(tree)!);
        Directory.CreateSymbolicLink(tree, _sandbox.At("elsewhere"));
        using var store = Open();

        Assert.Equal(ProblemCode.StoreUnsafe, Assert.Throws<ProblemException>(() => store.Find(Log.Reference.Hash)).Problem.Code);
        await Assert.ThrowsAsync<ProblemException>(() => store.AddArchiveAsync(Log.Archive, Log.Reference.Hash));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.At("elsewhere")));
    }

    [Fact]
    public async Task A_folder_of_a_tree_exchanged_for_a_link_is_damage()
    {
        using (var store = Open())
        {
            await store.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
        }

        var files = Path.Combine(TreeFolder(Log.Reference.Hash), "files");
        Directory.Move(files, _sandbox.At("moved"));
        Directory.CreateSymbolicLink(files, _sandbox.At("moved"));

        using var again = Open();
        Assert.Null(again.Find(Log.Reference.Hash));
        Assert.True(Directory.Exists(_sandbox.At("moved/src")));
    }

    [Fact]
    public async Task A_full_disk_is_told_as_such_and_leaves_nothing()
    {
        using var store = new ContentStore(new(_sandbox.At("store")), TimeProvider.System, _notices, new FullDisk());

        var failure = await Assert.ThrowsAsync<ProblemException>(() => store.AddArchiveAsync(Log.Archive, Log.Reference.Hash));

        Assert.Equal(ProblemCode.DiskFull, failure.Problem.Code);
        Assert.False(store.Has(Log.Reference.Hash));
        Assert.Empty(Directory.GetFileSystemEntries(_sandbox.At("store/tmp")));
    }

    [Theory]
    [InlineData(28, ProblemCode.DiskFull)]
    [InlineData(122, ProblemCode.DiskFull)]
    [InlineData(13, ProblemCode.AccessDenied)]
    [InlineData(30, ProblemCode.AccessDenied)]
    [InlineData(5, ProblemCode.FileUnavailable)]
    public void What_the_disk_says_becomes_a_problem(int error, ProblemCode code)
    {
        Assert.Equal(code, DiskProblem.OfError(error, "x").Problem.Code);
        Assert.Equal(code, DiskProblem.Of(error == 13 ? new UnauthorizedAccessException() : new IOException("", error), "x").Problem.Code);
    }

    [Fact]
    public async Task A_collection_does_not_run_while_someone_uses_the_store()
    {
        using var user = Open();
        await user.AddArchiveAsync(Log.Archive, Log.Reference.Hash);
        using var cleaner = Open();

        var failure = await Assert.ThrowsAsync<ProblemException>(() => cleaner.CollectAsync(TimeSpan.Zero, CollectionMode.Delete));

        Assert.Equal(ProblemCode.FileUnavailable, failure.Problem.Code);
        Assert.NotNull(user.Find(Log.Reference.Hash));
    }

    [Fact]
    public async Task A_cancelled_add_leaves_nothing()
    {
        using var store = Open();
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.AddArchiveAsync(new MemoryStream(Log.Archive), Log.Reference.Hash, null, cancel.Token));

        Assert.False(store.Has(Log.Reference.Hash));
    }

    private ContentStore Open() => new(new(_sandbox.At("store")), TimeProvider.System, _notices);

    private string TreeFolder(ContentHash hash) => _sandbox.At($"store/trees/sha256/{hash.Hex[..2]}/{hash.Hex}");

    private static void Change(string tree, string file, Action<byte[]> change) => Rewrite(tree, file, bytes =>
    {
        change(bytes);
        return bytes;
    });

    private static void Rewrite(string tree, string file, Func<byte[], byte[]> change)
    {
        var path = Path.Combine(tree, file);
        if (!OperatingSystem.IsWindows())
        {
            Allow(path);
        }

        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
    }

    [UnsupportedOSPlatform("windows")]
    private static void Allow(string path) => File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private sealed class FullDisk : TreeFiles
    {
        public override TreeWriter Write(string folder) => new Writer();

        public override bool Matches(string folder, TreeIndex index) => ForThisSystem.Matches(folder, index);

        public override void Link(StoredTree tree, string folder) => ForThisSystem.Link(tree, folder);

        private sealed class Writer : TreeWriter
        {
            protected override void MakeFolder(string path, ReadOnlySpan<byte> utf8WithNul)
            {
            }

            protected override void Open(string path, FileKind kind)
            {
            }

            protected override void Write(ReadOnlySpan<byte> piece) => throw DiskProblem.OfError(28, "x");

            protected override long Close() => 0;

            protected override void Dispose(bool disposing)
            {
            }
        }
    }
}

/// <summary>Collects what was noticed.</summary>
internal sealed class Notices : IProgress<ProgressEvent>
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public void Report(ProgressEvent value)
    {
        lock (_problems)
        {
            if (value is ProgressEvent.Noticed noticed)
            {
                _problems.Add(noticed.Problem);
            }
        }
    }
}
