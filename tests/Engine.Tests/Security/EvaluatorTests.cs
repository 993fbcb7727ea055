using System.Text.Json;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Security;
using Registry.Testing;

namespace Registry.Engine.Tests.Security;

/// <summary>The matcher beside an evaluator that shares nothing with it, over all advisories of the data.</summary>
public sealed class EvaluatorTests
{
    private const int VersionsPerPackageMax = 16;

    private sealed record World(AdvisoryIndex Index, Dictionary<(string Ecosystem, string Name), List<JsonElement>> Records);

    [Fact]
    public void RustSec_over_the_published_versions_of_crates_agrees()
    {
        var bundles = OsvData.Bundles();
        var crates = Repository.SharedData("resolver/crates-2025-08-6k.plain.jsonl.gz");
        Assert.SkipWhen(bundles is null || crates is null, "the shared data is not beside this checkout");
        var world = Read(bundles.Where(path => path.Contains("rustsec", StringComparison.Ordinal)));

        var wanted = world.Records.Keys.Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        var published = OsvData.CrateVersions(crates, wanted);
        var seen = Compare(world, (_, name, _) => published.GetValueOrDefault(name, []));

        Assert.True(seen is { Versions: > 4000, Affected: > 1000 }, seen.ToString());
    }

    [Fact]
    public void All_ecosystems_agree_around_every_bound()
    {
        var bundles = OsvData.Bundles();
        Assert.SkipWhen(bundles is null, "the shared data is not beside this checkout");
        var world = Read(bundles);

        var seen = Compare(world, (ecosystem, name, records) => Around(ecosystem, name, records));

        Assert.True(seen is { Versions: > 40_000, Affected: > 80_000, Unclear: > 5000 }, seen.ToString());
    }

    private static World Read(IEnumerable<string> bundles)
    {
        var builder = new AdvisoryIndexBuilder();
        var records = new Dictionary<(string, string), List<JsonElement>>();
        var spelled = new Dictionary<(string, string), (string, string)>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in bundles.SelectMany(OsvData.Lines))
        {
            builder.Add(OsvReader.Read(line, "a line"), new(0, line.Length));
            var record = JsonDocument.Parse(line).RootElement;
            Assert.True(ids.Add(record.GetProperty("id").GetString()!));
            var packages = StraightEvaluator.Items(record, "affected").Select(affected => affected.GetProperty("package"))
                .Select(package => (Ecosystem: package.GetProperty("ecosystem").GetString()!, Name: package.GetProperty("name").GetString()!));
            foreach (var (ecosystem, name) in packages.DistinctBy(package => (package.Ecosystem, StraightEvaluator.Plain(package.Name))))
            {
                // Spellings of one name go together, under the first of them.
                var key = spelled.TryGetValue((ecosystem, StraightEvaluator.Plain(name)), out var first) ? first : spelled[(ecosystem, StraightEvaluator.Plain(name))] = (ecosystem, name);
                (records.TryGetValue(key, out var list) ? list : records[key] = []).Add(record);
            }
        }

