using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>Edits of a draft. A repair is kept as what it writes: what it leads to is solved anew.</summary>
internal static class DraftEdits
{
    public static void Write(Utf8JsonWriter json, ProjectEdit edit)
    {
        json.WriteStartObject();
        json.WriteString("edit", edit.GetType().Name);
        switch (edit)
        {
            case ProjectEdit.Add e:
                WriteAdd(json, e);
                break;
            case ProjectEdit.Remove e:
                json.WriteString("name", e.LocalName);
                json.WriteString("group", e.Group?.ToString());
                break;
            case ProjectEdit.Constrain e:
                json.WriteString("name", e.LocalName);
                json.WriteString("group", e.Group.ToString());
                json.WriteString("constraint", e.Constraint.Text);
                break;
            case ProjectEdit.Update e:
                json.WriteString("name", e.Name?.Value);
                json.WriteString("version", e.Precise?.ToString());
                json.WriteString("reach", e.Reach.ToString());
                break;
            case ProjectEdit.Override e:
                json.WriteString("name", e.Name.Value);
                json.WriteString("constraint", e.Constraint.Text);
                json.WriteString("reason", e.Reason);
                break;
            case ProjectEdit.RemoveOverride e:
                json.WriteString("name", e.Name.Value);
                break;
            case ProjectEdit.Duplicates e:
                json.WriteString("policy", e.Policy.ToString());
                break;
            case ProjectEdit.AllowPrereleases e:
                json.WriteString("name", e.Name.Value);
                break;
            case ProjectEdit.SetVersion e:
                json.WriteString("member", e.Member?.Value);
                json.WriteString("version", e.Version.ToString());
                break;
            case ProjectEdit.LeaveOut e:
                json.WriteString("member", e.Member?.Value);
                json.WriteString("pattern", e.Pattern);
                break;
            case ProjectEdit.Fix e:
                WriteFix(json, e);
                break;
            case ProjectEdit.AcceptRisk e:
                json.WriteString("id", e.Id);
                json.WriteString("reason", e.Reason);
                DraftValue.WriteDate(json, "until", e.Until);
                json.WriteString("name", e.Package.Value);
                break;
            case ProjectEdit.ApplyRepair e:
                DraftWrites.WriteRepair(json, e.Repair);
                break;
            default:
                throw new InvalidOperationException($"edit {edit.GetType().Name}");
        }

        json.WriteEndObject();
    }

    public static ProjectEdit Read(JsonElement e) => DraftValue.Required(e, "edit") switch
    {
        nameof(ProjectEdit.Add) => Add(e),
        nameof(ProjectEdit.Remove) => new ProjectEdit.Remove(DraftValue.Required(e, "name"), DraftValue.Text(e, "group") is null ? null : DraftValue.Group(e)),
        nameof(ProjectEdit.Constrain) => new ProjectEdit.Constrain(DraftValue.Group(e), DraftValue.Required(e, "name"), DraftValue.ConstraintOf(e)),
        nameof(ProjectEdit.Update) => new ProjectEdit.Update(
            DraftValue.Text(e, "name") is null ? null : DraftValue.Name(e), DraftValue.Text(e, "version") is { } version ? SemanticVersion.Parse(version) : null, DraftValue.Of<UpdateReach>(e, "reach")),
        nameof(ProjectEdit.Override) => new ProjectEdit.Override(DraftValue.Name(e), DraftValue.ConstraintOf(e), DraftValue.Text(e, "reason")),
        nameof(ProjectEdit.RemoveOverride) => new ProjectEdit.RemoveOverride(DraftValue.Name(e)),
        nameof(ProjectEdit.Duplicates) => new ProjectEdit.Duplicates(DraftValue.Of<DuplicatesPolicy>(e, "policy")),
        nameof(ProjectEdit.AllowPrereleases) => new ProjectEdit.AllowPrereleases(DraftValue.Name(e)),
        nameof(ProjectEdit.SetVersion) => new ProjectEdit.SetVersion(Member(e), SemanticVersion.Parse(DraftValue.Required(e, "version"))),
        nameof(ProjectEdit.LeaveOut) => new ProjectEdit.LeaveOut(Member(e), DraftValue.Required(e, "pattern")),
        nameof(ProjectEdit.Fix) => Fix(e),
        nameof(ProjectEdit.AcceptRisk) => new ProjectEdit.AcceptRisk(DraftValue.Required(e, "id"), DraftValue.Required(e, "reason"), DraftValue.Date(e, "until"), DraftValue.Name(e)),
        nameof(ProjectEdit.ApplyRepair) => new ProjectEdit.ApplyRepair(DraftWrites.Repair(e)),
        var kind => throw new FormatException($"there is no edit {kind}"),
    };

    private static void WriteAdd(Utf8JsonWriter json, ProjectEdit.Add add)
    {
        json.WriteString("name", add.Name.Value);
        json.WriteString("constraint", add.Constraint?.Text);
        json.WriteString("group", add.Group.ToString());
        DraftValue.WriteOrigin(json, "origin", add.Origin);
        json.WriteString("alias", add.Alias);
        json.WriteBoolean("optional", add.IsOptional);
        json.WriteBoolean("default", add.UsesDefaultFeatures);
        json.WriteStrings("features", add.Features);
    }

    private static ProjectEdit.Add Add(JsonElement e) => new(
        DraftValue.Name(e), DraftValue.Text(e, "constraint") is null ? null : DraftValue.ConstraintOf(e), DraftValue.Group(e), DraftValue.Origin(e, "origin"))
    {
        Alias = DraftValue.Text(e, "alias"),
        IsOptional = e.GetProperty("optional").GetBoolean(),
        UsesDefaultFeatures = e.GetProperty("default").GetBoolean(),
        Features = DraftValue.List(e, "features", DraftValue.Item),
    };

    private static void WriteFix(Utf8JsonWriter json, ProjectEdit.Fix fix)
    {
        json.WriteStrings("findings", fix.Findings);
        json.WriteStartArray("avoid");
        foreach (var never in fix.Avoid)
        {
            json.WriteStartObject();
            json.WriteString("name", never.Name.Value);
            DraftValue.WriteVersions(json, "versions", never.Versions);
            json.WriteString("why", never.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        DraftWrites.WriteAll(json, fix.Edits);
    }

    private static ProjectEdit.Fix Fix(JsonElement e) => new(
        DraftValue.List(e, "findings", DraftValue.Item),
        DraftValue.List(e, "avoid", never => new Wish.Never(DraftValue.Name(never), DraftValue.Versions(never, "versions"), DraftValue.Required(never, "why"))),
        DraftValue.List(e, "writes", write => DraftWrites.Read(write) as ManifestEdit.ChangeConstraint ?? throw new FormatException("a fix changes constraints only")));

    private static PackageName? Member(JsonElement e) => DraftValue.Text(e, "member") is { } member ? PackageName.Parse(member) : null;
}
