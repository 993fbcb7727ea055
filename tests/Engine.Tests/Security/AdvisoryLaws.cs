using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Security;
using Registry.Engine.Tests.Model;

namespace Registry.Engine.Tests.Security;

public sealed class AdvisoryLaws
{
    private const string Sample =
        """
        {"schema_version":"1.6.0","id":"RUSTSEC-2026-0001","modified":"2026-01-02T03:04:05.123456789Z","published":"2026-01-01T00:00:00Z","withdrawn":null,
        "aliases":["CVE-2026-1","GHSA-aaaa-bbbb-cccc"],"summary":"s","details":"d\n\u001b[2J","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
        "affected":[{"package":{"ecosystem":"crates.io","name":"demo"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0.0.0-0"},{"fixed":"1.2.3"},{"introduced":"2.0.0"},{"last_affected":"2.1.0"}]}],
        "versions":["3.0.0","3.0.1-rc.1"],"database_specific":{"categories":["malicious"],"informational":"unsound","cvss":null}}],
        "references":[{"type":"WEB","url":"https://example.org"}],"database_specific":{"license":"CC0-1.0","cwe_ids":["CWE-1"]}}
        """;

    [Fact]
    public void Any_range_is_evaluated_as_the_schema_does_it_version_by_version() => Law.Holds(Records, text =>
    {
        var advisory = OsvReader.Read(Encoding.UTF8.GetBytes(text), "a record");
        var affected = AffectedVersions.Of(advisory.Affected);
        var record = JsonDocument.Parse(text).RootElement;
        foreach (var version in VersionGen.All)
        {
            var expected = StraightEvaluator.Evaluate(record, "e", "demo", version.ToString());
            Assert.True(affected.Covers(version) == expected switch
            {
                StraightEvaluator.Answer.Yes => true,
                StraightEvaluator.Answer.No => false,
                _ => null,
            }, $"{version} in {text}");
        }
    });

    [Fact]
    public void An_index_gives_back_what_went_in() => Law.Holds(Records, text =>
    {
        var advisory = OsvReader.Read(Encoding.UTF8.GetBytes(text), "a record");
        var builder = new AdvisoryIndexBuilder();
        builder.Add(advisory, new(5_000_000_000, 77));
        var index = builder.Build();

        var expected = AffectedVersions.Of(advisory.Affected);
        var header = Assert.Single(index.Headers);
        Assert.Equal((advisory.Id, new RecordPlace(5_000_000_000, 77), advisory.Modified), (header.Id, header.Record, header.Modified));
        if (index.Of("e", "demo") is [var entry])
        {
            Assert.Equal((expected.Set, expected.IsComplete), (entry.Versions.Set, entry.Versions.IsComplete));
            Assert.Equal(expected.Fixed.AsEnumerable(), entry.Versions.Fixed);
        }
        else
        {
            Assert.True(expected.Set.IsEmpty && expected.IsComplete);
        }
    }, 100);

    [Fact]
    public void Damaged_records_are_read_or_say_why() => Law.Holds(Damaged(Encoding.UTF8.GetBytes(Sample)), bytes =>
    {
        var advisory = OsvReader.TryRead(bytes, out var why);
        Assert.Equal(advisory is null, why is not null);
        if (advisory is not null)
        {
            _ = IndexOf(advisory);
        }
    }, 2000);

    [Fact]
    public void A_damaged_index_is_refused() => Law.Holds(Damaged(IndexBytes()), bytes =>
    {
        if (!bytes.AsSpan().SequenceEqual(IndexBytes()))
        {
            var problem = Assert.Throws<ProblemException>(() => AdvisoryIndex.Read(bytes, "a file")).Problem;
            Assert.Equal(ProblemCode.AdvisoriesCorrupt, problem.Code);
        }
    }, 2000);

    /// <summary>The checksum holds off accidents; whoever can compute it still reaches nothing outside the bytes.</summary>
    [Fact]
    public void A_forged_index_is_read_or_refused() => Law.Holds(Damaged(IndexBytes()), bytes =>
    {
        if (bytes.Length >= 44)
        {
            SHA256.HashData(bytes.AsSpan(44)).CopyTo(bytes, 12);
        }

        try
        {
            var index = AdvisoryIndex.Read(bytes, "a file");
            _ = index.Headers.Take(1000).Count();
            _ = AdvisoryMatcher.Match(index, "crates.io", "demo", new(1, 0, 0));
        }
        catch (ProblemException e)
        {
            Assert.Equal(ProblemCode.AdvisoriesCorrupt, e.Problem.Code);
        }
    }, 2000);

    private static byte[] IndexBytes()
    {
        var builder = new AdvisoryIndexBuilder();
        builder.Add(OsvReader.Read(Encoding.UTF8.GetBytes(Sample), "the sample"), new(0, Sample.Length));
        return builder.ToBytes();
    }

    private static AdvisoryIndex IndexOf(Registry.Engine.Model.Advisories.Advisory advisory)
    {
        var builder = new AdvisoryIndexBuilder();
        builder.Add(advisory, default);
        return builder.Build();
    }

    private static Gen<byte[]> Damaged(byte[] whole) =>
        from count in Gen.Choose(1, 3)
        from places in Gen.ArrayOf(Gen.Choose(0, whole.Length - 1), count)
        from lengths in Gen.ArrayOf(Gen.Choose(0, 6), count)
        from pieces in Gen.ArrayOf(Pieces, count)
        select places.Zip(lengths, pieces).Aggregate(whole, (bytes, cut) =>
        {
            var at = Math.Min(cut.First, bytes.Length);
            return [.. bytes.AsSpan(0, at), .. cut.Third, .. bytes.AsSpan(Math.Min(bytes.Length, at + cut.Second))];
        });

    private static Gen<byte[]> Pieces => Gen.OneOf(
        Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), 3),
        Gen.Constant<byte[]>([0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
        Gen.Elements("", "\"", "{", "}", "[", "]", ",", "null", "1", "\\ud800", "\u001b", "{\"introduced\":\"0\"},", "0", "*").Select(Encoding.UTF8.GetBytes));

    private static Gen<string> Records =>
        from ranges in Gen.ListOf(RangeText)
        from versions in Gen.ListOf(VersionGen.Versions)
        select $$$"""{"id":"X-1","affected":[{"package":{"ecosystem":"e","name":"demo"},"ranges":[{{{string.Join(',', ranges.Take(3))}}}],"versions":[{{{string.Join(',', versions.Take(3).Select(version => $"\"{version}\""))}}}]}]}""";

    private static Gen<string> RangeText =>
        from kind in Gen.Frequency((8, Gen.Elements("SEMVER", "ECOSYSTEM")), (1, Gen.Constant("GIT")))
        from events in Gen.ListOf(EventText)
        select $$"""{"type":"{{kind}}","events":[{{string.Join(',', events.Take(8))}}]}""";

    private static Gen<string> EventText => Gen.Frequency(
        (8, from kind in Gen.Elements("introduced", "introduced", "fixed", "fixed", "last_affected", "limit")
            from version in VersionGen.Versions
            select $$"""{"{{kind}}":"{{version}}"}"""),
        (2, Gen.Constant("""{"introduced":"0"}""")),
        (1, Gen.Elements("""{"limit":"*"}""", """{"fixed":"1.2"}""", """{"fixed":"1.2.post3"}""")));
}
