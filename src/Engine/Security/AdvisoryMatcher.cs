using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Security;

/// <summary>Says which advisories a version of a package has (rules in docs/AUDIT.md).</summary>
public static class AdvisoryMatcher
{
    /// <summary>The matches of a package that one index knows under one ecosystem.</summary>
    public static ImmutableArray<AdvisoryMatch> Match(AdvisoryIndex index, string ecosystem, string package, SemanticVersion version) =>
        Match(index.Of(ecosystem, package), [ecosystem], version);

    /// <summary>One match a flaw, the gravest first.</summary>
    /// <param name="known">
    /// All that is known of the package, from any number of indexes and ecosystems (<see cref="AdvisoryIndex.Of"/>). Of
    /// entries with one id only those count that were modified last, so nothing may be left out before.
    /// </param>
    /// <param name="homes">The ecosystems whose own databases give the ids to call flaws by.</param>
    public static ImmutableArray<AdvisoryMatch> Match(
        ImmutableArray<IndexedAdvisory> known, ImmutableArray<string> homes, SemanticVersion version, WithdrawnAdvisories withdrawn = WithdrawnAdvisories.Hidden)
    {
        var found = new List<IndexedAdvisory>();
        foreach (var entry in Newest(known))
        {
            if ((withdrawn == WithdrawnAdvisories.Shown || entry.Header.Withdrawn is null) && entry.Versions.Covers(version) != false)
            {
                found.Add(entry);
            }
        }

        return found.Count == 0 ? [] : AdvisoryMerge.Of(found, homes, version);
    }

    private static ImmutableArray<IndexedAdvisory> Newest(ImmutableArray<IndexedAdvisory> known)
    {
        var newest = new Dictionary<string, DateTimeOffset>(known.Length, StringComparer.Ordinal);
        var isOneEach = true;
        foreach (var (id, modified) in known.Select(entry => (entry.Header.Id, entry.Header.Modified)))
        {
            isOneEach &= newest.TryAdd(id, modified);
            newest[id] = modified > newest[id] ? modified : newest[id];
        }

        return isOneEach ? known : known.RemoveAll(entry => entry.Header.Modified < newest[entry.Header.Id]);
    }
}
