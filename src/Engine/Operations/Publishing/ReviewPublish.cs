using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Operations.Packing;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>
/// Everything there is to see before publishing, with the archive built once. Reads the project, the registry and git;
/// writes nothing but copies of what it fetched.
/// </summary>
internal sealed class ReviewPublish(RegistryClient client, PublishRequest request) : Query<PublishReview>
{
    protected override Task<PublishReview> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => LookAsync(progress, cancellation), cancellation);

    /// <exception cref="ProblemException">What is wrong with the project's files; RegistryNotFound for a registry that was named.</exception>
    public async Task<PublishReview> LookAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var project = OpenedProject.Open(request.Folder, client.Disk);
        using var sources = client.Sources(project, null, []);
        var manifests = PublishOrder.Of(project, request);
        var target = FeedRegistry.Target(sources, manifests[0].Manifest.Package!.Name, request.Registry);
        var lockCheck = await new LockedCheck(client, project, sources).RunAsync(progress, cancellation).ConfigureAwait(false);
        var fine = FineFiles.Read(project.State);
        var reviews = ImmutableArray.CreateBuilder<PackageReview>();
        foreach (var manifest in manifests)
        {
            progress.Report(new ProgressEvent.StepAdvanced("looking at packages", reviews.Count, manifests.Length));
            var facts = await FactsAsync(project, manifest, target, sources, fine, [.. manifests.Select(m => m.Manifest.Package!)], cancellation).ConfigureAwait(false);
            reviews.Add(await ReviewAsync(facts, lockCheck, sources, cancellation).ConfigureAwait(false));
        }

        return new(request, target.Target, reviews.ToImmutable());
    }

    private async Task<PackageFacts> FactsAsync(
        Project project, ProjectManifest manifest, (PublishTarget Target, Problem? Problem) target, PackageSources sources, FineFiles fine,
        ImmutableArray<PackageMetadata> together, CancellationToken cancellation)
    {
        var selected = SelectedFiles.Of(project, manifest, cancellation);
        var (packed, packingProblem) = Pack(selected, cancellation);
        using var inspection = new FileInspection();
        if (packed is not null)
        {
            ArchiveReader.Read(packed.Bytes, ArchiveRules.Publish, inspection, cancellation);
        }

        var (index, indexProblem) = await IndexAsync(sources, selected.Id.Name, target.Target.Registry, cancellation).ConfigureAwait(false);
        var (checkout, checkoutProblem) = await CheckoutAsync(selected, cancellation).ConfigureAwait(false);
        var facts = new PackageFacts(selected, target.Target)
        {
            Packed = packed,
            PackingProblem = packingProblem,
            Files = FileReview.Of(selected, inspection.Files, fine),
            Index = index,
            IndexProblem = indexProblem,
            Checkout = checkout,
            CheckoutProblem = checkoutProblem,
            TargetProblem = target.Problem ?? RoutedElsewhere(sources, selected.Id.Name, target.Target),
            Now = client.Settings.Clock.GetUtcNow(),
        };
        facts = facts with { Unserved = await UnservedAsync(facts, sources, together, cancellation).ConfigureAwait(false) };
        return await new PreviousFiles(sources).CompareAsync(facts, inspection.Files, cancellation).ConfigureAwait(false);
    }

    private static async Task<PackageReview> ReviewAsync(PackageFacts facts, PublishCheck lockCheck, PackageSources sources, CancellationToken cancellation) =>
        new(facts.Id, facts.Selected.Root, facts.Selected.Manifest.File)
        {
            FileName = $"{ArchiveWriter.TopFolder(facts.Id)}.tar.gz",
            Checks = PackageChecks.Of(facts, lockCheck),
            Files = facts.Files,
            Archive = facts.Packed?.Archive.Reference,
            Unpacked = facts.Packed?.Archive.Unpacked ?? 0,
            Bytes = facts.Packed?.Bytes ?? default,
            Previous = facts.Previous,
            Changes = facts.Changes,
            IsNew = !facts.IsSame,
            Dependents = await DependentsCount.OfAsync(facts, sources, cancellation).ConfigureAwait(false),
        };

    private static (PackedPackage? Packed, Problem? Problem) Pack(SelectedFiles selected, CancellationToken cancellation)
    {
        try
        {
            return (selected.Pack(cancellation), null);
        }
        catch (ProblemException e)
        {
            return (null, e.Problem);
        }
    }

    private static async Task<(PackageIndex? Index, Problem? Problem)> IndexAsync(
        PackageSources sources, PackageName name, string registry, CancellationToken cancellation)
    {
        try
        {
            var answer = (await sources.ReadAllAsync([new(name, new DependencyOrigin.Feed(registry))], Silence.Instance, cancellation).ConfigureAwait(false))[0];
            return (answer.Package?.Index, null);
        }
        catch (ProblemException e)
        {
            return (null, e.Problem);
        }
    }

    private async Task<(GitCheckout? Checkout, Problem? Problem)> CheckoutAsync(SelectedFiles selected, CancellationToken cancellation)
    {
        try
        {
            return (await GitCheckout.ReadAsync(selected.Root, selected.Id, client.Settings.Clock, cancellation).ConfigureAwait(false), null);
        }
        catch (ProblemException e)
        {
            return (null, e.Problem);
        }
    }

    /// <summary>Members of a workspace go to one registry together; one whose name belongs elsewhere goes alone.</summary>
    private Problem? RoutedElsewhere(PackageSources sources, PackageName name, PublishTarget target)
    {
        if (request.Registry is not null)
        {
            return null;
        }

        var own = FeedRegistry.Target(sources, name, null);
        return own.Target.Registry == target.Registry ? null : new(
            ProblemCode.UsageInvalid, $"`{name}` goes to the registry `{own.Target.Registry}`, the others to `{target.Registry}`",
            $"publish it by itself: `cairn publish --package {name}`");
    }

    /// <summary>Path dependencies are asked for at the registry by those who install the package.</summary>
    private static async Task<ImmutableArray<Dependency>> UnservedAsync(
        PackageFacts facts, PackageSources sources, ImmutableArray<PackageMetadata> together, CancellationToken cancellation)
    {
        var folders = facts.Manifest.Dependencies
            .Where(dependency => dependency.Group != DependencyGroup.Dev && dependency.Origin is DependencyOrigin.Path or DependencyOrigin.Member
                && !dependency.Constraint.Versions.IsAll
                && !together.Any(other => other.Name == dependency.Name && dependency.Constraint.AdmitsWithPrereleases(other.Version)))
            .ToArray();
        var unserved = ImmutableArray.CreateBuilder<Dependency>();
        foreach (var dependency in folders)
        {
            var (index, problem) = await IndexAsync(sources, dependency.Name, facts.Target.Registry, cancellation).ConfigureAwait(false);
            if (problem is null && index?.Releases.Any(release => release.Status == ReleaseStatus.Ok && dependency.Constraint.AdmitsWithPrereleases(release.Id.Version)) != true)
            {
                unserved.Add(dependency);
            }
        }

        return unserved.ToImmutable();
    }
}
