using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>The dependencies of a foreign manifest as edits of ours, for `cairn add --from-cargo` and `--from-npm`.</summary>
public sealed record ForeignDependenciesReport(string File, ImmutableArray<ProjectEdit.Add> Edits, ImmutableArray<MigrationRemark> Remarks) : IReport
{
    public string Kind => "foreign-dependencies";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("file"u8, File);
        json.WriteStrings("dependencies", Edits.Select(edit => edit.Name.Value));
        json.WriteRemarks("remarks", Remarks);
    }
}

/// <param name="folder">Absolute; what paths of the edits are relative to.</param>
/// <param name="file">Absolute.</param>
internal sealed class ReadForeign(string folder, ForeignKind kind, string file) : Query<ForeignDependenciesReport>
{
    protected override Task<ForeignDependenciesReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var foreign = ForeignSource.Read(kind, file);
        var between = Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '/');
        var edits = foreign.Manifest.Dependencies.Select(dependency => new ProjectEdit.Add(
            dependency.Name, dependency.Constraint, dependency.Group,
            dependency.Origin is DependencyOrigin.Path path ? new DependencyOrigin.Path(RelativeFolder.Join(between, path.Folder)) : dependency.Origin)
        {
            Alias = dependency.Alias,
            IsOptional = dependency.IsOptional,
            UsesDefaultFeatures = dependency.UsesDefaultFeatures,
            Features = dependency.Features,
        });
        return Task.FromResult(new ForeignDependenciesReport(file, [.. edits], MigrationRemarks.Of(foreign)));
    }
}
