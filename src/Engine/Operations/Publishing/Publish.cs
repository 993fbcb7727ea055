using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Operations.Packing;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Writing;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A package that is out.</summary>
/// <param name="IsNew">False when the registry had the very same archive already.</param>
public sealed record PublishedPackage(PackageId Package, ContentHash Archive, long Size, bool IsNew);

/// <summary>What was published.</summary>
/// <param name="Feed">The folder of the registry's feed.</param>
/// <param name="Packages">Those that are out, in the order they went.</param>
/// <param name="NotPublished">Those that came after one that failed.</param>
/// <param name="Stopped">Why not all of them are out; null when all are.</param>
public sealed record PublishReport(
    string Registry, string Feed, ImmutableArray<PublishedPackage> Packages, ImmutableArray<PackageId> NotPublished, Problem? Stopped) : IReport
{
    public string Kind => "publish";

    public bool IsComplete => NotPublished.IsEmpty;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("registry"u8, Registry);
        json.WriteString("feed"u8, Feed);
        json.WriteBoolean("complete"u8, IsComplete);
        json.WriteStartArray("packages"u8);
        foreach (var package in Packages)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, package.Package.Name.Value);
            json.WriteString("version"u8, package.Package.Version.ToString());
            json.WriteString("checksum"u8, package.Archive.ToString());
            json.WriteNumber("bytes"u8, package.Size);
            json.WriteBoolean("new"u8, package.IsNew);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePackages("not_published", NotPublished);
        json.WriteProblems("problems", Stopped is { } problem ? [problem] : []);
    }
}

/// <summary>
/// `cairn publish`, to a registry that is a folder. The plan is the review; applying hands the registry exactly the bytes
/// that were reviewed, and refuses when the folder has other files by now.
/// </summary>
internal sealed class Publish(RegistryClient client, PublishRequest request) : Change<PublishReview, PublishReport>
{
    public override Task<PublishReview> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => new ReviewPublish(client, request).LookAsync(progress, cancellation), cancellation);

    public override Task<PublishReport> ApplyAsync(PublishReview plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => Apply(plan, progress, cancellation), cancellation);

    private PublishReport Apply(PublishReview plan, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        Refuse(plan);
        RefuseStale(plan, cancellation);
        using var writer = FeedWriter.Open(plan.Target.Feed!, client.Settings.Clock);
        var published = ImmutableArray.CreateBuilder<PublishedPackage>();
        foreach (var package in plan.Packages)
        {
            progress.Report(new ProgressEvent.StepAdvanced($"publishing {package.Package}", published.Count, plan.Packages.Length));
            try
            {
                var added = writer.Add([package.Bytes], cancellation)[0];
                published.Add(new(added.Id, added.Archive, added.Size, added.IsNew));
            }
            catch (ProblemException e) when (published.Count > 0)
            {
                return Report(e.Problem);
            }
            catch (OperationCanceledException) when (published.Count > 0)
            {
                return Report(new(ProblemCode.ChecksFailed, "publishing was stopped", "run the command again to publish the rest"));
            }
        }

        return Report(null);

        PublishReport Report(Problem? stopped) => new(
            plan.Target.Registry, plan.Target.Feed!, published.ToImmutable(), [.. plan.Packages.Skip(published.Count).Select(package => package.Package)], stopped);
    }

    /// <summary>One check that fails is the problem itself; several are named together.</summary>
    private static void Refuse(PublishReview plan)
    {
        var stops = plan.Stops;
        if (stops.IsEmpty)
        {
            return;
        }

        var final = stops.FirstOrDefault(stop => !stop.Check.MayBeAllowed);
        var first = final.Check ?? stops[0].Check;
        if (final.Check is not null || stops.Length == 1)
        {
            var problem = first.Problem!;
            throw (problem with { Hint = first.MayBeAllowed ? $"{problem.Hint}; to publish all the same: `--allow {first.Id}`" : problem.Hint }).Raise();
        }

        throw new Problem(
            ProblemCode.ChecksFailed, string.Join("; ", stops.Select(stop => stop.Check.Problem!.Message)),
            $"`cairn publish --dry-run` says what to do about each; to publish all the same: `--allow {string.Join(',', stops.Select(stop => stop.Check.Id).Distinct())}`").Raise();
    }

    private void RefuseStale(PublishReview plan, CancellationToken cancellation)
    {
        var project = OpenedProject.Open(plan.Request.Folder, client.Disk);
        foreach (var package in plan.Packages)
        {
            var manifest = project.Manifests.FirstOrDefault(manifest => manifest.File == package.Manifest);
            var selected = manifest?.Manifest.Package is null ? null : SelectedFiles.Of(project, manifest, cancellation);
            if (selected is null || selected.Blocked is not null || selected.Id != package.Package || selected.Tree(cancellation) != package.Archive?.Tree)
            {
                throw new Problem(
                    ProblemCode.ReviewStale, $"the files of {package.Package} changed since they were reviewed", "review it again, then publish").Raise();
            }
        }
    }
}
