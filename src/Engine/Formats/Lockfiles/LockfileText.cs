using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>A lockfile as text (docs/formats/lockfile.md).</summary>
public static class LockfileText
{
    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int LengthMax = 16 * 1024 * 1024;

    public const int PackagesMax = 50_000;

    /// <summary>Most features, and most edges, of one package.</summary>
    public const int ListMax = 2_000;

    /// <summary>The registry a package without a `source` came from.</summary>
    public const string UnrecordedRegistry = "main";

    internal const string RepairHint = "run `cairn lock --repair` to write it anew from the manifest, keeping what can be read";

    /// <exception cref="ProblemException">
    /// <see cref="ProblemCode.LockfileConflicted"/>, <see cref="ProblemCode.LockfileTooNew"/> or
    /// <see cref="ProblemCode.LockfileInvalid"/>, with the place.
    /// </exception>
    public static Lockfile Read(string text, string file)
    {
        if (text.Length > LengthMax)
        {
            throw new Problem(
                ProblemCode.LockfileInvalid, $"the lockfile is longer than {LengthMax / 1024 / 1024} Mi characters", RepairHint, new TextPlace(file, 1, 1)).Raise();
        }

        if (LockfileConflict.FindMarker(text) is >= 0 and var marker)
        {
            throw new Problem(
                ProblemCode.LockfileConflicted, "the lockfile has the marks of a merge conflict",
                "run `cairn lock --repair` to keep what both sides agree on and resolve the rest", TomlPlaces.At(text, file, marker)).Raise();
        }

        return new LockfileBuilder(text, file, LockfileScan.Read(text) ?? ReadTables(text, file)).Build();
    }

    /// <summary>The canonical text: equal lockfiles give equal bytes, on every system, in whatever order their packages are.</summary>
    public static string Write(Lockfile lockfile) => new LockfileWriter(lockfile).Write();

    internal static LockfileEntries ReadTables(string text, string file)
    {
        try
        {
            return new LockfileTables(TomlDocument.Parse(text, file)).Read();
        }
        catch (ProblemException e) when (e.Problem.Code == ProblemCode.TomlInvalid)
        {
            throw (e.Problem with { Code = ProblemCode.LockfileInvalid, Hint = RepairHint }).Raise(e);
        }
    }
}
