using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>What a manifest promises now, beside what the release before promised.</summary>
internal static class ManifestComparison
{
    public static IEnumerable<PackageChange> Of(Release before, Manifest after) =>
    [
        .. Features(before, after),
        .. Dependencies(before, after),
        .. Engines(before, after),
        .. Links(before, after),
    ];

    private static IEnumerable<PackageChange> Features(Release before, Manifest after)
    {
        foreach (var (name, turns) in before.Features)
        {
            if (!after.Features.TryGetValue(name, out var now))
            {
                yield return new('-', $"feature {name}", VersionStep.Major);
            }
            else if (turns.Except(now, StringComparer.Ordinal).FirstOrDefault() is { } lost)
            {
                yield return new('~', $"feature {name} no longer turns on {lost}", VersionStep.Major);
            }
            else if (now.Except(turns, StringComparer.Ordinal).FirstOrDefault() is { } won)
            {
                yield return new('~', $"feature {name} also turns on {won}", VersionStep.Minor);
            }
        }

        foreach (var name in after.Features.Keys.Where(name => !before.Features.ContainsKey(name)))
        {
            yield return new('+', $"feature {name}", VersionStep.Minor);
        }
    }

    private static IEnumerable<PackageChange> Dependencies(Release before, Manifest after)
    {
        var old = before.Dependencies.Where(dependency => dependency.Group != DependencyGroup.Dev).ToDictionary(Key);
        var now = after.Dependencies.Where(dependency => dependency.Group != DependencyGroup.Dev).ToDictionary(Key);
        foreach (var (key, dependency) in now.Where(pair => !old.ContainsKey(pair.Key)))
        {
            yield return new('+', $"needs {dependency.LocalName} {dependency.Constraint}", VersionStep.Minor);
        }

        foreach (var (key, dependency) in old)
        {
            if (!now.TryGetValue(key, out var kept))
            {
                // An optional dependency is a feature of its own name.
                yield return new('-', $"needs {dependency.LocalName}", dependency.IsOptional ? VersionStep.Major : VersionStep.Patch);
            }
            else if (!kept.Constraint.Equals(dependency.Constraint))
            {
                var overlaps = kept.Constraint.Versions.Overlaps(dependency.Constraint.Versions);
                yield return new('~', $"needs {dependency.LocalName} {dependency.Constraint} -> {kept.Constraint}", overlaps ? VersionStep.Patch : VersionStep.Minor);
            }
        }
    }

    private static (DependencyGroup, string) Key(Dependency dependency) => (dependency.Group, dependency.LocalName);

    private static IEnumerable<PackageChange> Engines(Release before, Manifest after)
    {
        var now = after.Package!.Engines;
        foreach (var (name, constraint) in now)
        {
            var old = before.Engines.GetValueOrDefault(name);
            if (old is null || !old.Equals(constraint))
            {
                var isStricter = old is null || !old.Versions.IsSubsetOf(constraint.Versions);
                yield return new(old is null ? '+' : '~', $"asks for {name} {constraint}", isStricter ? VersionStep.Minor : VersionStep.Patch);
            }
        }

        foreach (var name in before.Engines.Keys.Where(name => !now.ContainsKey(name)))
        {
            yield return new('-', $"asks for {name}", VersionStep.Patch);
        }
    }

    private static IEnumerable<PackageChange> Links(Release before, Manifest after)
    {
        if (before.Links != after.Package!.Links)
        {
            yield return new('~', $"links {before.Links ?? "nothing"} -> {after.Package.Links ?? "nothing"}", VersionStep.Major);
        }
    }
}
