namespace Registry.Benchmarks.Resolve;

/// <summary>
/// Checks answers against the file itself, edge by edge. Shares nothing with the solver: it knows neither facts nor
/// packed sets.
/// </summary>
public static class EdgeChecker
{
    /// <summary>How many rules a solution breaks: the root is in it, each package once, each dependency inside its intervals.</summary>
    public static int Violations(IReadOnlyList<PlainPackage> packages, int root, int rootOrdinal, IReadOnlyDictionary<int, int> chosen)
    {
        var violations = chosen.TryGetValue(root, out var ordinal) && ordinal == rootOrdinal ? 0 : 1;
        foreach (var (id, version) in chosen)
        {
            var package = packages[id];
            if ((uint)version >= (uint)package.Versions.Length)
            {
                violations++;
                continue;
            }

            foreach (var dependency in package.Dependencies(package.SetOf[version]))
            {
                if (!chosen.TryGetValue(dependency.Target, out var target) || !dependency.Allows(target))
                {
                    violations++;
                }
            }
        }

        return violations;
    }
}
