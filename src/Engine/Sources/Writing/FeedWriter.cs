using Registry.Engine.Store;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Feeds;

namespace Registry.Engine.Sources.Writing;

/// <summary>What adding an archive came to.</summary>
/// <param name="IsNew">False when the feed had the very same archive already.</param>
public sealed record FeedAddition(PackageId Id, ContentHash Archive, long Size, bool IsNew);

/// <summary>How a <see cref="FeedWriter"/> writes.</summary>
public sealed record FeedWriterOptions
{
    public Durability Durability { get; init; } = Durability.Synced;

    public IndexCopies Copies { get; init; } = IndexCopies.Write;
}

/// <summary>
/// Changes a feed in a folder. One writer at a time holds the feed's lock; a writer killed at any moment leaves the
/// feed as it was before or after its change. Dispose to let others write.
/// </summary>
public sealed class FeedWriter : IDisposable
{
    private const string LockName = ".writer";

    private readonly FileStream _lock;
    private readonly string _root;
    private readonly TimeProvider _clock;
    private readonly FeedWriterOptions _options;

    private FeedWriter(FileStream @lock, string root, TimeProvider clock, FeedWriterOptions options) =>
        (_lock, _root, _clock, _options) = (@lock, root, clock, options);

    /// <summary>Makes an empty feed in a folder that is new or holds none.</summary>
    /// <param name="id">What the feed calls itself, as in `packages.example.org/main`.</param>
    /// <param name="name">For people.</param>
    /// <param name="ecosystem">What advisories from elsewhere call the family of its packages; null for none.</param>
    /// <exception cref="ProblemException">FeedExists, UsageInvalid for a malformed id.</exception>
    public static void Create(string root, string id, string name, TimeProvider clock, string? ecosystem = null)
    {
        if (!FeedDescription.IsId(id))
        {
            throw new Problem(
                ProblemCode.UsageInvalid, $"`{Printable.Clip(id, 80)}` is not an id for a feed", "use letters, digits, `.`, `/`, `-`, `_` and `:`, as in packages.example.org/main").Raise();
        }

        if (FeedFolder.IsFeed(root))
        {
            throw new Problem(ProblemCode.FeedExists, $"{root} is a feed already", "add to it with `cairn feed add`, or take another folder").Raise();
        }

        foreach (var step in FirstSteps(new(id, name) { Ecosystem = ecosystem }, clock.GetUtcNow()))
        {
            FeedFolder.Write(root, step, Durability.Synced);
        }
    }

    /// <summary>Opens a feed for changing.</summary>
    /// <exception cref="ProblemException">FeedNotFound, FeedBusy while another writer has it, AccessDenied.</exception>
    public static FeedWriter Open(string root, TimeProvider clock, FeedWriterOptions? options = null)
    {
        if (!FeedFolder.IsFeed(root))
        {
            throw new Problem(ProblemCode.FeedNotFound, $"{root} is not a feed", $"make it one: `cairn feed init {root}`").Raise();
        }

        var writer = new FeedWriter(TakeLock(root), root, clock, options ?? new());
        writer.Heal();
        return writer;
    }

    /// <summary>Publishes archives, all or none. What a release is comes from the manifest inside its archive.</summary>
    /// <exception cref="ProblemException">Archive…, Manifest…, VersionExists, NameCaseMismatch.</exception>
    public ImmutableArray<FeedAddition> Add(IReadOnlyList<ReadOnlyMemory<byte>> archives, CancellationToken cancellation = default)
    {
        var feed = Read();
        var now = _clock.GetUtcNow();
        var edit = new FeedEdit(feed, now);
        var additions = ImmutableArray.CreateBuilder<FeedAddition>();
        foreach (var archive in archives)
        {
            cancellation.ThrowIfCancellationRequested();
            additions.Add(new FeedPublication(feed.Description, now).Add(edit, archive, cancellation));
        }

        Commit(feed, edit);
        return additions.ToImmutable();
    }

    /// <summary>Marks a version so that only lockfiles that name it already get it. Does nothing when it is so.</summary>
    /// <exception cref="ProblemException">PackageNotFound, ReleaseNotFound, UsageInvalid for a revoked or quarantined one.</exception>
    public void Yank(PackageId package, string reason) =>
        SetStatus(package, ReleaseStatus.Yanked, JournalOperation.Yank, new("yanked", reason, _clock.GetUtcNow()));

    /// <summary>Takes a yank back.</summary>
    public void Unyank(PackageId package) => SetStatus(package, ReleaseStatus.Ok, JournalOperation.Unyank, null);

