using System.Collections.Immutable;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>What changes of the library have in common.</summary>
internal static class AdvisoryChanges
{
    public static AdvisorySource Source(AdvisorySourceKind kind, string name, string place, AdvisoryLines lines, DateTimeOffset now) =>
        new(kind, name, place, ContentHash.Of(lines.Bytes))
        {
            Records = lines.Records,
            Newest = lines.Newest,
            Updated = now,
            Ecosystems = lines.Ecosystems,
            Skipped = lines.Tally.Skipped,
            Skips = [.. lines.Tally.Skips.Select(skip => new SkippedAdvisory(Printable.Clip(skip.Place, 200), Printable.Clip(skip.Why, 200)))],
        };

    public static AdvisoriesReport Apply(AdvisoryLibrary library, AdvisoriesReport plan, CancellationToken cancellation)
    {
        library.Put(plan.Taken, cancellation);
        return plan;
    }
}

/// <param name="Paths">Files, zips or folders; absolute.</param>
/// <param name="Name">What to call it, for a single path; null for the file's name.</param>
public sealed record AdvisoriesImportRequest(ImmutableArray<string> Paths, string? Name);

/// <summary>`cairn advisories import`: takes advisories from files, all or none.</summary>
internal sealed class ImportAdvisories(RegistryClient client, AdvisoriesImportRequest request) : Change<AdvisoriesReport, AdvisoriesReport>
{
    private const int NameLengthMax = 100;

    private readonly AdvisoryLibrary _library = client.Advisories;

    public override Task<AdvisoriesReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            if (request is { Name: not null, Paths.Length: > 1 })
            {
                throw new Problem(ProblemCode.UsageInvalid, "one name cannot be given to several files", "import them one after the other").Raise();
            }

            var there = _library.Sources();
            var taken = ImmutableArray.CreateBuilder<(AdvisorySource Source, byte[] Lines)>();
            var listed = ImmutableArray.CreateBuilder<ListedAdvisorySource>();
            foreach (var path in request.Paths)
            {
                progress.Report(new ProgressEvent.StepAdvanced("advisories", taken.Count, request.Paths.Length));
                var (source, lines) = Read(path, cancellation);
                if (taken.Any(other => other.Source.Name == source.Name))
                {
                    throw new Problem(ProblemCode.UsageInvalid, $"two of the files would be called `{source.Name}`", "import them one after the other, with --name").Raise();
                }

                taken.Add((source, lines));
                var isThere = there.Any(old => old.Kind == AdvisorySourceKind.Import && old.Name == source.Name);
                listed.Add(new(source, isThere ? AdvisorySourceChange.Replaced : AdvisorySourceChange.Added, AdvisoryFreshness.Age(source, client.Settings.Clock.GetUtcNow())));
            }

            return new AdvisoriesReport(_library.Folder, listed.ToImmutable())
            {
                Taken = taken.ToImmutable(),
                Warnings = [.. taken.Select(entry => AdvisoryFreshness.Stale(entry.Source, client.Settings.Clock.GetUtcNow())).OfType<Problem>()],
            };
        },
        cancellation);

    public override Task<AdvisoriesReport> ApplyAsync(AdvisoriesReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => AdvisoryChanges.Apply(_library, plan, cancellation), cancellation);

    private (AdvisorySource Source, byte[] Lines) Read(string path, CancellationToken cancellation)
    {
        var name = request.Name ?? AdvisoryFiles.NameOf(path);
        if (name.Length is 0 or > NameLengthMax || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.')))
        {
            throw new Problem(
                ProblemCode.UsageInvalid, $"`{Printable.Clip(name, 80)}` cannot be the name of a source of advisories", "give one of letters, digits, `-`, `_` and `.` with --name").Raise();
        }

        var lines = AdvisoryFiles.Read(path, cancellation);
        return lines.Records > 0 ? (AdvisoryChanges.Source(AdvisorySourceKind.Import, name, path, lines, client.Settings.Clock.GetUtcNow()), lines.Bytes) : throw new Problem(
            ProblemCode.AdvisoryInvalid, $"`{path}` has no advisory that can be read{(lines.Tally.Skips is [var first, ..] ? $": {first.Why}" : "")}",
            "give OSV records: a .json, .jsonl, .jsonl.gz or .zip file, or a folder of .json files").Raise();
    }
}

/// <summary>`cairn advisories remove`: forgets what was imported or taken from a registry.</summary>
internal sealed class RemoveAdvisories(RegistryClient client, string name) : Change<AdvisoriesReport, AdvisoriesReport>
{
    private readonly AdvisoryLibrary _library = client.Advisories;

    public override Task<AdvisoriesReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var sources = _library.Sources();
        var now = client.Settings.Clock.GetUtcNow();
        ImmutableArray<ListedAdvisorySource> found =
            [.. sources.Where(source => source.Name == name || source.Place == name).Select(source => new ListedAdvisorySource(source, AdvisorySourceChange.Removed, AdvisoryFreshness.Age(source, now)))];
        return found.Length switch
        {
            0 => throw new Problem(
                ProblemCode.AdvisoriesMissing, $"there are no advisories called `{Printable.Clip(name, 80)}`", "`cairn advisories status` lists those there are").Raise(),
            1 => Task.FromResult(new AdvisoriesReport(_library.Folder, found)),
            _ => throw new Problem(
                ProblemCode.UsageInvalid, $"several sources of advisories are called `{Printable.Clip(name, 80)}`", "give the address or path that `cairn advisories status` shows").Raise(),
        };
    }

    public override Task<AdvisoriesReport> ApplyAsync(AdvisoriesReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            _library.Remove(plan.Sources[0].Source, cancellation);
            return plan;
        },
        cancellation);
}

/// <summary>`cairn advisories status`.</summary>
internal sealed class AdvisoriesStatus(RegistryClient client) : Query<AdvisoriesReport>
{
    protected override Task<AdvisoriesReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var library = client.Advisories;
        var now = client.Settings.Clock.GetUtcNow();
        var sources = library.Sources();
        return Task.FromResult(new AdvisoriesReport(
            library.Folder, [.. sources.Select(source => new ListedAdvisorySource(source, AdvisorySourceChange.None, AdvisoryFreshness.Age(source, now)))])
        {
            Warnings = [.. sources.Select(source => AdvisoryFreshness.Stale(source, now)).OfType<Problem>()],
        });
    }
}
