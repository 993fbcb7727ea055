using System.Buffers.Binary;

namespace Registry.Engine.Store;

/// <summary>
/// How often something was found. Each process appends one record at its end; readers add them up, and a collection
/// folds them into one.
/// </summary>
internal sealed class StoreCounters(string path)
{
    public const int RecordLength = 24;

    private const int Attempts = 3;

    private long _hits;
    private long _misses;
    private long _fetched;

    public void Count(bool isHit) => Interlocked.Increment(ref isHit ? ref _hits : ref _misses);

    public void CountFetched(long bytes) => Interlocked.Add(ref _fetched, bytes);

    /// <summary>Counters are not worth a failure: where they cannot be written they are lost.</summary>
    public void Save()
    {
        var (hits, misses, fetched) = (Interlocked.Exchange(ref _hits, 0), Interlocked.Exchange(ref _misses, 0), Interlocked.Exchange(ref _fetched, 0));
        if ((hits | misses | fetched) == 0)
        {
            return;
        }

        for (var attempt = 0; attempt < Attempts && !TryAppend(Record(hits, misses, fetched)); attempt++)
        {
            Thread.Sleep(1);
        }
    }

    private bool TryAppend(byte[] record)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            RandomAccess.Write(file, record, RandomAccess.GetLength(file) / RecordLength * RecordLength);
            return true;
        }
        catch (Exception failure) when (DiskProblem.IsDisk(failure))
        {
            return false;
        }
    }

    /// <summary>All processes' records and this one's counts so far.</summary>
    public (long Hits, long Misses, long Fetched) Sum()
    {
        var (hits, misses, fetched) = (Interlocked.Read(ref _hits), Interlocked.Read(ref _misses), Interlocked.Read(ref _fetched));
        var content = File.Exists(path) ? File.ReadAllBytes(path).AsSpan() : default;
        for (; content.Length >= RecordLength; content = content[RecordLength..])
        {
            hits += BinaryPrimitives.ReadInt64LittleEndian(content);
            misses += BinaryPrimitives.ReadInt64LittleEndian(content[8..]);
            fetched += BinaryPrimitives.ReadInt64LittleEndian(content[16..]);
        }

        return (hits, misses, fetched);
    }

    /// <summary>Replaces all records by their sum; the caller has the store alone.</summary>
    public void Fold()
    {
        Save();
        var (hits, misses, fetched) = Sum();
        AtomicFile.Write(path, Record(hits, misses, fetched), Durability.Fast);
    }

    private static byte[] Record(long hits, long misses, long fetched)
    {
        var record = new byte[RecordLength];
        BinaryPrimitives.WriteInt64LittleEndian(record, hits);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), misses);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16), fetched);
        return record;
    }
}