    /// <summary>
    /// Puts in whole packages that come from elsewhere, without their archives being looked at; what the feed had of
    /// those names is replaced.
    /// </summary>
    /// <param name="packages">Releases in publish order.</param>
    public void Import(IEnumerable<(PackageName Name, ImmutableArray<Release> Releases)> packages)
    {
        var feed = Read();
        var edit = new FeedEdit(feed, _clock.GetUtcNow(), feed.Apply);
        foreach (var (name, releases) in packages)
        {
            edit.Set(name, IndexText.New(name).WithAll(releases), JournalOperation.Import, null, null);
        }

        Commit(feed, edit);
    }

    /// <summary>Gives the feed the advisories that it publishes, in place of those it had. Does nothing when they are the same.</summary>
    /// <param name="lines">OSV records, one JSON line each, sorted by id.</param>
    public void SetAdvisories(byte[] lines)
    {
        var feed = Read();
        var edit = new FeedEdit(feed, _clock.GetUtcNow());
        edit.SetAdvisories(lines);
        Commit(feed, edit);
    }

    /// <summary>The advisories that the feed publishes, as they were given; null when there are none.</summary>
    public byte[]? Advisories() =>
        Read() is { Snapshot.Advisories: { } described } feed ? feed.Unpacked(described, FeedLimits.AdvisoriesBytesMax) : null;

    public void Dispose() => _lock.Dispose();

    internal static IReadOnlyList<FeedStep> FirstSteps(FeedDescription description, DateTimeOffset now)
    {
        var snapshot = new FeedSnapshot(0, [null]).Write();
        var timestamp = new FeedTimestamp(description.Id, 0, now, null, ContentHash.Of(snapshot), snapshot.Length, MerkleTree.EmptyRoot, 0);
        return
        [
            new(FeedLayout.Object(ContentHash.Of(snapshot)), snapshot),
            new(FeedLayout.Timestamp, timestamp.Write()),
            new(FeedLayout.Description, description.Write()),
        ];
    }

    private FeedFolder Read() => new(_root, _options.Durability);

    private void SetStatus(PackageId package, ReleaseStatus status, JournalOperation operation, StatusReason? reason)
    {
        var feed = Read();
        var edit = new FeedEdit(feed, _clock.GetUtcNow());
        var document = edit.Find(package.Name) ?? throw new Problem(
            ProblemCode.PackageNotFound, $"{_root} has no package `{package.Name}`", "check the name with `cairn search`").Raise();
        var release = document.Index.Releases.FirstOrDefault(release => release.Id.Version == package.Version) ?? throw new Problem(
            ProblemCode.ReleaseNotFound, $"{_root} has no {package}", $"`cairn versions {package.Name}` lists what there is").Raise();
        if (release.Status is ReleaseStatus.Quarantined or ReleaseStatus.Revoked)
        {
            throw new Problem(ProblemCode.UsageInvalid, $"{package} is {IndexLineWord(release.Status)}, which is stronger than a yank", null).Raise();
        }

        if (release.Status != status)
        {
            edit.Set(document.Name, IndexText.Of(document).WithStatus(package.Version, status, reason), operation, package.Version, null);
            Commit(feed, edit);
        }
    }

    private static string IndexLineWord(ReleaseStatus status) => status == ReleaseStatus.Revoked ? "revoked" : "quarantined";

    /// <summary>The lock file says from which serial a change began, until all of it, copies included, is written.</summary>
    private void Commit(FeedFolder feed, FeedEdit edit)
    {
        if (edit.IsEmpty)
        {
            return;
        }

        var steps = edit.Finish(_options.Copies);
        Mark(feed.Timestamp.Serial);
        foreach (var step in steps)
        {
            feed.Apply(step);
        }

        Mark(null);
    }

    private void Mark(long? serial)
    {
        _lock.SetLength(0);
        if (serial is not null)
        {
            _lock.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{serial}\n")));
        }

        _lock.Flush(flushToDisk: _options.Durability == Durability.Synced);
        _lock.Position = 0;
    }

    /// <summary>A writer killed after the timestamp may have left old copies.</summary>
    private void Heal()
    {
        if (_lock.Length == 0)
        {
            return;
        }

        using var reader = new StreamReader(_lock, Encoding.ASCII, leaveOpen: true);
        if (long.TryParse(reader.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out var serial))
        {
            new FeedCopies(Read()).Refresh(serial);
        }

        Mark(null);
    }

    private static FileStream TakeLock(string root)
    {
        try
        {
            return new(Path.Combine(root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new Problem(ProblemCode.AccessDenied, $"{root} cannot be written to", "ask its owner, or run the command as a user who may").Raise(e);
        }
        catch (IOException e)
        {
            throw new Problem(ProblemCode.FeedBusy, $"another program is changing {root}", "wait for it to finish and run the command again").Raise(e);
        }
    }
}
