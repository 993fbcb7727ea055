using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Feeds;

/// <summary>
/// Holds a feed to its word: of a version seen before, only status, reason, advisories and attestations may differ.
/// </summary>
public static class IndexComparison
{
    /// <summary>Throws <see cref="ProblemCode.VersionMutated"/> for the first version that differs otherwise.</summary>
    public static void RequireUnchanged(IndexDocument before, IndexDocument after)
    {
        var old = before.Lines.ToDictionary(line => IndexLineStart.Read(line.Span).Version);
        foreach (var line in after.Lines)
        {
            var version = IndexLineStart.Read(line.Span).Version;
            if (old.TryGetValue(version, out var was) && !was.Span.SequenceEqual(line.Span) && Difference(was, line) is { } member)
            {
                throw new Problem(
                    ProblemCode.VersionMutated,
                    $"{after.Name} {version} has another `{member}` than when it was first seen{Hashes(before, after, version)}",
                    "a published version never changes: do not use this registry before its owner explains; `cairn clean` forgets what was seen").Raise();
            }
        }
    }

    private static string? Difference(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        var was = Fixed(before);
        var now = Fixed(after);
        return was.Keys.Union(now.Keys).Order(StringComparer.Ordinal).FirstOrDefault(member =>
            !was.TryGetValue(member, out var old) || !now.TryGetValue(member, out var current) || !old.Span.SequenceEqual(current.Span));
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Fixed(ReadOnlyMemory<byte> line)
    {
        var members = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = FeedLimits.JsonDepthMax });
        reader.Read();
        reader.EnterObject();
        while (reader.NextMember())
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (name is not ("status" or "reason" or "advisories" or "attestations"))
            {
                members[name] = line[start..(int)reader.BytesConsumed];
            }
        }

        return members;
    }

    private static string Hashes(IndexDocument before, IndexDocument after, SemanticVersion version)
    {
        var (was, now) = (Archive(before, version), Archive(after, version));
        return was is null || now is null || was == now ? "" : $" ({was} then, {now} now)";
    }

    private static ContentHash? Archive(IndexDocument document, SemanticVersion version) =>
        document.Index.Releases.FirstOrDefault(release => release.Id.Version == version)?.Archive?.Hash;
}
