using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Osv;

/// <summary>What a bundle has taken so far, and how it fails.</summary>
internal sealed class OsvBudget(string name)
{
    private long _bytes;
    private int _records;

    public string Name { get; } = Printable.Clip(name, 200);

    public void Take(int bytes)
    {
        _bytes += bytes;
        if (_bytes > OsvLimits.BundleBytesMax)
        {
            throw Corrupt($"unpacks to more than {OsvLimits.BundleBytesMax >> 30} GiB", null);
        }
    }

    public int CountRecord() =>
        ++_records <= OsvLimits.RecordsMax ? _records : throw Corrupt($"has more than {OsvLimits.RecordsMax} records", null);

    /// <summary>Runs a step that reads packed bytes; damage in them becomes a problem.</summary>
    public T Guard<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Corrupt("is damaged", e);
        }
    }

    private ProblemException Corrupt(string what, Exception? cause) => new Problem(
        ProblemCode.AdvisoriesCorrupt, $"the advisories in `{Name}` cannot be used: the file {what}", "get the file again").Raise(cause);
}
