using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <summary>
/// The advisories of one user, in `advisories` of the data folder: `library.json` lists the sources, and their records are
/// in files named by content. A change writes new files, then the list, then removes what nothing names; so a reader sees
/// the library before or after, and a killed writer leaves rubbish for the next one.
/// </summary>
internal sealed class AdvisoryLibrary(string folder)
{
    private const string ListName = "library.json";
    private const string LockName = ".writer";
    private const int LockAttempts = 100;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(100);

    public string Folder => folder;

    /// <summary>The records and indexes.</summary>
    public AdvisoryShelf Shelf { get; } = new(folder);

    /// <summary>The file that changes with everything here.</summary>
    public string List => Path.Combine(folder, ListName);

    /// <summary>What there is; empty before the first import or update.</summary>
    /// <exception cref="ProblemException">AdvisoriesCorrupt, FileUnavailable.</exception>
    public ImmutableArray<AdvisorySource> Sources()
    {
        try
        {
            return !File.Exists(List) ? [] : AdvisoryCatalog.Read(
                PlainFile.Read(List, AdvisoryCatalog.BytesMax) ?? throw new IOException("it is too long"), List);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ProblemCode.FileUnavailable, $"`{List}` cannot be read: {Printable.Of(e.Message)}", "check its permissions").Raise(e);
        }
    }

    /// <summary>Takes in sources, in the place of those of the same feed or name. All or none.</summary>
    public void Put(IReadOnlyList<(AdvisorySource Source, byte[] Lines)> taken, CancellationToken cancellation) => Change(sources =>
    {
        foreach (var (source, lines) in taken)
        {
            Shelf.Keep(source.Content, lines);
        }

        return [.. sources.Where(old => !taken.Any(entry => IsSame(entry.Source, old))), .. taken.Select(entry => entry.Source)];
    }, cancellation);

    public void Remove(AdvisorySource source, CancellationToken cancellation) => Change(sources => [.. sources.Where(old => !IsSame(source, old))], cancellation);

    // A feed is its address: names of registries are each project's own, and what a feed calls itself is its own claim.
    private static bool IsSame(AdvisorySource one, AdvisorySource other) =>
        one.Kind == other.Kind && (one.Kind == AdvisorySourceKind.Feed ? one.Place == other.Place : one.Name == other.Name);

    private void Change(Func<ImmutableArray<AdvisorySource>, ImmutableArray<AdvisorySource>> change, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        using var held = TakeLock(cancellation);
        var sources = change(Sources());
        AtomicFile.Write(List, AdvisoryCatalog.Write(sources), Durability.Synced);
        RemoveUnnamed(sources);
    }

    /// <summary>Files of other contents, derived ones and left-overs of killed writers. A reader that has one open keeps it.</summary>
    private void RemoveUnnamed(ImmutableArray<AdvisorySource> sources)
    {
        var named = sources.Select(source => source.Content.Hex).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(file);
            if (name is not (ListName or LockName) && !named.Contains(name.Split('.')[0]))
            {
                TryDelete(file);
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // In use; the next change removes it.
        }
    }

    private FileStream TakeLock(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < LockAttempts; attempt++)
        {
            try
            {
                return new(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < LockAttempts - 1)
            {
                cancellation.WaitHandle.WaitOne(LockPause);
                cancellation.ThrowIfCancellationRequested();
            }
            catch (IOException e)
            {
                throw new Problem(
                    ProblemCode.FileUnavailable, $"another program is changing the advisories in {folder}", "wait until it is done, then run the command again").Raise(e);
            }
        }

        throw new InvalidOperationException("the last attempt returns or raises");
    }
}
