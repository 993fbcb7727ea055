using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Security;

/// <summary>Says which advisories a version of a package has (rules in docs/AUDIT.md).</summary>
public static class AdvisoryMatcher
{
    public static ImmutableArray<AdvisoryMatch> Match(AdvisoryIndex index, string ecosystem, string package, SemanticVersion version) =>
        Match(index, new(ecosystem, package), version);

    /// <summary>One match a flaw, the gravest first.</summary>
    public static ImmutableArray<AdvisoryMatch> Match(
        AdvisoryIndex index, AdvisedPackage package, SemanticVersion version, WithdrawnAdvisories withdrawn = WithdrawnAdvisories.Hidden)
    {
        var found = new List<IndexedAdvisory>();
        foreach (var ecosystem in package.Ecosystems)
        {
            foreach (var entry in index.Of(ecosystem, package.Name))
            {
                if ((withdrawn == WithdrawnAdvisories.Shown || entry.Header.Withdrawn is null) && entry.Versions.Covers(version) != false)
                {
                    found.Add(entry);
                }
            }
        }

        return found.Count == 0 ? [] : AdvisoryMerge.Of(found, package.Ecosystems, version);
    }

    /// <summary>
    /// What all advisories together say of a package's versions, for a search of versions without any: those affected are
    /// out, and where the answer is incomplete nobody can promise more.
    /// </summary>
    /// <param name="counts">Which advisories count (not those about a package nobody looks after, say); all when null.</param>
    public static AffectedVersions Affected(AdvisoryIndex index, AdvisedPackage package, Predicate<IndexedAdvisory>? counts = null)
    {
        var all = AffectedVersions.Nothing;
        foreach (var ecosystem in package.Ecosystems)
        {
            foreach (var entry in index.Of(ecosystem, package.Name))
            {
                if (entry.Header.Withdrawn is null && (counts is null || counts(entry)))
                {
                    all = all.With(entry.Versions);
                }
            }
        }

        return all;
    }
}
