using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats;

/// <summary>Whatever stands in a file, it is read or refused with a place and a hint; nothing else is ever thrown.</summary>
public sealed class HostileTextLaws
{
    private static readonly string Manifest = Fixture("Manifests/Fixtures/gal.toml");
    private static readonly string Registries = Fixture("Manifests/Fixtures/registries.toml");
    private static readonly string Lockfile = Fixture("Lockfiles/Fixtures/gal.lock");

    [Fact]
    public void Damaged_manifests_are_read_or_refused() => Law.Holds(Damaged(Manifest), text =>
        AssertReadOrRefused(() => Assert.Equal(text, ManifestDocument.Parse(text, "t").Text)), 2000);

    [Fact]
    public void Damaged_registries_are_read_or_refused() => Law.Holds(Damaged(Registries), text =>
        AssertReadOrRefused(() => Assert.Equal(text, RegistriesDocument.Parse(text, "t").Text)), 1000);

    [Fact]
    public void Damaged_lockfiles_are_read_or_refused() => Law.Holds(Damaged(Lockfile), text =>
        AssertReadOrRefused(() => LockfileText.Read(text, "t")), 2000);

    [Fact]
    public void Any_bytes_are_read_or_refused() => Law.Holds(
        from bytes in Gen.ArrayOf(Gen.Frequency((5, Gen.Elements("[]{}=.,\"'#\\\n ab1-"u8.ToArray())), (1, Gen.Choose(0, 255).Select(b => (byte)b)))) select bytes,
        bytes => AssertReadOrRefused(() => Assert.Equal(bytes, Encoding.UTF8.GetBytes(TomlDocument.Parse(bytes, "t").Text))), 3000);

    [Fact]
    public void A_manifest_full_of_unknown_keys_is_warned_about_within_bounds()
    {
        var keys = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"k{i}=1\n"));
        var document = ManifestDocument.Parse($"{keys}[package]\nname = \"me\"\nversion = \"1.0.0\"\n", "t");

        Assert.Equal(50, document.Warnings.Length);
    }

    /// <summary>A few pieces taken out, put in elsewhere, or replaced by what could confuse a reader.</summary>
    private static Gen<string> Damaged(string text) =>
        from count in Gen.Choose(1, 3)
        from cuts in Gen.ArrayOf(Gen.Choose(0, text.Length - 1), count)
        from lengths in Gen.ArrayOf(Gen.Choose(0, 12), count)
        from inserts in Gen.ArrayOf(Pieces, count)
        select cuts.Zip(lengths, inserts).Aggregate(text, (damaged, cut) =>
        {
            var at = Math.Min(cut.First, damaged.Length);
            return damaged[..at] + cut.Third + damaged[Math.Min(damaged.Length, at + cut.Second)..];
        });

    private static readonly Gen<string> Pieces = Gen.Elements(
        "", "", "\"", "'", "\"\"\"", "=", "[", "]", "{", "}", "[[", ".", ",", "#", "\n", "\r", "\\", "0", "-1", "1e999", "9999-99-99", "true", "nan",
        "version", "path = 1\n", "[dependencies]\n", "features = [[]]\n", "[workspace]\n", "\u0000", "\u202E", "\uFEFF", "*", ">2 <1", "a/b/c");

    private static void AssertReadOrRefused(Action read)
    {
        try
        {
            read();
        }
        catch (ProblemException e)
        {
            Assert.NotNull(e.Problem.Place);
            Assert.NotNull(e.Problem.Hint);
        }
    }

    private static string Fixture(string path) =>
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Engine.Tests", "Formats", path));
}
