using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>
/// Checks an answer edge by edge against the metadata, reading requirements and features on its own: nothing here is
/// shared with the way the answer was found. Every answer passes it before anybody sees it.
/// </summary>
public static class ResolutionVerifier
{
    private const int FaultsShown = 5;

    /// <param name="find">The metadata of a key, or null.</param>
    /// <returns>What is wrong, in words; empty when the answer is right.</returns>
    public static ImmutableArray<string> Check(
        ResolutionRequest request, Resolution resolution, Func<PackageKey, SuppliedPackage?> find)
    {
        var check = new Walk(request, resolution, find);
        check.Run();
        return [.. check.Faults];
    }

    /// <summary>The answer, when it is right.</summary>
    /// <exception cref="InvalidOperationException">It is wrong, which is a bug of the solver: nothing may be written by it.</exception>
    internal static Resolution Require(ResolutionRequest request, Resolution resolution, Supplies supplies)
    {
        var faults = Check(request, resolution, key => supplies.TryGet(key, out var package) ? package : null);
        return faults.IsEmpty ? resolution : throw new InvalidOperationException(
            $"the answer does not hold when it is checked again: {string.Join("; ", faults.Take(FaultsShown))}{(faults.Length > FaultsShown ? $"; and {faults.Length - FaultsShown} more" : "")}");
    }

    /// <summary>A package of the answer, and what was found to be asked of it.</summary>
    private sealed class Stop(ResolvedPackage package)
    {
        public ResolvedPackage Package => package;

        public bool IsWanted { get; set; }

        public bool IsWaiting { get; set; }

        public HashSet<string> Features { get; } = new(StringComparer.Ordinal);

        /// <summary>Optional dependencies that a feature turned on.</summary>
        public HashSet<string> On { get; } = new(StringComparer.Ordinal);

        /// <summary>Features asked of a dependency, by its local name.</summary>
        public Dictionary<string, HashSet<string>> Asked { get; } = new(StringComparer.Ordinal);

        public Dictionary<(DependencyGroup Group, string LocalName), Stop?> Targets { get; } = [];
    }

    private sealed class Walk
    {
        private readonly ResolutionRequest _request;
        private readonly Func<PackageKey, SuppliedPackage?> _find;
        private readonly ImmutableArray<Stop> _stops;
        private readonly ILookup<PackageId, Stop> _byId;
        private readonly HashSet<(PackageId Id, PackageSource Source)> _locked;
        // Many ask for the same package from the same place, and its releases are many.
        private readonly Dictionary<(Stop Stop, PackageKey Asked), bool> _origins = [];
        private readonly Queue<Stop> _waiting = new();

        public Walk(ResolutionRequest request, Resolution resolution, Func<PackageKey, SuppliedPackage?> find)
        {
            (_request, _find) = (request, find);
            _stops = [.. resolution.Packages.Select(package => new Stop(package))];
            _byId = _stops.ToLookup(stop => stop.Package.Id);
            _locked = [.. (request.Locked?.Packages ?? []).Select(package => (package.Id, package.Source))];
        }

        public List<string> Faults { get; } = [];

        public void Run()
        {
            foreach (var root in _request.Roots.Where(root => root.Manifest.Package is not null))
            {
                if (_stops.FirstOrDefault(stop => stop.Package.Source is PackageSource.Member member && member.Folder == root.Folder) is { } stop)
                {
                    Want(stop, Selected(root));
                }
                else
                {
                    Faults.Add($"the root {root.Folder} is not in it");
                }
            }

            // A stop that is asked for more waits again; at the end everything has been followed.
            while (_waiting.TryDequeue(out var next))
            {
                next.IsWaiting = false;
                Follow(next);
            }

            CheckPackages();
            CheckRivals();
            CheckWishes();
        }

        private static List<string> Selected(ResolutionRoot root)
        {
            var own = root.Manifest.Features.Keys
                .Concat(root.Manifest.Dependencies.Where(d => d.IsOptional && root.Groups.Contains(d.Group)).Select(d => d.LocalName));
            return root.Features.IsAll ? [.. own] : root.Features.UsesDefault ? [.. root.Features.Names, "default"] : [.. root.Features.Names];
        }

