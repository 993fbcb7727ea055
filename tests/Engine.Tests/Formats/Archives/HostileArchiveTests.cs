using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats.Archives;

/// <summary>One row per kind of hostile archive; the ids are those of docs/formats/archive.md.</summary>
public sealed class HostileArchiveTests
{
    private const string Accented = "p/\u00E9";
    private static readonly string Segment120 = new('s', 120);

    public static TheoryData<string, ArchiveReason> Refused => [.. Cases().Select(row => new TheoryDataRow<string, ArchiveReason>(row.Id, row.Reason))];

    public static TheoryData<string> Accepted => [.. AcceptedCases().Select(row => new TheoryDataRow<string>(row.Id))];

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_hostile_archive_is_refused_for_its_reason(string id, ArchiveReason reason)
    {
        var row = Cases().Single(row => row.Id == id);

        var failure = Assert.Throws<ProblemException>(() => ArchiveReader.List(row.Archive(), row.Rules));

        var detail = Assert.IsType<ArchiveDetail>(failure.Problem.Detail);
        Assert.Equal(reason, detail.Reason);
        Assert.Equal(reason.Code(), failure.Problem.Code);
        Assert.Contains(reason.Word(), failure.Problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Problem.Message, c => c < ' ' || c is '\u202E' or '\u007F');
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void An_unusual_but_harmless_archive_is_read(string id)
    {
        var row = AcceptedCases().Single(row => row.Id == id);

        var listing = ArchiveReader.List(row.Archive(), ArchiveRules.Install);

        Assert.Contains(row.Path, listing.Files.Select(file => file.Path));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refused_archive_leaves_nothing_outside_and_nothing_half_done(string id, ArchiveReason reason)
    {
        var row = Cases().Single(row => row.Id == id);
        if (row.Rules != ArchiveRules.Install || row.IsLarge)
        {
            return;
        }

        using var sandbox = new Sandbox();
        using var store = new Registry.Engine.Store.ContentStore(new(sandbox.At("store")), TimeProvider.System);
        var archive = row.Archive();

        var failure = Assert.Throws<ProblemException>(
            () => store.AddArchiveAsync(archive, ContentHash.Of(archive)).GetAwaiter().GetResult());

        Assert.Equal(reason, Assert.IsType<ArchiveDetail>(failure.Problem.Detail).Reason);
        Assert.Equal(["lock"], Directory.GetFiles(sandbox.Path, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(sandbox.At("store"), path)));
    }

    [Fact]
    public void Reading_stops_at_the_entry_limit()
    {
        var failure = Assert.Throws<ProblemException>(() => ArchiveReader.List(ManyEntries(30_000), ArchiveRules.Install));

        var read = Assert.IsType<ArchiveDetail>(failure.Problem.Detail).BytesRead;
        Assert.InRange(read, 20_001 * 512, 20_001 * 512 + (256 << 10));
    }

    [Fact]
    public void A_bomb_is_read_no_further_than_the_budget_and_in_little_memory()
    {
        var bomb = HostileTar.Bomb(300L << 20, HostileTar.New().Entry("p/zeros", size: "01440000000").Tar());
        var before = GC.GetAllocatedBytesForCurrentThread();

        var failure = Assert.Throws<ProblemException>(
            () => ArchiveReader.Read(bomb, ArchiveRules.Install with { RatioMax = 100_000 }, new Ignore()));

        Assert.Equal((256L << 20) + 1, Assert.IsType<ArchiveDetail>(failure.Problem.Detail).BytesRead);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Fact]
    public void A_large_extended_header_is_refused_before_it_is_read()
    {
        var archive = HostileTar.New().Entry("p/pax", "", 'x', size: "00600000000").Raw(new byte[1 << 20]).GzWithoutEnd();

        var failure = Assert.Throws<ProblemException>(() => ArchiveReader.List(archive, ArchiveRules.Install));

        Assert.InRange(Assert.IsType<ArchiveDetail>(failure.Problem.Detail).BytesRead, 512, 256 << 10);
    }

    [Fact]
    public void Whatever_is_changed_in_an_archive_it_is_read_or_refused_and_never_more() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var tar = HostileTar.New().Good().Pax(("path", "p/b"), ("size", "3")).Entry("p/x", "abc").Entry("p/d/", type: '5')
                .Entry("././@LongLink", "p/long", 'L').Good("c", Noise(600)).End().Tar();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                tar[random.Next(tar.Length)] = (byte)random.Next(256);
            }

            Reseal(tar, random);
            var archive = HostileTar.Gzip(random.Next(4) == 0 ? tar[..random.Next(tar.Length)] : tar);
            if (random.Next(4) == 0)
            {
                archive[random.Next(archive.Length)] ^= (byte)(1 << random.Next(8));
            }

            return IsReadOrRefused(archive);
        }));

    [Fact]
    public void Owners_times_and_special_bits_have_no_effect()
    {
        var plain = HostileTar.New().Entry("p/run", "#!", mode: "0000755").Entry("p/text", "t").Gz();
        var odd = HostileTar.New()
            .Entry("p/run", "#!", mode: "0004755", uid: "0000000", mtime: "77777777777")
            .Entry("p/text", "t", mode: "0006644", uid: "0001750", mtime: "00000000001").Gz();

        Assert.Equal(ArchiveReader.List(plain, ArchiveRules.Install).Tree, ArchiveReader.List(odd, ArchiveRules.Install).Tree);
    }

    [Fact]
    public void Private_keys_are_refused_when_publishing_only()
    {
        var archive = HostileTar.New().Good().Good("key.pem", "x\n-----BEGIN EC PRIVATE KEY-----\nMHc").Gz();

        Assert.Equal(2, ArchiveReader.List(archive, ArchiveRules.Install).Files.Length);
        Assert.Throws<ProblemException>(() => ArchiveReader.List(archive, ArchiveRules.Publish));
    }

    private static IEnumerable<Row> Cases()
    {
        Row Bad(string id, ArchiveReason reason, Func<byte[]> archive) => new(id, reason, archive, ArchiveRules.Install, false);
        Row Path(string id, string name) => Bad(id, ArchiveReason.Path, () => HostileTar.New().Good().Entry(name).Gz());
        Row Type(string id, char type) => Bad(id, ArchiveReason.EntryType, () => HostileTar.New().Good().Entry("p/x", type: type, link: "cairn.toml").Gz());

        yield return Path("A01 parent", "../evil");
        yield return Bad("A01 parent alone", ArchiveReason.Path, () => HostileTar.New().Entry("../evil").Gz());
        yield return Path("A02 absolute", "/etc/passwd");
        yield return Bad("A02 absolute alone", ArchiveReason.Path, () => HostileTar.New().Entry("/etc/passwd").Gz());
        yield return Path("A02 drive", "C:\\x");
        yield return Path("A02 drive inside", "p/C:/x");
        yield return Path("A02 share", "\\\\srv\\x");
        yield return Path("A02 backslash", "a\\..\\b");
        yield return Path("A02 backslash inside", "p/a\\..\\b");
        yield return Path("A03 dots after the prefix", "p/./../../x");
        yield return Path("A03 current folder", "p/./x");
        yield return Path("A03 empty segment", "p//x");
        yield return Path("empty name", "");
        yield return Bad("empty folder name", ArchiveReason.Path, () => HostileTar.New().Good().Entry("", type: '5').Gz());
        yield return Bad("folder of slashes", ArchiveReason.Path, () => HostileTar.New().Good().Entry("//", type: '5').Gz());
        yield return Bad("empty pax path", ArchiveReason.Path, () => HostileTar.New().Pax(("path", "")).Good().Gz());
        yield return Bad("long name of nothing", ArchiveReason.Path, () => HostileTar.New().Entry("././@LongLink", "\0\0", 'L').Good().Gz());
        yield return Path("no top folder", "x");
        yield return Path("another top folder", "q/x");
        yield return Path("file with the name of a folder", "p/x/");
        yield return Path("top folder as a file", "p");
        yield return Type("A04 symbolic link", '2');
        yield return Bad("A05 write through a link", ArchiveReason.EntryType, () => HostileTar.New().Entry("p/out", type: '2', link: "/").Entry("p/out/evil", "x").Gz());
        yield return Type("A06 hard link", '1');
        yield return Type("A06 character device", '3');
        yield return Type("A06 block device", '4');
        yield return Type("A06 fifo", '6');
        yield return Type("A06 sparse", 'S');
        yield return Type("A06 contiguous", '7');
        yield return Type("A06 unknown", 'Z');
        yield return Bad("A06 sparse by pax", ArchiveReason.EntryType, () => HostileTar.New().Pax(("GNU.sparse.major", "1")).Good().Gz());
        yield return Bad("A07 duplicate", ArchiveReason.Duplicate, () => HostileTar.New().Good("a", "x").Good("a", "x").Gz());
        yield return Bad("A08 case", ArchiveReason.CaseCollision, () => HostileTar.New().Good("README").Good("readme").Gz());
        yield return Bad("A08 case of folders", ArchiveReason.CaseCollision, () => HostileTar.New().Good("Src/a").Good("src/b").Gz());
        yield return Bad("A08 case beyond ASCII", ArchiveReason.CaseCollision, () => HostileTar.New().Good("\u00C9").Good("\u00E9").Gz());
        yield return Path("A09 decomposed", "p/e\u0301");
        yield return Path("A09 compatibility character", "p/\u212B");
        yield return Path("A09 Hangul in pieces", "p/\u1112\u1161\u11AB");
        yield return Bad("A10 file then folder", ArchiveReason.Duplicate, () => HostileTar.New().Good("a").Good("a/b").Gz());
        yield return Bad("A10 folder then file", ArchiveReason.Duplicate, () => HostileTar.New().Good("a/b").Good("a").Gz());
        yield return Bad("A11 NUL", ArchiveReason.Path, () => HostileTar.New().Pax(("path", "p/a\0b")).Good().Gz());
        yield return Path("A11 newline", "p/a\nb");
        yield return Path("A11 escape", "p/a\u001B[2Jb");
        yield return Path("A11 delete", "p/a\u007Fb");
        yield return Path("A11 control beyond ASCII", "p/a\u009Bb");
        yield return Path("A11 direction override", "p/a\u202Etxt.exe");
        yield return Path("A11 zero width", "p/a\u200Bb");
        yield return Path("A11 trailing dot", "p/a.");
        yield return Path("A11 trailing space", "p/a ");
        yield return Path("A11 trailing dot in a folder", "p/a./b");
        yield return Path("A11 stream", "p/a:b");
        yield return Path("A11 device", "p/CON.txt");
        yield return Path("A11 device folder", "p/src/nul/x");
        yield return Path("A11 device com1", "p/com1");
        yield return Path("A11 device superscript", "p/COM\u00B9.log");
        yield return Path("A11 device with space", "p/aux .c");
        yield return Path("A11 wildcard", "p/a*b");
        yield return Bad("A11 not UTF-8", ArchiveReason.Path, () => HostileTar.New().Good().Entry([(byte)'p', (byte)'/', 0xC3, 0x28], []).Gz());
        yield return Bad("A12 path 241", ArchiveReason.PathTooLong, () => HostileTar.New().Good(Long(241)).Gz());
        yield return Bad("A12 segment 121", ArchiveReason.PathTooLong, () => HostileTar.New().Good(Segment120 + "s").Gz());
        yield return Bad("A12 depth 33", ArchiveReason.PathTooLong, () => HostileTar.New().Good(Deep(33)).Gz());
        yield return new("A13 entries", ArchiveReason.TooManyEntries, () => ManyEntries(20_001), ArchiveRules.Install, true);
        yield return new("A13 implied folders", ArchiveReason.TooManyEntries, ManyFolders, ArchiveRules.Install, true);
        yield return new("A14 bomb", ArchiveReason.TooLarge, () => HostileTar.Bomb(300L << 20, HostileTar.New().Entry("p/zeros", size: "01440000000").Tar()), ArchiveRules.Install with { RatioMax = 100_000 }, true);
        yield return Bad("A14 size beyond the budget", ArchiveReason.TooLarge, () => HostileTar.New().Entry("p/x", size: "77777777777").Gz());
        yield return new("A15 ratio", ArchiveReason.Ratio, () => HostileTar.Bomb(20 << 20, HostileTar.New().Entry("p/zeros", size: "00120000000").Tar()), ArchiveRules.Install, true);
        yield return new("compressed too large", ArchiveReason.TooLarge, () => new byte[(20 << 20) + 1], ArchiveRules.Install, true);
        yield return Bad("A16 content missing", ArchiveReason.Truncated, () => HostileTar.New().Good().Entry("p/x", size: "00000000012").GzWithoutEnd());
        yield return Bad("A16 padding missing", ArchiveReason.Truncated, () => HostileTar.Gzip(HostileTar.New().Good().Tar()[..600]));
        yield return Bad("A16 header cut", ArchiveReason.Truncated, () => HostileTar.Gzip(HostileTar.New().Good().Tar()[..300]));
        yield return Bad("A16 no end", ArchiveReason.Truncated, () => HostileTar.New().Good().GzWithoutEnd());
        yield return Bad("A16 one end block", ArchiveReason.Truncated, () => HostileTar.New().Good().Raw(new byte[512]).GzWithoutEnd());
        yield return Bad("A16 pax without entry", ArchiveReason.Truncated, () => HostileTar.New().Good().Pax(("path", "p/x")).Gz());
        yield return Bad("A17 truncated gzip", ArchiveReason.Corrupt, () => HostileTar.New().Good("a", Noise(5000)).Gz()[..^100]);
        yield return Bad("A17 gzip without its last byte", ArchiveReason.Corrupt, () => HostileTar.New().Good().Gz()[..^1]);
        yield return Bad("A17 gzip without trailer", ArchiveReason.Corrupt, () => HostileTar.New().Good().Gz()[..^8]);
        yield return Bad("A17 wrong checksum", ArchiveReason.Corrupt, () => HostileTar.WithTrailer(HostileTar.New().Good().Gz(), 8));
        yield return Bad("A17 wrong length", ArchiveReason.Corrupt, () => HostileTar.WithTrailer(HostileTar.New().Good().Gz(), 4));
        yield return Bad("A17 header only", ArchiveReason.Corrupt, () => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]);
        yield return Bad("A18 second member", ArchiveReason.TrailingData, () => [.. HostileTar.New().Good().Gz(), .. HostileTar.New().Good("b").Gz()]);
        yield return Bad("A18 garbage after gzip", ArchiveReason.TrailingData, () => [.. HostileTar.New().Good().Gz(), .. "garbage!"u8]);
        yield return Bad("A18 one byte after gzip", ArchiveReason.TrailingData, () => [.. HostileTar.New().Good().Gz(), 0]);
        yield return Bad("A18 garbage after the end blocks", ArchiveReason.TrailingData, () => HostileTar.New().Good().End().Raw([1]).GzWithoutEnd());
        yield return Bad("A18 entry after one end block", ArchiveReason.TrailingData, () => HostileTar.New().Good().Raw(new byte[512]).Good("b").Gz());
        yield return Bad("A19 pax size", ArchiveReason.HeaderConflict, () => HostileTar.New().Pax(("size", "2")).Good("a", "x").Gz());
        yield return Bad("A19 pax path", ArchiveReason.Path, () => HostileTar.New().Pax(("path", "p/../../evil")).Good().Gz());
        yield return Bad("A19 two pax paths", ArchiveReason.HeaderConflict, () => HostileTar.New().Pax(("path", "p/a"), ("path", "p/b")).Good().Gz());
        yield return Bad("A19 global path", ArchiveReason.HeaderConflict, () => HostileTar.New().Entry("g"u8.ToArray(), HostileTar.Records(("path", "p/x")), 'g').Good().Gz());
        yield return Bad("A19 long name", ArchiveReason.Path, () => HostileTar.New().Entry("././@LongLink", "p/../../evil\0", 'L').Good().Gz());
        yield return Bad("A20 negative size", ArchiveReason.Corrupt, () => HostileTar.New().Entry("p/x", size: "-0000000001").Gz());
        yield return Bad("A20 octal overflow", ArchiveReason.Corrupt, () => HostileTar.New().Entry("p/x", size: "777777777777").Gz());
        yield return Bad("A20 base 256", ArchiveReason.Corrupt, () => HostileTar.New().Entry("p/x", change: block => block[124] = 0x80).Gz());
        yield return Bad("A20 not octal", ArchiveReason.Corrupt, () => HostileTar.New().Entry("p/x", size: "00000000009").Gz());
        yield return Bad("A20 folder with content", ArchiveReason.Corrupt, () => HostileTar.New().Entry("p/x/", "x", '5').Gz());
        yield return new("A21 large pax", ArchiveReason.HeaderTooLarge, () => HostileTar.New().Pax(("comment", new string('x', 1 << 20))).Good().Gz(), ArchiveRules.Install, true);
        yield return Bad("A21 stacked pax", ArchiveReason.HeaderTooLarge, () => Enumerable.Range(0, 1000).Aggregate(HostileTar.New(), (tar, _) => tar.Pax(("comment", "x"))).Good().Gz());
        yield return Bad("A21 stacked global pax", ArchiveReason.HeaderTooLarge, () => Enumerable.Range(0, 1000).Aggregate(HostileTar.New(), (tar, _) => tar.Entry("g"u8.ToArray(), HostileTar.Records(("comment", "x")), 'g')).Good().Gz());
        yield return Bad("damaged pax", ArchiveReason.Corrupt, () => HostileTar.New().Entry("p/pax", "999 path=p/x\n", 'x').Good().Gz());
        yield return Bad("header checksum", ArchiveReason.Corrupt, () => { var tar = HostileTar.New().Good().End().Tar(); tar[0] ^= 1; return HostileTar.Gzip(tar); });
        yield return new("A22 two manifests", ArchiveReason.ManifestDuplicate, () => HostileTar.New().Good().Good("Cairn.toml").Gz(), ArchiveRules.Publish, false);
        yield return new("A23 no manifest", ArchiveReason.ManifestMissing, () => HostileTar.New().Good("a").Gz(), ArchiveRules.Publish, false);
        yield return new("A23 manifest in a subfolder", ArchiveReason.ManifestMissing, () => HostileTar.New().Good("a/cairn.toml").Gz(), ArchiveRules.Publish, false);
        yield return Bad("A25 zip", ArchiveReason.Type, () => [.. "PK\u0003\u0004"u8, .. new byte[100]]);
        yield return Bad("A25 xz", ArchiveReason.Type, () => [0xFD, .. "7zXZ"u8, .. new byte[100]]);
        yield return Bad("A25 tar without gzip", ArchiveReason.Type, () => HostileTar.New().Good().End().Tar());
        yield return Bad("A25 gzip of text", ArchiveReason.Corrupt, () => HostileTar.Gzip(Encoding.ASCII.GetBytes(new string('<', 2000))));
        yield return Bad("A26 git folder", ArchiveReason.ForbiddenFile, () => HostileTar.New().Good().Good(".git/config").Gz());
        yield return Bad("A26 git folder in another case", ArchiveReason.ForbiddenFile, () => HostileTar.New().Good().Good("sub/.GIT/hooks/pre-commit").Gz());
        yield return new("A26 private key", ArchiveReason.SecretDetected, () => HostileTar.New().Good().Good("id", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl").Gz(), ArchiveRules.Publish, false);
        yield return new("A26 token", ArchiveReason.SecretDetected, () => HostileTar.New().Good().Good(".npmrc", "//r/:_authToken=abc").Gz(), ArchiveRules.Publish, false);
        yield return Bad("A27 empty file", ArchiveReason.Corrupt, () => []);
        yield return new("A27 empty tar", ArchiveReason.ManifestMissing, () => HostileTar.New().Gz(), ArchiveRules.Publish, false);
    }

    private static IEnumerable<(string Id, string Path, Func<byte[]> Archive)> AcceptedCases()
    {
        yield return ("A09 composed", "\u00E9", () => HostileTar.New().Entry(Accented).Gz());
        yield return ("A12 path 240", Long(240), () => HostileTar.New().Good(Long(240)).Gz());
        yield return ("A12 segment 120", Segment120, () => HostileTar.New().Good(Segment120).Gz());
        yield return ("A12 depth 32", Deep(32), () => HostileTar.New().Good(Deep(32)).Gz());
        yield return ("top folder at its longest", "x", () => HostileTar.New().Entry($"{new string('t', 200)}/x").Gz());
        yield return ("A24 odd mode", "x", () => HostileTar.New().Entry("p/x", mode: "0004755", mtime: "77777777777").Gz());
        yield return ("A25 polyglot", "x.html", () => HostileTar.New().Good("x.html", "<html><script>alert(1)</script>").Gz());
        yield return ("old tar without magic", "x", () => HostileTar.New().Entry("p/x", "y", '\0', change: block => block.AsSpan(257, 8).Clear()).Gz());
        yield return ("GNU magic", "x", () => HostileTar.New().Entry("p/x", change: block => "ustar  \0"u8.CopyTo(block.AsSpan(257))).Gz());
        yield return ("GNU long name", "long", () => HostileTar.New().Entry("././@LongLink", "p/long\0", 'L').Good("short").Gz());
        yield return ("commit in a global header", "x", () => HostileTar.New().Entry("g"u8.ToArray(), HostileTar.Records(("comment", "abc")), 'g').Good("x").Gz());
        yield return ("pax like npm's", "lib/a.js", () => HostileTar.New().Pax(("path", "package/lib/a.js"), ("mtime", "499162500"), ("size", "1")).Entry("package/lib/a.js", "x").Gz());
        yield return ("folders named before and after", "a/b", () => HostileTar.New().Entry("p/", type: '5').Entry("p/a/", type: '5').Good("a/b").Entry("p/a", type: '5').Gz());
        yield return ("padded to records", "x", () => HostileTar.New().Good("x").Raw(new byte[10240]).Gz());
        yield return ("empty file at the end", "z", () => HostileTar.New().Good("a").Good("z", "").Gz());
    }

    private static bool IsReadOrRefused(byte[] archive)
    {
        try
        {
            return ArchiveReader.List(archive, ArchiveRules.Install).Files.All(file => !file.Path.Contains("..", StringComparison.Ordinal));
        }
        catch (ProblemException refused)
        {
            return refused.Problem.Detail is ArchiveDetail;
        }
    }

    /// <summary>Mostly makes the header checksums right again, so that changes get past them.</summary>
    private static void Reseal(byte[] tar, Random random)
    {
        for (var at = 0; at + 512 <= tar.Length && random.Next(10) > 0; at += 512)
        {
            if (tar.AsSpan(at + 257, 5).SequenceEqual("ustar"u8))
            {
                HostileTar.Seal(tar.AsSpan(at, 512));
            }
        }
    }

    private static string Long(int length) => $"{Segment120}/{new string('t', length - 121)}";

    private static string Deep(int segments) => string.Join('/', Enumerable.Repeat("d", segments));

    private static string Noise(int length)
    {
        var random = new Random(7);
        return new([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(33, 126))]);
    }

    private static byte[] ManyEntries(int count) =>
        Enumerable.Range(0, count).Aggregate(HostileTar.New(), (tar, i) => tar.Entry($"p/{i}")).Gz();

    private static byte[] ManyFolders() => Enumerable.Range(0, 1000).Aggregate(
        HostileTar.New(), (tar, i) => tar.Entry($"p/{i}/{Deep(30)}")).Gz();

    private sealed record Row(string Id, ArchiveReason Reason, Func<byte[]> Archive, ArchiveRules Rules, bool IsLarge);

    private sealed class Ignore : ArchiveSink
    {
        public override void BeginFile(string path, long size, FileKind kind)
        {
        }

        public override void Content(ReadOnlySpan<byte> piece)
        {
        }

        public override void EndFile()
        {
        }
    }
}
