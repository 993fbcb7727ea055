using System.Text;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Tests.Formats.Feeds;

public sealed class FeedDocumentTests
{
    private static readonly FeedTimestamp Timestamp = new(
        "test.example/main", 18234, new(2026, 11, 20, 7, 0, 0, TimeSpan.Zero), null, ContentHash.Of([1]), 5120, ContentHash.Of([2]), 0);

    [Fact]
    public void A_timestamp_is_a_note_without_signatures()
    {
        var text = Encoding.UTF8.GetString(Timestamp.Write());

        Assert.Equal(
            """
            cairn timestamp v1
            feed test.example/main
            serial 18234
            created 2026-11-20T07:00:00Z
            expires never
            snapshot sha256:4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 5120
            journal 18234 28G0yQD/5I1XW12lxjgEASX2XbD+PiRJS3bqmGRX2YY=
            rootversion 0


            """.ReplaceLineEndings("\n"),
            text);
        Assert.Equal(text, Encoding.UTF8.GetString(FeedTimestamp.Read(Encoding.UTF8.GetBytes(text), "x").Write()));
    }

    [Fact]
    public void Signature_lines_are_kept()
    {
        var signed = Timestamp with { Expires = Timestamp.Created.AddDays(7), RootVersion = 3, Signatures = [new("test.example/main", [1, 2, 3, 4, 5])] };

        var read = FeedTimestamp.Read(signed.Write(), "x");

        Assert.Equal(signed.Expires, read.Expires);
        Assert.Equal([1, 2, 3, 4, 5], Assert.Single(read.Signatures).KeyIdAndSignature);
    }

    [Theory]
    [InlineData("cairn timestamp v1", "cairn timestamp v2")]
    [InlineData("serial 18234", "serial -1")]
    [InlineData("serial 18234", "serial 18235")]
    [InlineData("serial 18234", "serial 99999999999999999999")]
    [InlineData("created 2026-11-20T07:00:00Z", "created yesterday")]
    [InlineData("feed test.example/main\n", "")]
    [InlineData("snapshot sha256:4bf5", "snapshot sha256:4BF5")]
    [InlineData("28G0yQD/5I1XW12lxjgEASX2XbD+PiRJS3bqmGRX2YY=", "AAAA")]
    [InlineData("\n\n", "\n")]
    [InlineData("\n\n", "\r\n\r\n")]
    [InlineData("\n\n", "\n\nnot a signature\n")]
    public void A_malformed_timestamp_is_refused(string part, string replacement)
    {
        var text = Encoding.UTF8.GetString(Timestamp.Write()).Replace(part, replacement, StringComparison.Ordinal);

        Assert.Equal(ProblemCode.FeedMalformed, Assert.Throws<ProblemException>(() => FeedTimestamp.Read(Encoding.UTF8.GetBytes(text), "x")).Problem.Code);
    }

    [Fact]
    public void A_note_with_a_thousand_signatures_or_a_megabyte_is_refused()
    {
        var text = Encoding.UTF8.GetString(Timestamp.Write());
        Assert.Throws<ProblemException>(() => FeedTimestamp.Read(Encoding.UTF8.GetBytes(text + string.Concat(Enumerable.Repeat("— a AAAA\n", 1000))), "x"));
        Assert.Throws<ProblemException>(() => FeedTimestamp.Read(Encoding.UTF8.GetBytes(text + new string('x', 1 << 20)), "x"));
    }

    [Theory]
    [InlineData("""{"format":2,"id":"a"}""", ProblemCode.FeedTooNew)]
    [InlineData("""{"id":"a"}""", ProblemCode.FeedMalformed)]
    [InlineData("""{"format":1}""", ProblemCode.FeedMalformed)]
    [InlineData("""{"format":1,"id":"a b"}""", ProblemCode.FeedMalformed)]
    [InlineData("""{"format":1,"id":"a","objects":{"base":"../../{hash}"}}""", ProblemCode.FeedMalformed)]
    [InlineData("""{"format":1,"id":"a","objects":{"base":"everything"}}""", ProblemCode.FeedMalformed)]
    [InlineData("<!doctype html><title>Sign in", ProblemCode.FeedMalformed)]
    public void A_description_that_cannot_be_used_is_refused(string json, ProblemCode code) =>
        Assert.Equal(code, Assert.Throws<ProblemException>(() => FeedDescription.Read(Encoding.UTF8.GetBytes(json), "x")).Problem.Code);

