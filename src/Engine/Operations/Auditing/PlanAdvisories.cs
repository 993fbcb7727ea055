using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <summary>A known flaw of a package that a plan brings in or takes out.</summary>
public sealed record PlanAdvisory(AdvisoryMatch Match, PackageId Package)
{
    public AuditFinding Finding => new(Match, Package, "");
}

/// <summary>The known flaws that a plan brings in and takes out: what an audit would say after it, and did before.</summary>
/// <param name="IsKnown">Whether there are advisories on this machine about any package that changes.</param>
public sealed record AdvisoryShift(ImmutableArray<PlanAdvisory> Gained, ImmutableArray<PlanAdvisory> Lost, bool IsKnown)
{
    public static AdvisoryShift None { get; } = new([], [], true);

    internal void WriteTo(Utf8JsonWriter json, string member)
    {
        json.WriteStartObject(member);
        json.WriteBoolean("known", IsKnown);
        Write(json, "gained", Gained);
        Write(json, "lost", Lost);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string member, ImmutableArray<PlanAdvisory> advisories)
    {
        json.WriteStartArray(member);
        foreach (var advisory in advisories)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, advisory.Match.Id);
            json.WriteString("name"u8, advisory.Package.Name.Value);
            json.WriteString("version"u8, advisory.Package.Version.ToString());
            json.WriteString("level"u8, AuditWords.Level(advisory.Finding));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>Compares what is known of the packages that a plan changes, before and after. Only this machine is read.</summary>
internal sealed class PlanAdvisories(RegistryClient client, ChangePlan plan) : Query<AdvisoryShift>
{
    protected override Task<AdvisoryShift> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => CompareAsync(cancellation), cancellation);

    private async Task<AdvisoryShift> CompareAsync(CancellationToken cancellation)
    {
        var before = Fed(plan.Lock.Changes.Select(change => change.Before));
        var after = Fed(plan.Lock.Changes.Select(change => change.After));
        if (before.Count + after.Count == 0 || plan.Prepared is not { } prepared)
        {
            return AdvisoryShift.None;
        }

        await using var local = new RegistryClient(client.Settings with { IsOffline = true });
        using var sources = local.Sources(prepared.Project, plan.Lockfile, []);
        var registries = before.Concat(after).Select(package => package.Registry).Distinct().Order(StringComparer.Ordinal);
        var evidence = await AdvisoryEvidence.ReadAsync(client, sources, registries, cancellation).ConfigureAwait(false);
        var (had, has) = (Flaws(evidence, before), Flaws(evidence, after));
        return new(Without(has, had), Without(had, has), evidence.Used.Count > 0);
    }

    private static List<(PackageId Id, string Registry)> Fed(IEnumerable<LockedPackage?> packages) =>
        [.. packages.OfType<LockedPackage>().Where(package => package.Source is PackageSource.Feed)
            .Select(package => (package.Id, ((PackageSource.Feed)package.Source).Registry)).Distinct()];

    private static List<PlanAdvisory> Flaws(AdvisoryEvidence evidence, List<(PackageId Id, string Registry)> packages) =>
        [.. from package in packages
            from match in evidence.Match(package.Registry, package.Id, WithdrawnAdvisories.Hidden)
            let flaw = new PlanAdvisory(match, package.Id)
            where flaw.Finding.IsHarmful
            orderby flaw.Finding.Weight descending, match.Rating.Score ?? -1 descending, package.Id.Name, match.Id
            select flaw];

    /// <summary>A flaw that the other version of the package has too is neither gained nor lost.</summary>
    private static ImmutableArray<PlanAdvisory> Without(List<PlanAdvisory> flaws, List<PlanAdvisory> others) =>
        [.. flaws.Where(flaw => !others.Any(other => other.Match.Id == flaw.Match.Id && other.Package.Name == flaw.Package.Name))];
}
