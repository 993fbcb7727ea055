using System.Globalization;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>What a repair or a fix writes into manifests, in a draft.</summary>
internal static class DraftWrites
{
    public static void WriteRepair(Utf8JsonWriter json, Repair repair)
    {
        json.WriteString("id", repair.Id);
        json.WriteString("risk", repair.Risk.ToString());
        json.WriteString("title", repair.Title);
        json.WriteStrings("yanked", repair.AcceptedYanked.Select(id => $"{id.Name}@{id.Version}"));
        WriteAll(json, repair.Edits);
    }

    /// <summary>What it leads to is not kept: that is solved anew.</summary>
    public static Repair Repair(JsonElement e) => new(
        DraftValue.Required(e, "id"), DraftValue.Of<RepairRisk>(e, "risk"), Printable.Clip(DraftValue.Required(e, "title"), 400), "",
        DraftValue.List(e, "writes", Read), DraftValue.List(e, "yanked", id => Id(DraftValue.Item(id))), new("", []), new([]));

    public static void WriteAll(Utf8JsonWriter json, IEnumerable<ManifestEdit> edits)
    {
        json.WriteStartArray("writes");
        foreach (var edit in edits)
        {
            Write(json, edit);
        }

        json.WriteEndArray();
    }

    public static ManifestEdit Read(JsonElement e)
    {
        var (file, kind) = (DraftValue.Required(e, "file"), DraftValue.Required(e, "write"));
        return kind switch
        {
            nameof(ManifestEdit.AddOverride) => new ManifestEdit.AddOverride(file, DraftValue.Name(e), Constrained(e, "to"), DraftValue.Origin(e, "origin")) { Reason = DraftValue.Text(e, "from") },
            nameof(ManifestEdit.RemoveOverride) => new ManifestEdit.RemoveOverride(file, DraftValue.Name(e)),
            nameof(ManifestEdit.AllowPrerelease) => new ManifestEdit.AllowPrerelease(file, DraftValue.Name(e)),
            nameof(ManifestEdit.SetDuplicates) => new ManifestEdit.SetDuplicates(file, DraftValue.Of<DuplicatesPolicy>(e, "to")),
            nameof(ManifestEdit.RemoveAsOf) => new ManifestEdit.RemoveAsOf(file, DateTimeOffset.ParseExact(DraftValue.Required(e, "from"), "O", CultureInfo.InvariantCulture)),
            _ => OfLine(e, kind, file),
        };
    }

    private static ManifestEdit OfLine(JsonElement e, string kind, string file)
    {
        var (group, local, name) = (DraftValue.Group(e), DraftValue.Required(e, "local"), DraftValue.Name(e));
        return kind switch
        {
            nameof(ManifestEdit.ChangeConstraint) => new ManifestEdit.ChangeConstraint(file, group, local, name, Constrained(e, "from"), Constrained(e, "to")),
            nameof(ManifestEdit.RemoveDependency) => new ManifestEdit.RemoveDependency(file, group, local, name),
            nameof(ManifestEdit.RenameDependency) => new ManifestEdit.RenameDependency(file, group, local, name, PackageName.Parse(DraftValue.Required(e, "to"))),
            nameof(ManifestEdit.ChangeOrigin) => new ManifestEdit.ChangeOrigin(file, group, local, name, DraftValue.Origin(e, "from_origin"), DraftValue.Origin(e, "origin")),
            nameof(ManifestEdit.RemoveFeature) => new ManifestEdit.RemoveFeature(file, group, local, name, DraftValue.Required(e, "to")),
            _ => throw new FormatException($"there is no edit {kind}"),
        };
    }

    private static Constraint Constrained(JsonElement e, string member) => DraftValue.ConstraintOf(e, member);

    private static void Write(Utf8JsonWriter json, ManifestEdit edit)
    {
        json.WriteStartObject();
        json.WriteString("write", edit.GetType().Name);
        json.WriteString("file", edit.File);
        json.WriteString("group", edit.Line?.Group.ToString());
        json.WriteString("local", edit.Line?.LocalName);
        var (name, from, to) = Texts(edit);
        json.WriteString("name", name);
        json.WriteString("from", from);
        json.WriteString("to", to);
        switch (edit)
        {
            case ManifestEdit.ChangeOrigin e:
                DraftValue.WriteOrigin(json, "from_origin", e.From);
                DraftValue.WriteOrigin(json, "origin", e.To);
                break;
            case ManifestEdit.AddOverride e:
                DraftValue.WriteOrigin(json, "origin", e.Origin);
                break;
            default:
                break;
        }

        json.WriteEndObject();
    }

    private static (string? Name, string? From, string? To) Texts(ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint e => (e.Name.Value, e.From.Text, e.To.Text),
        ManifestEdit.RemoveDependency e => (e.Name.Value, null, null),
        ManifestEdit.RenameDependency e => (e.From.Value, null, e.To.Value),
        ManifestEdit.ChangeOrigin e => (e.Name.Value, null, null),
        ManifestEdit.RemoveFeature e => (e.Name.Value, null, e.Feature),
        ManifestEdit.AddOverride e => (e.Name.Value, e.Reason, e.Constraint.Text),
        ManifestEdit.RemoveOverride e => (e.Name.Value, null, null),
        ManifestEdit.AllowPrerelease e => (e.Name.Value, null, null),
        ManifestEdit.SetDuplicates e => (null, null, e.Policy.ToString()),
        ManifestEdit.RemoveAsOf e => (null, e.From.ToString("O", CultureInfo.InvariantCulture), null),
        _ => throw new InvalidOperationException($"edit {edit.GetType().Name}"),
    };

    private static PackageId Id(string text)
    {
        var at = text.LastIndexOf('@');
        return new(PackageName.Parse(text[..Math.Max(0, at)]), SemanticVersion.Parse(text[(at + 1)..]));
    }
}
