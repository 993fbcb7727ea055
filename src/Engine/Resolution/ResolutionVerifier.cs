using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>
/// Checks an answer edge by edge against the metadata, reading requirements and features on its own: nothing here is
/// shared with the way the answer was found.
/// </summary>
public static class ResolutionVerifier
{
    /// <param name="find">The metadata of a key, or null.</param>
    /// <returns>What is wrong, in words; empty when the answer is right.</returns>
    public static ImmutableArray<string> Check(
        ResolutionRequest request, Resolution resolution, Func<PackageKey, SuppliedPackage?> find)
    {
        var check = new Walk(request, resolution, find);
        check.Run();
        return [.. check.Faults];
    }

    private sealed class Walk(ResolutionRequest request, Resolution resolution, Func<PackageKey, SuppliedPackage?> find)
    {
        private readonly Dictionary<ResolvedPackage, HashSet<string>> _wanted = [];
        private readonly Queue<(ResolvedPackage Package, string Feature)> _features = new();
        private readonly HashSet<(ResolvedPackage Package, string LocalName)> _on = [];
        private readonly HashSet<(ResolvedPackage Package, string LocalName, string Feature)> _asked = [];

        public List<string> Faults { get; } = [];

        public void Run()
        {
            foreach (var root in request.Roots.Where(root => root.Manifest.Package is not null))
            {
                if (Member(root.Folder) is { } package)
                {
                    Want(package, Selected(root));
                }
                else
                {
                    Faults.Add($"the root {root.Folder} is not in it");
                }
            }

            // Each round may turn on features that ask for more; at the fixed point everything has been followed.
            int before;
            do
            {
                before = Size();
                Settle();
                foreach (var package in _wanted.Keys.ToList())
                {
                    Follow(package);
                }
            }
            while (Size() > before);

            CheckPackages();
            CheckRivals();
            CheckWishes();
        }

        private int Size() => _wanted.Sum(pair => pair.Value.Count + 1) + _on.Count + _asked.Count;

        private ResolvedPackage? Member(string folder) =>
            resolution.Packages.FirstOrDefault(p => p.Source is PackageSource.Member member && member.Folder == folder);

        private static List<string> Selected(ResolutionRoot root)
        {
            var own = root.Manifest.Features.Keys
                .Concat(root.Manifest.Dependencies.Where(d => d.IsOptional && root.Groups.Contains(d.Group)).Select(d => d.LocalName));
            return root.Features.IsAll ? [.. own] : root.Features.UsesDefault ? [.. root.Features.Names, "default"] : [.. root.Features.Names];
        }

        private void Want(ResolvedPackage package, IEnumerable<string> features)
        {
            if (!_wanted.TryGetValue(package, out var on))
            {
                _wanted[package] = on = [];
            }

            foreach (var feature in features)
            {
                if (on.Add(feature))
                {
                    _features.Enqueue((package, feature));
                }
            }
        }

        private void Settle()
        {
            while (_features.TryDequeue(out var next))
            {
                var (package, feature) = next;
                if (package.Release.Features.TryGetValue(feature, out var entries))
                {
                    foreach (var entry in entries)
                    {
                        Enter(package, entry);
                    }
                }
                else if (IsImplicit(package, feature))
                {
                    _on.Add((package, feature));
                }
                else if (feature != "default" && package.Source is not PackageSource.Member)
                {
                    Faults.Add($"{package.Id} has no feature {feature}");
                }
            }
        }

        private static bool IsImplicit(ResolvedPackage package, string feature) =>
            package.Release.Dependencies.Any(d => d.IsOptional && d.LocalName == feature)
            && !package.Release.Features.Values.Any(entries => entries.Contains("dep:" + feature));

        private void Enter(ResolvedPackage package, string entry)
        {
            if (entry.StartsWith("dep:", StringComparison.Ordinal))
            {
                _on.Add((package, entry["dep:".Length..]));
                return;
            }

            var slash = entry.LastIndexOf('/');
            if (slash < 0)
            {
                Want(package, [entry]);
                return;
            }

            var isWeak = entry[slash - 1] == '?';
            var name = entry[..(isWeak ? slash - 1 : slash)];
            _asked.Add((package, name, entry[(slash + 1)..]));
            if (!isWeak && package.Release.Dependencies.Any(d => d.IsOptional && d.LocalName == name))
            {
                _on.Add((package, name));
                if (package.Release.Features.ContainsKey(name) || IsImplicit(package, name))
                {
                    Want(package, [name]);
                }
            }
        }

        private IEnumerable<Dependency> Active(ResolvedPackage package) => package.Release.Dependencies.Where(d =>
            (d.Group != DependencyGroup.Dev || package.Source is PackageSource.Member)
            && !request.Options.Exclusions.Any(e => e.Name == d.Name && (e.Dependent is null || e.Dependent == package.Id.Name))
            && (!d.IsOptional || _on.Contains((package, d.LocalName))));

        private void Follow(ResolvedPackage package)
        {
            foreach (var dependency in Active(package))
            {
                if (Target(package, dependency) is { } target)
                {
                    var more = _asked.Where(a => a.Package == package && a.LocalName == dependency.LocalName).Select(a => a.Feature);
                    Want(target, dependency.Features.Concat(more));
                    Want(target, dependency.UsesDefaultFeatures ? ["default"] : []);
                }
            }
        }

        private ResolvedPackage? Target(ResolvedPackage package, Dependency dependency)
        {
            var edge = package.Dependencies.FirstOrDefault(e => e.LocalName == dependency.LocalName && e.Group == dependency.Group);
            var replaced = request.Options.Overrides.FirstOrDefault(o => o.Name == dependency.Name);
            return edge is null ? null : resolution.Packages.FirstOrDefault(
                p => p.Id == edge.Target && IsFrom(p.Source, dependency.Name, replaced?.Origin ?? dependency.Origin));
        }

