using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Whether what the manifests ask for can be had: as locked, or by a resolution that is thrown away again.</summary>
internal sealed class LockedCheck(RegistryClient client, Project project, PackageSources sources)
{
    public async Task<PublishCheck> RunAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        try
        {
            var planning = new LockPlanning(project, project.Manifests, client.Settings.Clock) { Registries = client.RegistryNames(project), Engines = client.Engines };
            var lockfile = LockPlanning.Read(project.Lockfile);
            if (lockfile is not null && planning.Mismatches(lockfile).IsEmpty)
            {
                return new(PublishChecks.Lock, CheckState.Passed, "Lockfile is up to date", $"{Count(lockfile.Packages.Count(package => package.Source is PackageSource.Feed or PackageSource.Git))} locked");
            }

            var outcome = await planning.RunAsync(
                lockfile, LockMode.Update, new ManifestChanges(project, project.RootManifest, project.Root), () => sources, progress, cancellation).ConfigureAwait(false);
            var found = Count(outcome.After.Packages.Count(package => package.Source is PackageSource.Feed or PackageSource.Git));
            return lockfile is null
                ? new(PublishChecks.Lock, CheckState.Passed, "Dependencies resolve", $"{found}, no lockfile")
                : new(PublishChecks.Lock, CheckState.Look, "Lockfile is out of date", $"but it resolves: {found}")
                {
                    Fix = "cairn lock",
                    Remedy = CheckRemedy.RunCommand,
                };
        }
        catch (ProblemException e)
        {
            return PackageChecks.Failed(PublishChecks.Lock, "Dependencies do not resolve", e.Problem, CheckRemedy.RunCommand) with
            {
                MayBeAllowed = true,
                Detail = e.Problem.Message,
            };
        }
    }

    private static string Count(int packages) => packages == 1 ? "1 package" : $"{packages} packages";
}
