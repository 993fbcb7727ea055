using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <summary>Which findings are to be fixed.</summary>
public enum AuditFixScope
{
    /// <summary>Those that the lockfile alone fixes, without a step that may break.</summary>
    Safe,

    /// <summary>All that can be, changing manifests too.</summary>
    All,
}

/// <param name="Folder">Absolute; the project is in it or above it.</param>
/// <param name="Findings">Ids or aliases; all findings when empty.</param>
public sealed record AuditFixRequest(string Folder, ImmutableArray<string> Findings)
{
    public AuditFixScope Scope { get; init; } = AuditFixScope.All;

    public FixReach Reach { get; init; } = FixReach.Compatible;
}

/// <param name="Why">In words; lower-case start, no full stop.</param>
public sealed record UnfixedFinding(AuditFinding Finding, string Why);

/// <summary>One change that gets rid of as many findings as possible, proven by a solve of all of it together.</summary>
/// <param name="Edit">Null when nothing can be done.</param>
public sealed record AuditFixesReport(
    ProjectEdit.Fix? Edit, ImmutableArray<AuditFinding> Fixed, ImmutableArray<UnfixedFinding> Unfixed, LockDifference Lock) : IReport
{
    public string Kind => "audit-fixes";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray("fixed"u8);
        foreach (var finding in Fixed)
        {
            WriteName(json, finding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unfixed"u8);
        foreach (var (finding, why) in Unfixed)
        {
            WriteName(json, finding);
            json.WriteString("why"u8, why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteChanges("lock", Lock);
    }

    private static void WriteName(Utf8JsonWriter json, AuditFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, finding.Id);
        json.WriteString("name"u8, finding.Package.Name.Value);
        json.WriteString("version"u8, finding.Package.Version.ToString());
    }
}

/// <summary>Finds one change for many findings: each has its own least change first, then all of them are solved together.</summary>
internal sealed class AuditFixes(RegistryClient client, AuditFixRequest request) : Query<AuditFixesReport>
{
    protected override Task<AuditFixesReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        Task.Run(() => FindAsync(progress, cancellation), cancellation);

    private async Task<AuditFixesReport> FindAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        await using var ground = await AuditGround.ReadAsync(client, request.Folder, cancellation).ConfigureAwait(false);
        if (ground.Evidence.Gaps.Count > 0 && ground.Evidence.Used.Count == 0)
        {
            throw ground.Evidence.Gaps[0].Raise();
        }

        var wanted = Wanted(ground, cancellation);
        using var releases = client.Sources(ground.Project, ground.Lockfile, []);
        var search = ground.Search(client, releases);
        var finder = new FixFinder(ground.Project, ground.Graph, releases, search);
        var fixable = new List<AuditFinding>();
        var unfixed = new List<UnfixedFinding>();
        foreach (var finding in wanted)
        {
            progress.Report(new ProgressEvent.StepAdvanced("fixes", fixable.Count + unfixed.Count, wanted.Length));
            var fix = await finder.FindAsync(finding, cancellation).ConfigureAwait(false);
            if (IsAllowed(fix))
            {
                fixable.Add(finding with { Fix = fix });
            }
            else
            {
                unfixed.Add(new(finding with { Fix = fix }, fix.Why ?? "it takes a change of the manifest"));
            }
        }

        return await TogetherAsync(search, fixable, unfixed, cancellation).ConfigureAwait(false);
    }

    private bool IsAllowed(AuditFix fix) => fix.Edit is not null
        && (request.Scope == AuditFixScope.Safe ? fix.IsSafe : request.Reach == FixReach.Breaking || !fix.IsBreaking);

    private ImmutableArray<AuditFinding> Wanted(AuditGround ground, CancellationToken cancellation)
    {
        var findings = ground.Findings(WithdrawnAdvisories.Hidden, cancellation);
        foreach (var id in request.Findings)
        {
            if (!findings.Any(finding => Has(finding, id)))
            {
                throw AcceptRisk.NotFound(id);
            }
        }

        return [.. findings.Where(AuditGround.CanBeFixed).Where(finding => request.Findings.IsEmpty
            ? !ground.IsAccepted(finding)
            : request.Findings.Any(id => Has(finding, id))).Take(AuditRequest.FixesMax)];
    }

    private static bool Has(AuditFinding finding, string id) => finding.Match.Ids.Contains(id, StringComparer.OrdinalIgnoreCase);

    /// <summary>All at once where that works; else as many as go together, the gravest first.</summary>
    private async Task<AuditFixesReport> TogetherAsync(
        FixSearch search, List<AuditFinding> fixable, List<UnfixedFinding> unfixed, CancellationToken cancellation)
    {
        if (fixable.Count == 0)
        {
            return new(null, [], [.. unfixed], new([]));
        }

        var all = await TryAsync(search, fixable, cancellation).ConfigureAwait(false);
        if (all.Edit is not null)
        {
            return new(all.Edit, [.. fixable], [.. unfixed], all.Lock);
        }

        var chosen = new List<AuditFinding>();
        FixTrial? found = null;
        foreach (var finding in fixable)
        {
            var trial = await TryAsync(search, [.. chosen, finding], cancellation).ConfigureAwait(false);
            if (trial.Edit is not null)
            {
                chosen.Add(finding);
                found = trial;
            }
            else
            {
                var why = await search.WhyNotAsync(trial, cancellation).ConfigureAwait(false);
                unfixed.Add(new(finding, $"it does not go together with the other fixes: {why}"));
            }
        }

        return new(found?.Edit, [.. chosen], [.. unfixed], found?.Lock ?? new([]));
    }

    private Task<FixTrial> TryAsync(FixSearch search, List<AuditFinding> findings, CancellationToken cancellation)
    {
        // Of two moves of one line the later is tried; whether it serves the earlier one as well, the solve says.
        var edits = findings.SelectMany(finding => finding.Fix!.Edit!.Edits)
            .GroupBy(edit => (edit.File, edit.Group, edit.LocalName)).Select(same => same.Last());
        return search.TryAsync(findings, [.. edits], request.Reach, cancellation);
    }
}