        private bool IsFrom(PackageSource source, PackageName name, DependencyOrigin origin) => source switch
        {
            PackageSource.Member member => origin is DependencyOrigin.Member or DependencyOrigin.Feed { Registry: null }
                || (origin is DependencyOrigin.Path path && ProjectPath.Combine(".", path.Folder) == member.Folder),
            _ => find(new(name, origin is DependencyOrigin.Path path ? new DependencyOrigin.Path(ProjectPath.Combine(".", path.Folder)) : origin))
                ?.Source == source,
        };

        private void CheckPackages()
        {
            foreach (var package in resolution.Packages)
            {
                if (!_wanted.TryGetValue(package, out var features))
                {
                    Faults.Add($"nothing asks for {package.Id}");
                    continue;
                }

                CheckRelease(package);
                CheckEdges(package);
                var missing = features.Where(f => package.Release.Features.ContainsKey(f) || IsImplicit(package, f)).Except(package.Features);
                Faults.AddRange(missing.Select(feature => $"feature {feature} of {package.Id} is not on"));
                Faults.AddRange(package.Features.Except(features).Select(feature => $"nothing turns on feature {feature} of {package.Id}"));
            }
        }

        private void CheckRelease(ResolvedPackage package)
        {
            var release = package.Release;
            var isLocked = request.Unlocking is not Unlocking.Everything
                && !(request.Unlocking is Unlocking.Only only && only.Names.Contains(package.Id.Name))
                && request.Locked?.Packages.Any(p => p.Id == package.Id && p.Source == package.Source) == true;
            if (release.Status is ReleaseStatus.Quarantined or ReleaseStatus.Revoked
                || (release.Status == ReleaseStatus.Yanked && !isLocked && !request.AcceptedYanked.Contains(release.Id)))
            {
                Faults.Add($"{package.Id} is {release.Status}");
            }

            if (release.Published > request.Options.AsOf)
            {
                Faults.Add($"{package.Id} is newer than the as-of date");
            }

            foreach (var (engine, needs) in release.Engines)
            {
                if (request.Engines.TryGetValue(engine, out var have) && !needs.Versions.Contains(have))
                {
                    Faults.Add($"{package.Id} needs {engine} {needs}");
                }
            }
        }

        private void CheckEdges(ResolvedPackage package)
        {
            var active = Active(package).ToList();
            foreach (var dependency in active)
            {
                if (Target(package, dependency) is not { } target)
                {
                    Faults.Add($"{package.Id} has no edge for {dependency.LocalName}, or it leads to another source");
                    continue;
                }

                var constraint = request.Options.Overrides.FirstOrDefault(o => o.Name == dependency.Name)?.Constraint ?? dependency.Constraint;
                var version = target.Id.Version;
                var isFine = constraint.Admits(version)
                    || (version.IsPrerelease && constraint.Versions.Contains(version) && MayBePrerelease(target));
                if (!isFine)
                {
                    Faults.Add($"{package.Id} asks for {dependency.Name} {constraint} and got {version}");
                }
            }

            foreach (var edge in package.Dependencies.Where(e => !active.Any(d => d.LocalName == e.LocalName && d.Group == e.Group)))
            {
                Faults.Add($"{package.Id} has an edge {edge.LocalName} that nothing asks for");
            }
        }

        private bool MayBePrerelease(ResolvedPackage target) =>
            target.Source is not PackageSource.Feed || request.Options.Prereleases != PrereleasePolicy.Never
            || request.Options.PrereleaseNames.Contains(target.Id.Name);

        private void CheckRivals()
        {
            foreach (var group in resolution.Packages.GroupBy(p => p.Id.Name).Where(group => group.Count() > 1))
            {
                var ranges = group.Select(p => request.Options.Duplicates == DuplicatesPolicy.Never ? "" : Leading(p.Id.Version)).ToList();
                if (ranges.Distinct().Count() < ranges.Count)
                {
                    Faults.Add($"{group.Key} is in it more often than allowed");
                }

                if (group.Select(p => p.Source).Distinct().Count() > 1)
                {
                    Faults.Add($"{group.Key} comes from several sources");
                }
            }

            foreach (var group in resolution.Packages.Where(p => p.Release.Links is not null).GroupBy(p => p.Release.Links).Where(g => g.Count() > 1))
            {
                Faults.Add($"{string.Join(" and ", group.Select(p => p.Id))} link {group.Key}");
            }
        }

        private void CheckWishes()
        {
            var others = resolution.Packages.Where(p => p.Source is not PackageSource.Member).ToLookup(p => p.Id.Name, p => p.Id.Version);
            foreach (var wish in request.Wishes)
            {
                var isBroken = wish switch
                {
                    Wish.Keep keep => others[keep.Name].Any(version => !version.Equals(keep.Version)),
                    Wish.Never never => others[never.Name].Any(never.Versions.Contains),
                    Wish.NeverPrereleases never => others[never.Name].Any(version => version.Prerelease.Length > 0),
                    Wish.NeverCopies never => others[never.Name].Distinct().Count() > 1,
                    // The others are about manifests, which are part of the request.
                    _ => false,
                };
                if (isBroken)
                {
                    Faults.Add($"{wish.Words}, and it does not");
                }
            }
        }

        private static string Leading(SemanticVersion version) =>
            version.Major > 0 ? $"{version.Major}" : version.Minor > 0 ? $"0.{version.Minor}" : $"0.0.{version.Patch}";
    }
}
