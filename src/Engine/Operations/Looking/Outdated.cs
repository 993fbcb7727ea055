using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Progress;
using Registry.Engine.Sources;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the project is in it or above it.</param>
public sealed record OutdatedRequest(string Folder)
{
    /// <summary>Also what only other packages need.</summary>
    public bool IncludesIndirect { get; init; }
}

/// <summary>A package of which there is something newer, or something to know.</summary>
/// <param name="Wanted">The newest that the manifest allows; null for an indirect one.</param>
/// <param name="Latest">The newest that may be chosen at all.</param>
/// <param name="Note">What else is to be known: that the locked one was yanked, and why.</param>
public sealed record OutdatedPackage(
    PackageName Name, DependencyGroup? Group, string? Member, SemanticVersion Current, SemanticVersion? Wanted, SemanticVersion? Latest, string? Note);

/// <param name="Checked">How many packages were looked at.</param>
public sealed record OutdatedReport(ImmutableArray<OutdatedPackage> Packages, int Checked) : IReport
{
    public string Kind => "outdated";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("checked"u8, Checked);
        json.WriteStartArray("packages"u8);
        foreach (var package in Packages)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, package.Name.Value);
            json.WriteString("group"u8, package.Group?.ToString().ToLowerInvariant());
            json.WriteString("member"u8, package.Member);
            json.WriteString("current"u8, package.Current.ToString());
            json.WriteString("wanted"u8, package.Wanted?.ToString());
            json.WriteString("latest"u8, package.Latest?.ToString());
            json.WriteString("note"u8, package.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn outdated`.</summary>
internal sealed class Outdated(RegistryClient client, OutdatedRequest request) : Query<OutdatedReport>
{
    protected override async Task<OutdatedReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var project = LockedProject.Find(client, request.Folder).Project;
        var listed = new List(client, new(request.Folder) { IncludesIndirect = request.IncludesIndirect }).Read();
        var feeds = listed.Packages.Where(package => package.Version is not null && package.Source?.StartsWith("feed+", StringComparison.Ordinal) == true).ToArray();
        using var sources = client.Sources(project, null, []);
        var keys = feeds.Select(package => new PackageKey(package.Name, new DependencyOrigin.Feed(package.Source![5..]))).ToArray();
        var answers = await sources.ReadAllAsync([.. keys.Distinct()], progress, cancellation).ConfigureAwait(false);
        var indexes = answers.ToDictionary(answer => answer.Key, answer => answer.Package?.Index);
        var rows = feeds.Zip(keys, (package, key) => Row(package, indexes[key])).OfType<OutdatedPackage>();
        return new([.. rows], feeds.Length);
    }

    private static OutdatedPackage? Row(ListedPackage package, PackageIndex? index)
    {
        var current = package.Version!;
        if (index is null)
        {
            return new(package.Name, package.Group, package.Member, current, null, null, "the registry does not have it any more");
        }

        var wanted = package.Constraint is { } constraint
            ? index.Releases.LastOrDefault(release => release.Status == ReleaseStatus.Ok && constraint.Admits(release.Id.Version))?.Id.Version
            : null;
        var latest = index.Latest?.Id.Version;
        var note = Note(index.Releases.FirstOrDefault(release => release.Id.Version == current));
        var isNewer = (wanted is not null && wanted > current) || (latest is not null && latest > current);
        return isNewer || note is not null ? new(package.Name, package.Group, package.Member, current, wanted, latest, note) : null;
    }

    private static string? Note(Release? current) => current switch
    {
        null => "the registry does not have the locked version any more",
        { Status: ReleaseStatus.Ok } => null,
        { Reason.Text: { Length: > 0 } reason } => $"{current.Status.ToString().ToLowerInvariant()}: {Printable.Clip(reason, 200)}",
        _ => current.Status.ToString().ToLowerInvariant(),
    };
}
