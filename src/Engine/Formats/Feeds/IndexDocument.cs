using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>
/// One index document: a header line and a line for every version, newest publication first (docs/formats/feed.md).
/// Reading looks at version, time and status of each line; the rest of a line is read when its release is looked at,
/// and versions with the same dependencies share them.
/// </summary>
public sealed class IndexDocument : ReleaseText
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string _what;
    private readonly List<(int Start, int Length)> _lines = [];
    private readonly IndexLineReader _details;

    private IndexDocument(ReadOnlyMemory<byte> bytes, PackageName name, IndexVocabulary vocabulary) =>
        (_bytes, _what, _details) = (bytes, $"the version list of `{name}`", new(vocabulary));

    /// <summary>The name as its first publisher spelled it.</summary>
    public required PackageName Name { get; init; }

    /// <summary>How often the document has changed.</summary>
    public long Revision { get; private set; }

    public PackageIndex Index { get; private set; } = null!;

    /// <summary>What was passed over: versions for newer programs, statuses this one does not know.</summary>
    public ImmutableArray<Problem> Notes { get; private set; } = [];

    /// <param name="bytes">Kept, and read again when a release is looked at; must not change.</param>
    /// <param name="expected">The package that was asked for; another one in the header is <see cref="ProblemCode.WrongPackage"/>.</param>
    public static IndexDocument Read(ReadOnlyMemory<byte> bytes, PackageName expected, IndexVocabulary vocabulary)
    {
        if (bytes.Length > FeedLimits.IndexBytesMax)
        {
            throw Damaged($"the version list of `{expected}`", "it is too large");
        }

        var header = bytes.Span.IndexOf((byte)'\n');
        header = header < 0 ? bytes.Length : header;
        var (name, revision) = ReadHeader(bytes.Span[..header], expected);
        var document = new IndexDocument(bytes, name, vocabulary) { Name = name, Revision = revision };
        document.ReadLines(header + 1);
        return document;
    }

    public override ReleaseDetails Read(int line)
    {
        var (start, length) = _lines[line];
        try
        {
            return _details.Read(_bytes.Slice(start, length));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw Damaged(_what, e.Message, e);
        }
    }

    /// <summary>The text of each version's line, in document order, for writers.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Lines => _lines.Select(line => _bytes.Slice(line.Start, line.Length));

    private static (PackageName Name, long Revision) ReadHeader(ReadOnlySpan<byte> line, PackageName expected)
    {
        var what = $"the version list of `{expected}`";
        var (package, revision) = FeedJson.Read(line, ProblemCode.IndexCorrupt, what, ReadHeaderMembers);
        if (!PackageName.TryParse(package, out var name))
        {
            throw Damaged(what, "it does not say which package it is of");
        }

        return name == expected ? (name, revision) : throw new Problem(
            ProblemCode.WrongPackage, $"asked for `{expected}`, the registry answered with `{name}`",
            "the registry is broken or lies; nothing was used of it, tell whoever runs it").Raise();
    }

    private static (string? Package, long Revision) ReadHeaderMembers(ref Utf8JsonReader reader)
    {
        string? package = null;
        var revision = 0L;
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("package"u8))
            {
                package = package is null ? reader.NextString() : throw new JsonException("`package` stands twice");
            }
            else if (reader.ValueTextEquals("rev"u8))
            {
                revision = reader.NextLong();
            }
            else
            {
                reader.SkipValue();
            }
        }

        return (package, revision);
    }

    private void ReadLines(int start)
    {
        var span = _bytes.Span;
        var releases = new List<Release>();
        var notes = ImmutableArray.CreateBuilder<Problem>();
        while (start < span.Length)
        {
            var length = span[start..].IndexOf((byte)'\n');
            length = length < 0 ? span.Length - start : length;
            if (length > 0 && ReadLine(start, length, notes) is { } release)
            {
                releases.Add(release);
            }

            start += length + 1;
        }

        Index = new(Name, Ascending(releases));
        Notes = notes.ToImmutable();
    }

    private Release? ReadLine(int start, int length, ImmutableArray<Problem>.Builder notes)
    {
        if (length > FeedLimits.LineBytesMax)
        {
            throw Damaged(_what, "a line is too large");
        }

        IndexLineStart line;
        try
        {
            line = IndexLineStart.Read(_bytes.Span.Slice(start, length));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw Damaged(_what, e.Message, e);
        }

        var number = _lines.Count;
        _lines.Add((start, length));
        if (line.MinFormat > FeedDescription.Format)
        {
            notes.Add(new(ProblemCode.FeedTooNew, $"{Name} {line.Version} is for a newer program and was passed over", "update cairn"));
            return null;
        }

        if (line.Status is null)
        {
            notes.Add(new(ProblemCode.IndexCorrupt, $"{Name} {line.Version} has a status this program does not know and is taken as quarantined", "update cairn"));
        }

        return new(new(Name, line.Version), line.Published, line.Status ?? ReleaseStatus.Quarantined, this, number);
    }

    private ImmutableArray<Release> Ascending(List<Release> releases)
    {
        releases.Reverse();
        var isSorted = true;
        for (var i = 1; i < releases.Count && isSorted; i++)
        {
            isSorted = releases[i - 1].Id.Version.CompareTo(releases[i].Id.Version) < 0;
        }

        var ascending = isSorted ? [.. releases] : releases.OrderBy(release => release.Id.Version).ToImmutableArray();
        for (var i = 1; i < ascending.Length && !isSorted; i++)
        {
            if (ascending[i - 1].Id.Version == ascending[i].Id.Version)
            {
                throw Damaged(_what, $"{ascending[i].Id.Version} stands twice");
            }
        }

        return ascending;
    }

    private static ProblemException Damaged(string what, string why, Exception? cause = null) => new Problem(
        ProblemCode.IndexCorrupt, $"{what} is damaged: {Printable.Clip(why, 200)}",
        "run the command again; if it stays, tell whoever runs the registry").Raise(cause);
}
