using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Registry.Engine.Model;
using Registry.Engine.Operations.Searching;

namespace Registry.Engine.Tests.Operations;

public sealed class NameIndexTests
{
    private static readonly NameIndex Index = new(
    [
        Package("serde", "a serialisation framework", "serialisation"),
        Package("serde_json", "JSON for serde", "json"),
        Package("json", "reads and writes JSON"),
        Package("simd-json", "fast", "json", "simd"),
        Package("http-core", "HTTP messages"),
        Package("acme/http", "our own client"),
        Package("left-pad", "pads on the left; no json here"),
    ]);

    [Theory]
    [InlineData("serde", "serde serde_json")]
    [InlineData("json", "json simd-json serde_json left-pad")]
    [InlineData("http", "http-core acme/http")]
    [InlineData("SERDE.JSON", "serde_json")]
    [InlineData("srdjs", "serde_json")]
    [InlineData("json fast", "simd-json")]
    [InlineData("serialisation", "serde")]
    [InlineData("@acme", "acme/http")]
    [InlineData("", "")]
    [InlineData("zebra", "")]
    public void The_best_match_comes_first(string query, string names) =>
        Assert.Equal(names, string.Join(' ', Index.Search(query, 10).Best.Select(hit => hit.Package.Name)));

    [Fact]
    public void The_characters_that_matched_are_known() =>
        Assert.Equal([0, 2, 3, 6, 7], Index.Search("srdjs", 1).Best[0].Matched);

    [Fact]
    public void Only_so_many_are_handed_back_and_all_are_counted()
    {
        var hits = Index.Search("json", 2);

        Assert.Equal((2, 4), (hits.Best.Length, hits.Total));
    }

    [Fact]
    public void Typing_on_gives_what_a_fresh_search_gives()
    {
        var words = new[] { "se", "js", "ht", "co", "de", "rde", "on", " ", "a", "-" };
        var index = new NameIndex(from a in words
                                  from b in words
                                  from c in words
                                  let name = (a + b + c).Replace(" ", "x", StringComparison.Ordinal).Replace("--", "-", StringComparison.Ordinal)
                                  where PackageName.TryParse(name, out _)
                                  select Package(name, $"{c} {a}"));

        Prop.ForAll(Gen.Elements(words).ListOf(4).Select(parts => string.Concat(parts)).ToArbitrary(), query =>
        {
            SearchHits? typed = null;
            for (var length = 1; length <= query.Length; length++)
            {
                typed = index.Search(query[..length], 5, typed);
            }

            var fresh = index.Search(query, 5);
            return typed!.Total == fresh.Total
                && typed.Best.Select(hit => (hit.Package.Name, hit.Score)).SequenceEqual(fresh.Best.Select(hit => (hit.Package.Name, hit.Score)));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("Serde_JSON", "École, ßtraße und İstanbul 色彩 🎨", "JSON", "Ünï")]
    [InlineData("acme/Left.Pad", "", "")]
    [InlineData("x", "A")]
    public void A_package_comes_back_as_it_was_given(string name, string description, params string[] keywords)
    {
        var given = new[] { "zebra", name }.Select(each => Package(each, description, keywords)).ToArray();

        var found = new NameIndex(given).Search(name, 1).Best[0].Package;

        Assert.Equal((name, description, given[1].Latest, "main"), (found.Name.Value, found.Description, found.Latest, found.Registry));
        Assert.Equal(keywords, found.Keywords);
    }

    [Fact]
    public void Texts_are_found_in_any_case_and_control_characters_are_not_kept()
    {
        var index = new NameIndex([Package("a", "line\nÉCOLE\u0001\u001b[31m", "x\ny")]);

        Assert.Equal("line ÉCOLE  [31m", index.Search("école", 1).Best[0].Package.Description);
        Assert.Equal(["x y"], index.Search("line", 1).Best[0].Package.Keywords);
    }

    [Fact]
    public void The_index_takes_little_more_than_its_texts()
    {
        var index = new NameIndex(Enumerable.Range(0, 1000).Select(i => Package($"package-{i:000}", "forty characters of text for each of them")));

        Assert.InRange(index.Bytes / 1000, 60, 110);
    }

    private static FoundPackage Package(string name, string description, params string[] keywords) =>
        new(PackageName.Parse(name), SemanticVersion.Parse("1.0.0"), description, [.. keywords], "main");
}
