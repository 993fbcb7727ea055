using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Security;

/// <summary>Makes one match of the advisories that share an id or an alias, directly or through others.</summary>
internal static class AdvisoryMerge
{
    public static ImmutableArray<AdvisoryMatch> Of(List<IndexedAdvisory> found, ImmutableArray<string> ecosystems, SemanticVersion version)
    {
        var group = Groups(found);
        var matches = new List<AdvisoryMatch>();
        foreach (var members in Enumerable.Range(0, found.Count).GroupBy(i => group[i], i => found[i]))
        {
            matches.Add(MatchOf([.. members], ecosystems, version));
        }

        matches.Sort(static (a, b) => Compare(a, b));
        return [.. matches];
    }

    /// <summary>For each entry the first entry it belongs together with.</summary>
    private static int[] Groups(List<IndexedAdvisory> found)
    {
        var group = new int[found.Count];
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < found.Count; i++)
        {
            group[i] = i;
            foreach (var id in found[i].Header.Aliases.Prepend(found[i].Header.Id))
            {
                if (!owners.TryAdd(id, i))
                {
                    Join(group, Root(group, owners[id]), Root(group, i));
                }
            }
        }

        for (var i = 0; i < group.Length; i++)
        {
            group[i] = Root(group, i);
        }

        return group;
    }

    private static int Root(int[] group, int i)
    {
        while (group[i] != i)
        {
            i = group[i] = group[group[i]];
        }

        return i;
    }

    private static void Join(int[] group, int a, int b) => group[Math.Max(a, b)] = Math.Min(a, b);

    private static AdvisoryMatch MatchOf(ImmutableArray<IndexedAdvisory> members, ImmutableArray<string> ecosystems, SemanticVersion version)
    {
        var order = new AdvisoryIdOrder(ecosystems);
        members = members.Sort((a, b) => order.Compare(a.Header.Id, b.Header.Id));
        ImmutableArray<string> ids =
        [
            .. members.SelectMany(member => member.Header.Aliases.Prepend(member.Header.Id)).Distinct(StringComparer.OrdinalIgnoreCase).Order(order),
        ];
        var versions = AffectedVersions.OfAny([.. members.Select(member => member.Versions)]);
        var certainty = versions.Set.Contains(version) ? MatchCertainty.Affected : MatchCertainty.CannotTell;
        return new(
            ids[0], ids, members, certainty, members.Min(member => member.Category),
            Cvss.Best(members.Select(member => member.Rating)), versions, versions.FirstFixedAfter(version));
    }

    private static int Compare(AdvisoryMatch a, AdvisoryMatch b)
    {
        var order = a.Certainty.CompareTo(b.Certainty);
        order = order != 0 ? order : (a.Category == AdvisoryCategory.Malware ? 0 : 1) - (b.Category == AdvisoryCategory.Malware ? 0 : 1);
        order = order != 0 ? order : b.Rating.Severity.CompareTo(a.Rating.Severity);
        order = order != 0 ? order : Nullable.Compare(b.Rating.Score, a.Rating.Score);
        order = order != 0 ? order : a.Category.CompareTo(b.Category);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }
}
