using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats.Archives;

public sealed class ArchiveWriterTests
{
    private static readonly ArchiveInput[] Files =
    [
        ArchiveInput.FromBytes("src/z.gal", Encoding.UTF8.GetBytes(new string('z', 300_000))),
        ArchiveInput.FromBytes("cairn.toml", "[package]"u8.ToArray()),
        ArchiveInput.FromBytes("bin/run", "#!/bin/sh"u8.ToArray(), FileKind.Executable),
        ArchiveInput.FromBytes("\u00E9/\u4E2D.txt", []),
        ArchiveInput.FromBytes($"{new string('a', 120)}/{new string('b', 119)}", "long"u8.ToArray()),
        ArchiveInput.FromBytes($"{new string('c', 70)}/{new string('d', 90)}", "prefix"u8.ToArray()),
    ];

    [Fact]
    public void Order_of_input_culture_and_clock_do_not_show_in_the_bytes()
    {
        var first = Write(Files);
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NegativeSign = "~" } };
        var second = Write([.. Files.Reverse()]);
        CultureInfo.CurrentCulture = culture;

        Assert.Equal(first, second);
    }

    /// <summary>The bytes of the tar inside are a promise; those of gzip hold for one version of the runtime.</summary>
    [Fact]
    public void The_tar_inside_stays_the_same_for_good()
    {
        var tar = new MemoryStream();
        new GZipStream(new MemoryStream(Write(Files)), CompressionMode.Decompress).CopyTo(tar);

        Assert.Equal("sha256:25c79fcb5152f1bef8ef96d3c35aa9bab8a495d2359fe884c57e6e16bd517ae4", ContentHash.Of(tar.ToArray()).ToString());
        Assert.Equal("tree:73e1d31dce479c1ebbe30fd14e7943c4f18cd7559c926fb762ef98501ca11e3c", ArchiveReader.List(Write(Files), ArchiveRules.Publish).Tree.ToString());
    }

    [Fact]
    public void The_header_of_gzip_names_no_machine() =>
        Assert.Equal(new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF }, Write(Files)[..10]);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Permissions_and_times_on_disk_do_not_show_in_the_bytes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no permissions of this kind");
        using var sandbox = new Sandbox();
        var a = sandbox.Write("a/cairn.toml", "x");
        var b = sandbox.Write("b/cairn.toml", "x");
        File.SetUnixFileMode(a, UnixFileMode.UserRead);
        File.SetUnixFileMode(b, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        File.SetLastWriteTimeUtc(b, new DateTime(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(Write([ArchiveInput.FromFile("cairn.toml", a)]), Write([ArchiveInput.FromFile("cairn.toml", b)]));
    }

    [Fact]
    public void What_is_written_is_read_back_the_same() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var random = new Random(seed);
            var files = Enumerable.Range(0, random.Next(1, 20)).Select(i =>
            {
                var content = new byte[random.Next(0, 3) * random.Next(0, 2000)];
                random.NextBytes(content);
                var folder = string.Concat(Enumerable.Repeat("folder/", random.Next(0, 20)));
                return (Path: $"{folder}f{i}", Content: content, Kind: (FileKind)random.Next(2));
            }).ToArray();
            var output = new MemoryStream();
            var written = ArchiveWriter.Write(
                output, "p-1.0.0", files.Select(file => ArchiveInput.FromBytes(file.Path, file.Content, file.Kind)), ArchiveRules.Install);
            var listing = ArchiveReader.List(output.ToArray(), ArchiveRules.Install);
            return listing.Tree == written.Reference.Tree
                && ContentHash.Of(output.ToArray()) == written.Reference.Hash
                && written.Reference.Size == output.Length
                && listing.Summary == new ArchiveSummary("p-1.0.0", files.Length, written.Unpacked)
                && files.All(file => ArchiveReader.ReadFile(output.ToArray(), file.Path, ArchiveRules.Install)!.AsSpan().SequenceEqual(file.Content));
        }));

    [Fact]
    public void Other_programs_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs tar");
        using var sandbox = new Sandbox();
        File.WriteAllBytes(sandbox.At("a.tar.gz"), Write(Files));

        using var tar = Process.Start(new ProcessStartInfo("tar", ["-xzf", "a.tar.gz"]) { WorkingDirectory = sandbox.Path })!;
        tar.WaitForExit();

        Assert.Equal(0, tar.ExitCode);
        Assert.Equal(ArchiveReader.List(Write(Files), ArchiveRules.Publish).Tree, FolderReader.Hash(sandbox.At("p-1.0.0")));
    }

    [Theory]
    [InlineData("../x", ArchiveReason.Path)]
    [InlineData("a/../x", ArchiveReason.Path)]
    [InlineData("/x", ArchiveReason.Path)]
    [InlineData("nul", ArchiveReason.Path)]
    [InlineData(".git/config", ArchiveReason.ForbiddenFile)]
    [InlineData("CAIRN.toml", ArchiveReason.ManifestDuplicate)]
    public void What_the_reader_would_refuse_is_not_written(string path, ArchiveReason reason)
    {
        var failure = Assert.Throws<ProblemException>(() => Write([.. Files, ArchiveInput.FromBytes(path, [])]));

        Assert.Equal(reason, Assert.IsType<ArchiveDetail>(failure.Problem.Detail).Reason);
    }

    [Fact]
    public void The_tree_hash_is_the_documented_sum()
    {
        var lines = "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0  0  a\n"
            + "3e744b9dc39389baf0c5a0660589b8402f3dbb49b89b3e75f2c9355852a3c677  x  b/c\n";
        var files = new[] { ArchiveInput.FromBytes("b/c", "bbb"u8.ToArray(), FileKind.Executable), ArchiveInput.FromBytes("a", "aaa"u8.ToArray()) };

        var tree = ArchiveWriter.Write(new MemoryStream(), "p", files, ArchiveRules.Install).Reference.Tree;

        Assert.Equal(ContentHash.Of(Encoding.UTF8.GetBytes(lines)).Hex, tree!.Hex);
    }

    [Fact]
    public void The_top_folder_of_a_namespaced_package_is_one_folder() => Assert.Equal(
        "acme-log-1.2.0-rc.1", ArchiveWriter.TopFolder(new(PackageName.Parse("acme/log"), SemanticVersion.Parse("1.2.0-rc.1"))));

    private static byte[] Write(ArchiveInput[] files)
    {
        var output = new MemoryStream();
        ArchiveWriter.Write(output, "p-1.0.0", files, ArchiveRules.Publish);
        return output.ToArray();
    }
}
