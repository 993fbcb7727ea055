using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <summary>Who in the registry depends on a package. Read one by one, so only where there are few enough to read.</summary>
internal static class DependentsCount
{
    /// <summary>Packages of a registry whose newest release is looked at.</summary>
    private const int PackagesMax = 2_000;

    /// <summary>Null when it would cost too much, or the registry cannot be read.</summary>
    public static async Task<Dependents?> OfAsync(PackageFacts facts, PackageSources sources, CancellationToken cancellation)
    {
        // A package that nobody could have asked for yet.
        if (facts.Index is null || facts.TargetProblem is not null)
        {
            return facts.IndexProblem is null && facts.TargetProblem is null ? new(0, 0) : null;
        }

        try
        {
            var all = await sources.ReadNamesAsync(facts.Target.Registry, cancellation).ConfigureAwait(false);
            var names = all.Take(PackagesMax + 1).ToArray();
            if (names.Length > PackagesMax)
            {
                return null;
            }

            var origin = new DependencyOrigin.Feed(facts.Target.Registry);
            var answers = await sources.ReadAllAsync([.. names.Select(name => new PackageKey(name.Name, origin))], Silence.Instance, cancellation).ConfigureAwait(false);
            var needs = answers.Select(answer => answer.Package?.Index.Latest?.Dependencies.FirstOrDefault(
                dependency => dependency.Name == facts.Id.Name && dependency.Group != DependencyGroup.Dev)).OfType<Dependency>().ToArray();
            return new(needs.Length, needs.Count(dependency => dependency.Constraint.Admits(facts.Id.Version)));
        }
        catch (ProblemException)
        {
            return null;
        }
    }
}