    [Fact]
    public void A_description_is_read_back_and_unknown_members_are_ignored()
    {
        var description = new FeedDescription("test.example/main", "Test") { ArchiveBytesMax = 77, Mirrors = ["https://a.example/"] };

        var read = FeedDescription.Read(description.Write(), "x");
        var extended = FeedDescription.Read("""{"format":1,"id":"a","name":"A","new":{"x":[1,{}]},"trust":{"mode":"signed","keyids":["k"]}}"""u8, "x");

        Assert.Equal(("test.example/main", "Test", 77L, "https://a.example/"), (read.Id, read.Name, read.ArchiveBytesMax, read.Mirrors.Single()));
        Assert.Equal(FeedTrustMode.Signed, extended.Trust);
    }

    [Theory]
    [InlineData("b 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 1 1\na 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 1 1\n")]
    [InlineData("a 4bf5 1 1\n")]
    [InlineData("a 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a -1 1\n")]
    [InlineData("A 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 1 1\n")]
    [InlineData("../x 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 1 1\n")]
    public void A_malformed_bin_is_refused(string text) =>
        Assert.Throws<ProblemException>(() => FeedBin.Read(Encoding.UTF8.GetBytes(text), "x"));

    [Theory]
    [InlineData("""{"serial":1,"bins":2,"bin":[null,null]}""")]
    [InlineData("""{"serial":1,"bins":16,"bin":[null]}""")]
    [InlineData("""{"serial":1,"bins":1,"bin":["sha256:zz"]}""")]
    [InlineData("""{"bins":1,"bin":[null]}""")]
    [InlineData("[]")]
    public void A_malformed_snapshot_is_refused(string json) =>
        Assert.Throws<ProblemException>(() => FeedSnapshot.Read(Encoding.UTF8.GetBytes(json), "x"));

    [Theory]
    [InlineData("")]
    [InlineData("cairn bundle v1 1\n")]
    [InlineData("cairn bundle v1 2147483647\n")]
    [InlineData("cairn bundle v1 1\na 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 5 1\nabc")]
    [InlineData("cairn bundle v1 1\na 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a 9999999999 1\nabc")]
    [InlineData("cairn bundle v1 1\na\nabc")]
    public void A_malformed_bundle_is_refused(string text) =>
        Assert.Throws<ProblemException>(() => FeedBundle.Read(Encoding.ASCII.GetBytes(text), "x"));

    [Fact]
    public void Unpacking_stops_at_what_was_promised()
    {
        var packed = FeedPack.Pack(new byte[1 << 20]);
        FeedObject Promise(long unpacked) => new(ContentHash.Of(packed), packed.Length, FeedPacking.Gzip, unpacked);

        Assert.Equal(1 << 20, FeedPack.Unpack(packed, Promise(1 << 20), 1 << 20, "x").Length);
        Assert.Throws<ProblemException>(() => FeedPack.Unpack(packed, Promise(1 << 19), 1 << 20, "x"));
        Assert.Throws<ProblemException>(() => FeedPack.Unpack(packed, Promise(1 << 21), 1 << 22, "x"));
        Assert.Throws<ProblemException>(() => FeedPack.Unpack(packed, Promise(1 << 20), 1 << 10, "x"));
    }

    [Fact]
    public void The_journal_root_is_that_of_RFC_6962()
    {
        // The inputs and roots every implementation of certificate transparency tests with.
        string[] inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        var leaves = inputs.Select(input => MerkleTree.Leaf(Convert.FromHexString(input))).ToArray();

        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", MerkleTree.Root(leaves[..1]).Hex);
        Assert.Equal("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", MerkleTree.Root(leaves[..2]).Hex);
        Assert.Equal("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", MerkleTree.Root(leaves).Hex);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(700)]
    [InlineData(1024)]
    public void The_root_over_segments_is_the_root_over_entries(int entries)
    {
        var leaves = Enumerable.Range(0, entries).Select(i => MerkleTree.Leaf([(byte)i, (byte)(i >> 8)])).ToArray();

        Assert.Equal(MerkleTree.Root(leaves), MerkleTree.Root([.. leaves.Chunk(MerkleTree.SegmentEntries).Select(MerkleTree.Root)]));
    }

    [Theory]
    [InlineData("acme/json", 1)]
    [InlineData("acme/json", 16)]
    [InlineData("acme/json", 256)]
    [InlineData("acme/json", 4096)]
    public void The_bin_of_a_name_is_the_start_of_its_hash(string name, int bins)
    {
        var hex = ContentHash.Of(Encoding.ASCII.GetBytes(name)).Hex[..FeedLayout.BinDigits(bins)];

        Assert.Equal(hex.Length == 0 ? 0 : Convert.ToInt32(hex, 16), FeedLayout.BinOf(PackageName.Parse(name), bins));
    }
}
