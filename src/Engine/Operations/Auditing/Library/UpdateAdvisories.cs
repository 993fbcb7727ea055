using System.Collections.Immutable;
using Registry.Engine.Formats.Osv;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project in it or above it says which registries count.</param>
/// <param name="Registries">By name; all of them when empty.</param>
public sealed record AdvisoriesUpdateRequest(string Folder, ImmutableArray<string> Registries);

/// <summary>`cairn advisories update`: takes the advisories that registries publish.</summary>
internal sealed class UpdateAdvisories(RegistryClient client, AdvisoriesUpdateRequest request) : Change<AdvisoriesReport, AdvisoriesReport>
{
    private readonly AdvisoryLibrary _library = client.Advisories;
    private readonly List<Problem> _warnings = [];

    public override async Task<AdvisoriesReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        using var sources = ReleaseLookup.Open(client, request.Folder, out var project);
        var registries = Chosen(sources, project);
        var there = _library.Sources();
        var taken = ImmutableArray.CreateBuilder<(AdvisorySource Source, byte[] Lines)>();
        var listed = ImmutableArray.CreateBuilder<ListedAdvisorySource>();
        foreach (var registry in registries)
        {
            progress.Report(new ProgressEvent.StepAdvanced("advisories", listed.Count, registries.Length));
            if (await ReadAsync(sources, registry, cancellation).ConfigureAwait(false) is { } read)
            {
                taken.Add(read);
                var before = there.FirstOrDefault(source => source.Kind == AdvisorySourceKind.Feed && source.Place == read.Source.Place);
                var change = before is null ? AdvisorySourceChange.Added : before.Content == read.Source.Content ? AdvisorySourceChange.None : AdvisorySourceChange.Replaced;
                listed.Add(new(read.Source, change, TimeSpan.Zero));
            }
        }

        return taken.Count > 0 ? new(_library.Folder, listed.ToImmutable()) { Taken = taken.ToImmutable(), Warnings = [.. _warnings] } : throw Nobody();
    }

    public override Task<AdvisoriesReport> ApplyAsync(AdvisoriesReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => AdvisoryChanges.Apply(_library, plan, cancellation), cancellation);

    private ImmutableArray<string> Chosen(PackageSources sources, Project? project) => request.Registries.IsEmpty
        ? [.. client.RegistriesOf(project).Where(entry => entry.Address is not null).Select(entry => entry.Name)]
        : [.. request.Registries.Select(name => sources.Routes.Find(name).Name).Distinct(StringComparer.Ordinal)];

    /// <summary>One registry that does not answer does not keep the others from being read, unless it was named.</summary>
    private async Task<(AdvisorySource Source, byte[] Lines)?> ReadAsync(
        PackageSources sources, string registry, CancellationToken cancellation)
    {
        try
        {
            return await ReadOneAsync(sources, registry, cancellation).ConfigureAwait(false);
        }
        catch (ProblemException e) when (request.Registries.IsEmpty && e.Problem.Kind is ProblemKind.Unavailable or ProblemKind.NotFound)
        {
            _warnings.Add(e.Problem);
            return null;
        }
    }

    private async Task<(AdvisorySource Source, byte[] Lines)?> ReadOneAsync(
        PackageSources sources, string registry, CancellationToken cancellation)
    {
        var facts = await sources.ReadFactsAsync(registry, cancellation).ConfigureAwait(false);
        if (facts.Advisories is null)
        {
            _warnings.Add(new(
                ProblemCode.AdvisoriesMissing, $"the registry `{registry}` publishes no advisories",
                facts.Ecosystem is null ? null : $"import some about {facts.Ecosystem}: `cairn advisories import PATH`"));
            return null;
        }

        var now = client.Settings.Clock.GetUtcNow();
        var lines = (await sources.ReadAdvisoriesAsync(registry, cancellation).ConfigureAwait(false))!.Value;
        var source = Source(facts, lines, now, cancellation);
        return (source, lines.ToArray());
    }

    internal static AdvisorySource Source(FeedFacts facts, ReadOnlyMemory<byte> lines, DateTimeOffset now, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(lines.ToArray(), writable: false);
        var read = AdvisoryLines.Of(OsvBundle.Read(stream, OsvBundleForm.Lines, facts.Registry), facts.Registry, cancellation);
        return AdvisoryChanges.Source(AdvisorySourceKind.Feed, facts.Registry, facts.Address, read, now) with { Content = ContentHash.Of(lines.Span) };
    }

    private ProblemException Nobody() => new Problem(
        ProblemCode.AdvisoriesMissing,
        _warnings.Count == 1 ? _warnings[0].Message : "no registry publishes advisories",
        "import some from a file: `cairn advisories import PATH`").Raise();
}