        private void Want(Stop stop, IEnumerable<string> features)
        {
            var isMore = !stop.IsWanted;
            stop.IsWanted = true;
            foreach (var feature in features)
            {
                if (stop.Features.Add(feature))
                {
                    isMore = true;
                    Enter(stop, feature);
                }
            }

            if (isMore && !stop.IsWaiting)
            {
                stop.IsWaiting = true;
                _waiting.Enqueue(stop);
            }
        }

        /// <summary>What one feature turns on inside its package.</summary>
        private void Enter(Stop stop, string feature)
        {
            var pending = new Stack<string>([feature]);
            while (pending.TryPop(out var next))
            {
                if (stop.Package.Release.Features.TryGetValue(next, out var entries))
                {
                    foreach (var more in entries.SelectMany(entry => EntryOf(stop, entry)).Where(stop.Features.Add))
                    {
                        pending.Push(more);
                    }
                }
                else if (IsImplicit(stop.Package, next))
                {
                    stop.On.Add(next);
                }
                else if (next != "default" && stop.Package.Source is not PackageSource.Member)
                {
                    Faults.Add($"{stop.Package.Id} has no feature {next}");
                }
            }
        }

        private static bool IsImplicit(ResolvedPackage package, string feature) =>
            package.Release.Dependencies.Any(d => d.IsOptional && d.LocalName == feature)
            && !package.Release.Features.Values.Any(entries => entries.Contains("dep:" + feature));

        /// <returns>Features of the same package that the entry turns on.</returns>
        private static IEnumerable<string> EntryOf(Stop stop, string entry)
        {
            if (entry.StartsWith("dep:", StringComparison.Ordinal))
            {
                stop.On.Add(entry["dep:".Length..]);
                return [];
            }

            var slash = entry.LastIndexOf('/');
            if (slash < 0)
            {
                return [entry];
            }

            var isWeak = entry[slash - 1] == '?';
            var name = entry[..(isWeak ? slash - 1 : slash)];
            if (!stop.Asked.TryGetValue(name, out var asked))
            {
                stop.Asked[name] = asked = new(StringComparer.Ordinal);
            }

            asked.Add(entry[(slash + 1)..]);
            var package = stop.Package;
            if (isWeak || !package.Release.Dependencies.Any(d => d.IsOptional && d.LocalName == name))
            {
                return [];
            }

            stop.On.Add(name);
            return package.Release.Features.ContainsKey(name) || IsImplicit(package, name) ? [name] : [];
        }

        private IEnumerable<Dependency> Active(Stop stop) => stop.Package.Release.Dependencies.Where(d =>
            (d.Group != DependencyGroup.Dev || stop.Package.Source is PackageSource.Member)
            && !_request.Options.Exclusions.Any(e => e.Name == d.Name && (e.Dependent is null || e.Dependent == stop.Package.Id.Name))
            && (!d.IsOptional || stop.On.Contains(d.LocalName)));

        private void Follow(Stop stop)
        {
            foreach (var dependency in Active(stop))
            {
                if (Target(stop, dependency) is { } target)
                {
                    Want(target, dependency.Features);
                    Want(target, stop.Asked.TryGetValue(dependency.LocalName, out var asked) ? asked : []);
                    Want(target, dependency.UsesDefaultFeatures ? ["default"] : []);
                }
            }
        }

        private Stop? Target(Stop stop, Dependency dependency)
        {
            var key = (dependency.Group, dependency.LocalName);
            if (!stop.Targets.TryGetValue(key, out var target))
            {
                var edge = stop.Package.Dependencies.FirstOrDefault(e => e.LocalName == dependency.LocalName && e.Group == dependency.Group);
                stop.Targets[key] = target = edge is null ? null : _byId[edge.Target].FirstOrDefault(other => IsFrom(other, new(dependency.Name, OriginOf(dependency))));
            }

            return target;
        }

        /// <summary>Folders are as the project sees them, also those of its members.</summary>
        private DependencyOrigin OriginOf(Dependency dependency) =>
            (_request.Options.Overrides.FirstOrDefault(o => o.Name == dependency.Name)?.Origin ?? dependency.Origin) switch
            {
                DependencyOrigin.Path path => new DependencyOrigin.Path(ProjectPath.Combine(".", path.Folder)),
                var origin => origin,
            };

