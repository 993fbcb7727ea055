using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Resolution;

/// <summary>
/// Whether a small request has any resolution, by trying every version for every dependency in turn. Slow, obvious, and
/// shares nothing with the solver.
/// </summary>
internal sealed class BruteForce(World world, ResolutionRequest request)
{
    private const int StepsMax = 200_000;

    private int _steps;

    /// <returns>Null when it took too long to say.</returns>
    public bool? HasResolution()
    {
        var state = new State([], [], []);
        foreach (var root in request.Roots)
        {
            var release = new Release(
                new(root.Manifest.Package!.Name, root.Manifest.Package.Version), null, ReleaseStatus.Ok,
                new ReleaseDetails { Dependencies = root.Manifest.Dependencies, Features = root.Manifest.Features });
            state.Features[release.Id] = ["default"];
            state.Chosen[(release.Id.Name, "root")] = release;
        }

        var answer = Search(state);
        return _steps > StepsMax ? null : answer;
    }

    private sealed record State(
        Dictionary<(PackageName Name, string Range), Release> Chosen,
        Dictionary<(PackageId From, int Line), Release> Edges,
        Dictionary<PackageId, HashSet<string>> Features)
    {
        public State Copy() => new(new(Chosen), new(Edges), Features.ToDictionary(f => f.Key, f => f.Value.ToHashSet()));
    }

    private bool Search(State state)
    {
        if (++_steps > StepsMax || !Close(state))
        {
            return false;
        }

        foreach (var release in state.Chosen.Values.ToList())
        {
            for (var line = 0; line < release.Dependencies.Length; line++)
            {
                if (IsActive(state, release, release.Dependencies[line]) && !state.Edges.ContainsKey((release.Id, line)))
                {
                    return TryEach(state, release, line);
                }
            }
        }

        return !state.Chosen.Values.Where(r => r.Links is not null).GroupBy(r => r.Links).Any(g => g.Count() > 1);
    }

    private bool TryEach(State state, Release from, int line)
    {
        var dependency = from.Dependencies[line];
        foreach (var release in world.Releases(dependency.Name).Where(r => r.Status == ReleaseStatus.Ok && dependency.Constraint.Admits(r.Id.Version) && IsWished(state, r)))
        {
            var key = (dependency.Name, Range(release.Id.Version));
            if (state.Chosen.TryGetValue(key, out var other) && other.Id.Version != release.Id.Version)
            {
                continue;
            }

            var next = state.Copy();
            next.Chosen[key] = release;
            next.Edges[(from.Id, line)] = release;
            if (Search(next))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWished(State state, Release release) => request.Wishes.All(wish => wish switch
    {
        Wish.Keep keep => keep.Name != release.Id.Name || keep.Version == release.Id.Version,
        Wish.Never never => never.Name != release.Id.Name || !never.Versions.Contains(release.Id.Version),
        Wish.NeverCopies never => never.Name != release.Id.Name
            || state.Chosen.Values.All(other => other.Id.Name != never.Name || other.Id.Version == release.Id.Version),
        _ => true,
    });

    private string Range(SemanticVersion v) => request.Options.Duplicates == DuplicatesPolicy.Never ? ""
        : v.Major > 0 ? $"{v.Major}" : v.Minor > 0 ? $"0.{v.Minor}" : $"0.0.{v.Patch}";

    /// <summary>Passes features along the edges until nothing changes; false when one is asked for that does not exist.</summary>
    private static bool Close(State state)
    {
        bool changed;
        do
        {
            changed = false;
            foreach (var release in state.Chosen.Values)
            {
                changed |= Expand(state, release);
                for (var line = 0; line < release.Dependencies.Length; line++)
                {
                    if (state.Edges.TryGetValue((release.Id, line), out var target))
                    {
                        changed |= Pass(state, release, release.Dependencies[line], target);
                    }
                }
            }
        }
        while (changed);
        return state.Chosen.Values.All(release => Asked(state, release).All(feature => feature == "default" || Has(release, feature)));
    }

    private static HashSet<string> Asked(State state, Release release) =>
        state.Features.TryGetValue(release.Id, out var asked) ? asked : state.Features[release.Id] = [];

    private static bool Has(Release release, string feature) =>
        release.Features.ContainsKey(feature)
        || (release.Dependencies.Any(d => d.IsOptional && d.LocalName == feature) && !release.Features.Values.Any(e => e.Contains("dep:" + feature)));

    private static bool Expand(State state, Release release)
    {
        var asked = Asked(state, release);
        var before = asked.Count;
        foreach (var entry in asked.ToList().SelectMany(feature => release.Features.GetValueOrDefault(feature, [])))
        {
            if (!entry.Contains(':', StringComparison.Ordinal) && !entry.Contains('/', StringComparison.Ordinal))
            {
                asked.Add(entry);
            }
            else if (entry.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && entry[slash - 1] != '?'
                && release.Dependencies.Any(d => d.IsOptional && d.LocalName == entry[..slash]) && Has(release, entry[..slash]))
            {
                asked.Add(entry[..slash]);
            }
        }

        return asked.Count > before;
    }

    private static bool IsActive(State state, Release release, Dependency dependency) =>
        !dependency.IsOptional || Asked(state, release).Any(feature =>
            (feature == dependency.LocalName && !release.Features.ContainsKey(feature))
            || release.Features.GetValueOrDefault(feature, []).Any(entry =>
                entry == "dep:" + dependency.LocalName || entry.StartsWith(dependency.LocalName + "/", StringComparison.Ordinal)));

    private static bool Pass(State state, Release from, Dependency dependency, Release target)
    {
        var asked = Asked(state, target);
        var before = asked.Count;
        asked.UnionWith(dependency.Features);
        if (dependency.UsesDefaultFeatures)
        {
            asked.Add("default");
        }

        foreach (var entry in Asked(state, from).SelectMany(feature => from.Features.GetValueOrDefault(feature, [])))
        {
            foreach (var mark in new[] { "/", "?/" })
            {
                if (entry.StartsWith(dependency.LocalName + mark, StringComparison.Ordinal))
                {
                    asked.Add(entry[(dependency.LocalName.Length + mark.Length)..]);
                }
            }
        }

        return asked.Count > before;
    }
}
