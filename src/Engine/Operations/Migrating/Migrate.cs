using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Registry.Engine.Formats.Foreign;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; holds the foreign manifest.</param>
public sealed record MigrateRequest(string Folder, ForeignKind From)
{
    /// <summary>Where packages are to be installed (`node_modules`); null for `packages`.</summary>
    public string? InstallDirectory { get; init; }
}

/// <summary>Something that did not come over as it was.</summary>
/// <param name="Place">A key path in the foreign file.</param>
/// <param name="IsLeftOut">False when it came over with another meaning.</param>
public sealed record MigrationRemark(string Place, bool IsLeftOut, string Reason);

/// <summary>A manifest that will be, or was, written.</summary>
/// <param name="Source">The foreign file, absolute.</param>
/// <param name="File">Ours, absolute.</param>
public sealed record MigratedManifest(string Source, string File, string Text, int Dependencies, ImmutableArray<MigrationRemark> Remarks);

public sealed record MigrateReport(ImmutableArray<MigratedManifest> Manifests) : IReport
{
    public string Kind => "migrate";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray("manifests"u8);
        foreach (var manifest in Manifests)
        {
            json.WriteStartObject();
            json.WriteString("source"u8, manifest.Source);
            json.WriteString("file"u8, manifest.File);
            json.WriteString("text"u8, manifest.Text);
            json.WriteNumber("dependencies"u8, manifest.Dependencies);
            json.WriteRemarks("remarks", manifest.Remarks);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn migrate`: a manifest of ours beside one of Cargo or npm, for every member of a workspace too.</summary>
internal sealed class Migrate(MigrateRequest request) : Change<MigrateReport, MigrateReport>
{
    public override Task<MigrateReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var (root, foreign) = Read(request.Folder);
            var manifests = ImmutableArray.CreateBuilder<MigratedManifest>();
            manifests.Add(root);
            var members = foreign.Manifest.Workspace is { } workspace ? MemberFolders.Candidates(request.Folder, workspace) : [];
            foreach (var member in members.Select(member => Path.Combine(request.Folder, member)).Where(IsForeign))
            {
                cancellation.ThrowIfCancellationRequested();
                manifests.Add(Read(member).Migrated);
            }

            return new MigrateReport(manifests.ToImmutable());
        },
        cancellation);

    public override async Task<MigrateReport> ApplyAsync(MigrateReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        foreach (var manifest in plan.Manifests)
        {
            await File.WriteAllTextAsync(manifest.File, manifest.Text, new UTF8Encoding(false), cancellation).ConfigureAwait(false);
        }

        return plan;
    }

    private bool IsForeign(string folder) =>
        File.Exists(Path.Combine(folder, ForeignSource.FileName(request.From))) && !File.Exists(Path.Combine(folder, Project.ManifestName));

    private (MigratedManifest Migrated, ForeignManifest Foreign) Read(string folder)
    {
        var file = Path.Combine(folder, Project.ManifestName);
        if (File.Exists(file))
        {
            throw new Problem(
                ProblemCode.ManifestExists, $"there is a `{Project.ManifestName}` in `{folder}` already", "take it away first, or add to it with `cairn add --from-cargo` or `--from-npm`").Raise();
        }

        var name = ForeignSource.FileName(request.From);
        var source = Path.Combine(folder, name);
        var foreign = ForeignSource.Read(request.From, source);
        return (
            new(source, file, ForeignManifestText.Write(foreign, name, request.InstallDirectory), foreign.Manifest.Dependencies.Length, MigrationRemarks.Of(foreign)), foreign);
    }
}

internal static class MigrationRemarks
{
    public static ImmutableArray<MigrationRemark> Of(ForeignManifest foreign) =>
        [.. foreign.Remarks.Select(remark => new MigrationRemark(remark.Place, remark.CarryOver == CarryOver.LeftOut, remark.Reason))];

    public static void WriteRemarks(this Utf8JsonWriter json, string member, ImmutableArray<MigrationRemark> remarks)
    {
        json.WriteStartArray(member);
        foreach (var remark in remarks)
        {
            json.WriteStartObject();
            json.WriteString("place"u8, remark.Place);
            json.WriteBoolean("left_out"u8, remark.IsLeftOut);
            json.WriteString("reason"u8, remark.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
