using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Repairing;

/// <summary>A short name for a repair that is the same on every machine, so that people and scripts can speak of it.</summary>
internal static class RepairId
{
    public static string Of(ImmutableArray<ManifestEdit> edits, ImmutableArray<PackageId> yanked)
    {
        var lines = edits.Select(Line).Concat(yanked.Select(id => $"yanked {id}"));
        var (verb, name) = edits.IsEmpty ? ("accept", yanked[0].Name) : Head(edits[0]);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var subject = name is null ? "" : $"-{name.Normal.Replace('/', '-')}";
        return $"{verb}{subject}-{Convert.ToHexStringLower(digest.AsSpan(0, 2))}";
    }

    private static string Line(ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint e => $"{e.File} {e.Group} {e.LocalName} {e.To.Text}",
        ManifestEdit.RemoveDependency e => $"{e.File} {e.Group} {e.LocalName} drop",
        ManifestEdit.RenameDependency e => $"{e.File} {e.Group} {e.LocalName} {e.To}",
        ManifestEdit.ChangeOrigin e => $"{e.File} {e.Group} {e.LocalName} {e.To}",
        ManifestEdit.RemoveFeature e => $"{e.File} {e.Group} {e.LocalName} without {e.Feature}",
        ManifestEdit.AddOverride e => $"override {e.Name} {e.Constraint.Text}",
        ManifestEdit.RemoveOverride e => $"no override {e.Name}",
        ManifestEdit.AllowPrerelease e => $"pre-release {e.Name}",
        ManifestEdit.SetDuplicates e => $"duplicates {e.Policy}",
        _ => edit.GetType().Name,
    };

    private static (string Verb, PackageName? Name) Head(ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint e => ("change", e.Name),
        ManifestEdit.RemoveDependency e => ("drop", e.Name),
        ManifestEdit.RenameDependency e => ("rename", e.From),
        ManifestEdit.ChangeOrigin e => ("source", e.Name),
        ManifestEdit.RemoveFeature e => ("feature", e.Name),
        ManifestEdit.AddOverride e => ("override", e.Name),
        ManifestEdit.RemoveOverride e => ("override", e.Name),
        ManifestEdit.AllowPrerelease e => ("prerelease", e.Name),
        ManifestEdit.SetDuplicates => ("copies", null),
        _ => ("as-of", null),
    };
}