        private bool IsFrom(Stop stop, PackageKey asked)
        {
            if (!_origins.TryGetValue((stop, asked), out var isFrom))
            {
                _origins[(stop, asked)] = isFrom = LooksFrom(stop.Package, asked);
            }

            return isFrom;
        }

        private bool LooksFrom(ResolvedPackage package, PackageKey asked) => package.Source switch
        {
            PackageSource.Member member => asked.Origin is DependencyOrigin.Member or DependencyOrigin.Feed { Registry: null }
                || (asked.Origin is DependencyOrigin.Path path && path.Folder == member.Folder),
            _ => _find(asked) is { } supplied && supplied.Source == package.Source
                && supplied.Index.Releases.Any(release => release.Id == package.Id),
        };

        private void CheckPackages()
        {
            foreach (var stop in _stops)
            {
                var package = stop.Package;
                if (!stop.IsWanted)
                {
                    Faults.Add($"nothing asks for {package.Id}");
                    continue;
                }

                CheckRelease(package);
                CheckEdges(stop);
                var missing = stop.Features.Where(f => package.Release.Features.ContainsKey(f) || IsImplicit(package, f)).Except(package.Features);
                Faults.AddRange(missing.Select(feature => $"feature {feature} of {package.Id} is not on"));
                Faults.AddRange(package.Features.Where(feature => !stop.Features.Contains(feature)).Select(feature => $"nothing turns on feature {feature} of {package.Id}"));
            }
        }

        private void CheckRelease(ResolvedPackage package)
        {
            var release = package.Release;
            var isLocked = _request.Unlocking is not Unlocking.Everything
                && !(_request.Unlocking is Unlocking.Only only && only.Names.Contains(package.Id.Name))
                && _locked.Contains((package.Id, package.Source));
            if (release.Status is ReleaseStatus.Quarantined or ReleaseStatus.Revoked
                || (release.Status == ReleaseStatus.Yanked && !isLocked && !_request.AcceptedYanked.Contains(release.Id)))
            {
                Faults.Add($"{package.Id} is {release.Status}");
            }

            if (release.Published > _request.Options.AsOf)
            {
                Faults.Add($"{package.Id} is newer than the as-of date");
            }

            foreach (var (engine, needs) in release.Engines)
            {
                if (_request.Engines.TryGetValue(engine, out var have) && !needs.Versions.Contains(have))
                {
                    Faults.Add($"{package.Id} needs {engine} {needs}");
                }
            }
        }

        private void CheckEdges(Stop stop)
        {
            var package = stop.Package;
            var active = Active(stop).ToList();
            foreach (var dependency in active)
            {
                if (Target(stop, dependency)?.Package is not { } target)
                {
                    Faults.Add($"{package.Id} has no edge for {dependency.LocalName}, or it leads to another source");
                    continue;
                }

                var constraint = _request.Options.Overrides.FirstOrDefault(o => o.Name == dependency.Name)?.Constraint ?? dependency.Constraint;
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
            target.Source is not PackageSource.Feed || _request.Options.Prereleases != PrereleasePolicy.Never
            || _request.Options.PrereleaseNames.Contains(target.Id.Name);

        private void CheckRivals()
        {
            var packages = _stops.Select(stop => stop.Package).ToList();
            foreach (var group in packages.GroupBy(p => p.Id.Name).Where(group => group.Count() > 1))
            {
                var ranges = group.Select(p => _request.Options.Duplicates == DuplicatesPolicy.Never ? "" : Leading(p.Id.Version)).ToList();
                if (ranges.Distinct().Count() < ranges.Count)
                {
                    Faults.Add($"{group.Key} is in it more often than allowed");
                }

                if (group.Select(p => p.Source).Distinct().Count() > 1)
                {
                    Faults.Add($"{group.Key} comes from several sources");
                }
            }

            foreach (var group in packages.Where(p => p.Release.Links is not null).GroupBy(p => p.Release.Links).Where(g => g.Count() > 1))
            {
                Faults.Add($"{string.Join(" and ", group.Select(p => p.Id))} link {group.Key}");
            }
        }

        private void CheckWishes()
        {
            if (_request.Wishes.IsEmpty)
            {
                return;
            }

            var others = _stops.Select(stop => stop.Package).Where(p => p.Source is not PackageSource.Member).ToLookup(p => p.Id.Name, p => p.Id.Version);
            foreach (var wish in _request.Wishes)
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
