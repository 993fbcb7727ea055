using System.IO.Compression;
using System.Text;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Problems;
using Registry.Engine.Tests.Security;

namespace Registry.Engine.Tests.Formats.Osv;

public sealed class OsvBundleTests
{
    private const string Good = """{"id":"X-1"}""";
    private const string Other = """{"id":"X-2"}""";
    private const string Broken = """{"id":}""";

    [Fact]
    public void Lines_are_records_and_broken_ones_are_left_out_with_their_place()
    {
        var (ids, tally) = Read(OsvBundle.Read(Utf8($"{Good}\r\n\n{Broken}\n{Other}"), OsvBundleForm.Lines, "some.jsonl"));

        Assert.Equal(["X-1", "X-2"], ids);
        Assert.Equal((2, 1), (tally.Read, tally.Skipped));
        Assert.StartsWith("some.jsonl:2", Assert.Single(tally.Skips).Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_too_long_is_passed_over()
    {
        var (ids, tally) = Read(OsvBundle.Read(Utf8($"{Good}\n{new string('x', OsvLimits.RecordBytesMax * 2)}\n{Other}\n"), OsvBundleForm.Lines, "b"));

        Assert.Equal(["X-1", "X-2"], ids);
        Assert.Equal("it is longer than 4 MiB", Assert.Single(tally.Skips).Why);
    }

    [Fact]
    public void Packed_lines_are_the_same_and_the_bytes_are_kept()
    {
        var records = OsvBundle.Read(Gzip($"{Good}\n{Other}\n"), OsvBundleForm.GzipLines, "b").ToList();

        Assert.Equal([Good, Other], records.Select(record => Encoding.UTF8.GetString(record.Json.Span)));
    }

    [Fact]
    public void A_zip_has_a_record_in_each_json_file()
    {
        var (ids, tally) = Read(OsvBundle.Read(Zip(("X-1.json", Good), ("a/X-2.JSON", Other), ("README.md", "hello"), ("bad.json", Broken)), OsvBundleForm.Zip, "all.zip"));

        Assert.Equal(["X-1", "X-2"], ids);
        Assert.Equal("all.zip:bad.json", Assert.Single(tally.Skips).Place);
    }

    [Fact]
    public void A_zip_entry_that_is_too_long_is_left_out()
    {
        var (ids, tally) = Read(OsvBundle.Read(Zip(("bomb.json", new string(' ', OsvLimits.RecordBytesMax + 1)), ("X-1.json", Good)), OsvBundleForm.Zip, "z"));

        Assert.Equal(["X-1"], ids);
        Assert.Equal("it is longer than 4 MiB", Assert.Single(tally.Skips).Why);
    }

    [Fact]
    public void Files_are_a_record_each()
    {
        var (ids, tally) = Read(OsvBundle.Files([new("a.json", () => Utf8($"\uFEFF{Good}")), new("b.json", () => Utf8(Broken)), new("c.json", () => Utf8(""))], "folder"));

        Assert.Equal(["X-1"], ids);
        Assert.Equal(["b.json", "c.json"], tally.Skips.Select(skip => skip.Place));
    }

    [Theory]
    [InlineData(OsvBundleForm.GzipLines)]
    [InlineData(OsvBundleForm.Zip)]
    public void A_damaged_bundle_is_one_problem(OsvBundleForm form)
    {
        using var whole = form == OsvBundleForm.Zip ? Zip(("X-1.json", Good)) : Gzip(Good);
        var bytes = whole.ToArray()[..^12];

        var problem = Assert.Throws<ProblemException>(() => Read(OsvBundle.Read(new MemoryStream(bytes), form, "cut"))).Problem;
        Assert.Equal((ProblemCode.AdvisoriesCorrupt, "the advisories in `cut` cannot be used: the file is damaged"), (problem.Code, problem.Message));
    }

    [Fact]
    public void The_form_is_known_by_the_first_bytes()
    {
        Assert.Equal(OsvBundleForm.Zip, OsvBundle.FormOf(Zip(("a", "b")).ToArray()));
        Assert.Equal(OsvBundleForm.GzipLines, OsvBundle.FormOf(Gzip("a").ToArray()));
        Assert.Equal(OsvBundleForm.Lines, OsvBundle.FormOf(Encoding.UTF8.GetBytes(Good)));
        Assert.Equal(OsvBundleForm.Lines, OsvBundle.FormOf([]));
    }

    [Fact]
    public void Every_record_of_the_data_is_read_even_those_that_break_the_schema()
    {
        var bundles = OsvData.Bundles();
        Assert.SkipWhen(bundles is null, "the shared data is not beside this checkout");

        var tally = new OsvTally();
        foreach (var path in bundles)
        {
            using var file = File.OpenRead(path);
            foreach (var record in OsvBundle.Read(file, OsvBundleForm.GzipLines, Path.GetFileName(path)))
            {
                tally.Add(record);
            }
        }

        Assert.Equal((12_944, 0), (tally.Read, tally.Skipped));
    }

    private static (List<string> Ids, OsvTally Tally) Read(IEnumerable<OsvRecord> records)
    {
        var (ids, tally) = (new List<string>(), new OsvTally());
        foreach (var record in records)
        {
            tally.Add(record);
            if (record.Advisory is { } advisory)
            {
                ids.Add(advisory.Id);
            }
        }

        return (ids, tally);
    }

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));

    private static MemoryStream Gzip(string text)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        packed.Position = 0;
        return packed;
    }

    private static MemoryStream Zip(params (string Name, string Text)[] entries)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        packed.Position = 0;
        return packed;
    }
}
