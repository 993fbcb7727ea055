using Registry.Engine.Model;
using Registry.Engine.Resolution.Lowering;

namespace Registry.Engine.Resolution;

/// <summary>
/// Packages of a failed solve whose requirements have no stable release in common but a pre-release: there "if needed"
/// means that it is.
/// </summary>
internal static class PrereleaseNeed
{
    public static IEnumerable<PackageName> In(FactBook lowering, IEnumerable<int> core) =>
        from asked in core.Where(fact => fact >= 0).Select(lowering.Info).OfType<LineFact>()
            .Where(info => info.Feature is null && info.Line.Table is not null)
            .Select(info => info.Line).Distinct().GroupBy(line => line.Table!)
        where asked.Any(a => asked.Any(b => MeetAtPrerelease(lowering, asked.Key, a.Constraint, b.Constraint)))
        select asked.Key.Name;

    private static bool MeetAtPrerelease(FactBook lowering, PackageTable table, Constraint a, Constraint b)
    {
        var meets = false;
        foreach (var release in table.Releases)
        {
            var version = release.Id.Version;
            if (lowering.Admission.Unavailable(table, release) is not null)
            {
                continue;
            }

            if (a.Admits(version) && b.Admits(version) && !version.IsPrerelease)
            {
                return false;
            }

            meets |= version.IsPrerelease && a.AdmitsWithPrereleases(version) && b.AdmitsWithPrereleases(version);
        }

        return meets;
    }
}
