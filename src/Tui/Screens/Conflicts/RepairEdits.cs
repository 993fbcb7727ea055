using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Tui.Screens.Conflicts;

/// <summary>Says a repair's manifest edits in the words of the plan: one line each.</summary>
internal static class RepairEdits
{
    /// <summary>The package whose line changes; null for edits of the whole resolution.</summary>
    public static PackageName? NameOf(ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint change => change.Name,
        ManifestEdit.RemoveDependency remove => remove.Name,
        ManifestEdit.AddOverride add => add.Name,
        _ => null,
    };

    /// <summary>A sign and what changes.</summary>
    public static string TextOf(ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint change => $"~ {change.LocalName}  {change.From} -> {change.To}",
        ManifestEdit.RemoveDependency remove => $"- {remove.LocalName}",
        ManifestEdit.RenameDependency rename => $"~ {rename.LocalName}  {rename.From} -> {rename.To}",
        ManifestEdit.ChangeOrigin change => $"~ {change.LocalName}  from {change.To}",
        ManifestEdit.RemoveFeature remove => $"- {remove.LocalName}  feature {remove.Feature}",
        ManifestEdit.AddOverride add => $"+ override {add.Name} {add.Constraint}",
        ManifestEdit.RemoveOverride remove => $"- override {remove.Name}",
        ManifestEdit.AllowPrerelease allow => $"+ pre-releases of {allow.Name}",
        ManifestEdit.SetDuplicates => "+ duplicates = \"compatible\"",
        ManifestEdit.RemoveAsOf => "- as-of",
        _ => edit.ToString(),
    };
}