        return new(builder.Build(), records);
    }

    private static (int Versions, int Affected, int Unclear) Compare(World world, Func<string, string, List<JsonElement>, IEnumerable<string>> versionsOf)
    {
        var (versions, affected, unclear) = (0, 0, 0);
        foreach (var ((ecosystem, name), records) in world.Records)
        {
            foreach (var text in versionsOf(ecosystem, name, records))
            {
                var expected = records
                    .Select(record => (Id: record.GetProperty("id").GetString()!, Answer: StraightEvaluator.Evaluate(record, ecosystem, name, text)))
                    .Where(said => said.Answer != StraightEvaluator.Answer.No).ToDictionary(said => said.Id, said => said.Answer);
                var matches = AdvisoryMatcher.Match(world.Index, ecosystem, name, SemanticVersion.Parse(text));

                Check($"{ecosystem} {name} {text}", expected, matches, SemanticVersion.Parse(text));
                versions++;
                affected += matches.Count(match => match.Certainty == MatchCertainty.Affected);
                unclear += matches.Count(match => match.Certainty == MatchCertainty.CannotTell);
            }
        }

        return (versions, affected, unclear);
    }

    private static void Check(
        string what, Dictionary<string, StraightEvaluator.Answer> expected, IReadOnlyList<AdvisoryMatch> matches, SemanticVersion version)
    {
        var found = matches.SelectMany(match => match.Advisories).ToDictionary(
            advisory => advisory.Header.Id,
            advisory => advisory.Versions.Covers(version) == true ? StraightEvaluator.Answer.Yes : StraightEvaluator.Answer.Unclear);
        if (!expected.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(found.OrderBy(pair => pair.Key, StringComparer.Ordinal)))
        {
            Assert.Fail($"{what}: expected {string.Join(", ", expected)}, found {string.Join(", ", found)}");
        }

        foreach (var match in matches)
        {
            var isSure = match.Advisories.Any(advisory => expected[advisory.Header.Id] == StraightEvaluator.Answer.Yes);
            Assert.Equal(isSure ? MatchCertainty.Affected : MatchCertainty.CannotTell, match.Certainty);
            Assert.True(HangsTogether([.. match.Advisories.Select(advisory => advisory.Header)]), what);
            Assert.True(match.FirstFixed is not { } better || (better > version && match.Versions.Covers(better) != true), what);
        }

        // No two matches share an id.
        var ids = matches.SelectMany(match => match.Ids).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    /// <summary>Whether each is reached from the first by ids that two of them share.</summary>
    private static bool HangsTogether(List<AdvisoryHeader> headers)
    {
        var reached = new HashSet<string>(headers[0].Aliases, StringComparer.OrdinalIgnoreCase) { headers[0].Id };
        var left = headers.Skip(1).ToList();
        while (left.FindIndex(header => reached.Contains(header.Id) || header.Aliases.Any(reached.Contains)) is var next and >= 0)
        {
            reached.UnionWith(left[next].Aliases.Append(left[next].Id));
            left.RemoveAt(next);
        }

        return left.Count == 0;
    }

    /// <summary>The versions that the records name and their neighbours on both sides; a spread of them when there are many.</summary>
    private static List<string> Around(string ecosystem, string name, List<JsonElement> records)
    {
        var near = new SortedSet<SemanticVersion> { new(0, 0, 0), new(1, 0, 0), new(999, 0, 0), SemanticVersion.Parse("0.0.0-0") };
        foreach (var affected in records.SelectMany(record => StraightEvaluator.Items(record, "affected")))
        {
            var package = affected.GetProperty("package");
            if (package.GetProperty("ecosystem").GetString() != ecosystem || StraightEvaluator.Plain(package.GetProperty("name").GetString()!) != StraightEvaluator.Plain(name))
            {
                continue;
            }

            var named = StraightEvaluator.Items(affected, "ranges").SelectMany(range => StraightEvaluator.Items(range, "events"))
                .SelectMany(item => item.EnumerateObject()).Select(item => item.Value.GetString()!)
                .Concat(StraightEvaluator.Items(affected, "versions").Select(item => item.GetString()!));
            foreach (var text in named)
            {
                if (SemanticVersion.TryParse(text, out var version) || SemanticVersion.TryParse(text + ".0", out version))
                {
                    near.UnionWith(
                    [
                        version, new(version.Major, version.Minor, version.Patch), new(version.Major, version.Minor, version.Patch + 1),
                        new(version.Major, version.Minor, Math.Max(0, version.Patch - 1)), version.LowestPrerelease, version.Release.WithPrerelease("rc.1"),
                    ]);
                }
            }
        }

        var step = (near.Count / VersionsPerPackageMax) + 1;
        return [.. near.Where((_, i) => i % step == 0).Select(version => version.ToString())];
    }
}
