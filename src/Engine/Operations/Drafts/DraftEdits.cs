using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>Edits of a draft. A repair is kept as what it writes: what it leads to is solved anew.</summary>
internal static class DraftEdits
{
    private const int ListMax = 300;

    public static bool CanWrite(ProjectEdit edit) => edit switch
    {
        ProjectEdit.Add add => add.Origin is DependencyOrigin.Feed,
        ProjectEdit.ApplyRepair repair => repair.Repair.Edits.All(CanWrite),
        ProjectEdit.Remove or ProjectEdit.Constrain or ProjectEdit.Update or ProjectEdit.Override or ProjectEdit.RemoveOverride
            or ProjectEdit.Duplicates or ProjectEdit.AllowPrereleases => true,
        _ => false,
    };

    public static void Write(Utf8JsonWriter json, ProjectEdit edit)
    {
        json.WriteStartObject();
        json.WriteString("edit", edit.GetType().Name);
        switch (edit)
        {
            case ProjectEdit.Add e:
                json.WriteString("name", e.Name.Value);
                json.WriteString("constraint", e.Constraint?.Text);
                json.WriteString("group", e.Group.ToString());
                json.WriteString("registry", (e.Origin as DependencyOrigin.Feed)?.Registry);
                json.WriteString("alias", e.Alias);
                json.WriteBoolean("optional", e.IsOptional);
                json.WriteBoolean("default", e.UsesDefaultFeatures);
                json.WriteStrings("features", e.Features);
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
            case ProjectEdit.ApplyRepair e:
                WriteRepair(json, e.Repair);
                break;
            default:
                break;
        }

        json.WriteEndObject();
    }

    public static ProjectEdit Read(JsonElement e) => e.GetProperty("edit").GetString() switch
    {
        nameof(ProjectEdit.Add) => new ProjectEdit.Add(Name(e), Text(e, "constraint") is { } constraint ? Constraint.Parse(constraint) : null, Group(e), new DependencyOrigin.Feed(Text(e, "registry")))
        {
            Alias = Text(e, "alias"),
            IsOptional = e.GetProperty("optional").GetBoolean(),
            UsesDefaultFeatures = e.GetProperty("default").GetBoolean(),
            Features = [.. e.GetProperty("features").EnumerateArray().Take(ListMax).Select(Item)],
        },
        nameof(ProjectEdit.Remove) => new ProjectEdit.Remove(Required(e, "name"), Text(e, "group") is null ? null : Group(e)),
        nameof(ProjectEdit.Constrain) => new ProjectEdit.Constrain(Group(e), Required(e, "name"), Constraint.Parse(Required(e, "constraint"))),
        nameof(ProjectEdit.Update) => new ProjectEdit.Update(
            Text(e, "name") is null ? null : Name(e), Text(e, "version") is { } version ? SemanticVersion.Parse(version) : null, Of<UpdateReach>(e, "reach")),
        nameof(ProjectEdit.Override) => new ProjectEdit.Override(Name(e), Constraint.Parse(Required(e, "constraint")), Text(e, "reason")),
        nameof(ProjectEdit.RemoveOverride) => new ProjectEdit.RemoveOverride(Name(e)),
        nameof(ProjectEdit.Duplicates) => new ProjectEdit.Duplicates(Of<DuplicatesPolicy>(e, "policy")),
        nameof(ProjectEdit.AllowPrereleases) => new ProjectEdit.AllowPrereleases(Name(e)),
        nameof(ProjectEdit.ApplyRepair) => new ProjectEdit.ApplyRepair(ReadRepair(e)),
        var kind => throw new FormatException($"there is no edit {kind}"),
    };

    private static bool CanWrite(ManifestEdit edit) => edit is ManifestEdit.ChangeConstraint or ManifestEdit.RemoveDependency or ManifestEdit.RenameDependency
        or ManifestEdit.RemoveFeature or ManifestEdit.RemoveOverride or ManifestEdit.AllowPrerelease or ManifestEdit.SetDuplicates or ManifestEdit.RemoveAsOf
        or ManifestEdit.AddOverride { Origin: DependencyOrigin.Feed { Registry: null } };

    private static void WriteRepair(Utf8JsonWriter json, Repair repair)
    {
        json.WriteString("id", repair.Id);
        json.WriteString("risk", repair.Risk.ToString());
        json.WriteString("title", repair.Title);
        json.WriteStrings("yanked", repair.AcceptedYanked.Select(id => $"{id.Name}@{id.Version}"));
        json.WriteStartArray("writes");
        foreach (var edit in repair.Edits)
        {
            Write(json, edit);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ManifestEdit edit)
    {
        json.WriteStartObject();
        json.WriteString("write", edit.GetType().Name);
        json.WriteString("file", edit.File);
        json.WriteString("group", edit.Line?.Group.ToString());
        json.WriteString("local", edit.Line?.LocalName);
        var (name, from, to) = edit switch
        {
            ManifestEdit.ChangeConstraint e => (e.Name.Value, e.From.Text, e.To.Text),
            ManifestEdit.RemoveDependency e => (e.Name.Value, null, null),
            ManifestEdit.RenameDependency e => (e.From.Value, null, e.To.Value),
            ManifestEdit.RemoveFeature e => (e.Name.Value, null, e.Feature),
            ManifestEdit.AddOverride e => (e.Name.Value, e.Reason, e.Constraint.Text),
            ManifestEdit.RemoveOverride e => (e.Name.Value, null, null),
            ManifestEdit.AllowPrerelease e => (e.Name.Value, null, null),
            ManifestEdit.SetDuplicates e => (null, null, e.Policy.ToString()),
            ManifestEdit.RemoveAsOf e => (null, e.From.ToString("O", System.Globalization.CultureInfo.InvariantCulture), null),
            _ => ((string?)null, (string?)null, (string?)null),
        };
        json.WriteString("name", name);
        json.WriteString("from", from);
        json.WriteString("to", to);
        json.WriteEndObject();
    }

    private static Repair ReadRepair(JsonElement e) => new(
        Required(e, "id"), Of<RepairRisk>(e, "risk"), Printable.Clip(Required(e, "title"), 400), "",
        [.. e.GetProperty("writes").EnumerateArray().Take(ListMax).Select(ReadWrite)],
        [.. e.GetProperty("yanked").EnumerateArray().Take(ListMax).Select(id => Id(Item(id)))],
        new("", []), new([]));

    private static ManifestEdit ReadWrite(JsonElement e)
    {
        var (file, local) = (Required(e, "file"), Text(e, "local") ?? "");
        return Text(e, "write") switch
        {
            nameof(ManifestEdit.ChangeConstraint) => new ManifestEdit.ChangeConstraint(file, Group(e), local, Name(e), Constraint.Parse(Required(e, "from")), Constraint.Parse(Required(e, "to"))),
            nameof(ManifestEdit.RemoveDependency) => new ManifestEdit.RemoveDependency(file, Group(e), local, Name(e)),
            nameof(ManifestEdit.RenameDependency) => new ManifestEdit.RenameDependency(file, Group(e), local, Name(e), PackageName.Parse(Required(e, "to"))),
            nameof(ManifestEdit.RemoveFeature) => new ManifestEdit.RemoveFeature(file, Group(e), local, Name(e), Required(e, "to")),
            nameof(ManifestEdit.AddOverride) => new ManifestEdit.AddOverride(file, Name(e), Constraint.Parse(Required(e, "to")), DependencyOrigin.Feed.Routed) { Reason = Text(e, "from") },
            nameof(ManifestEdit.RemoveOverride) => new ManifestEdit.RemoveOverride(file, Name(e)),
            nameof(ManifestEdit.AllowPrerelease) => new ManifestEdit.AllowPrerelease(file, Name(e)),
            nameof(ManifestEdit.SetDuplicates) => new ManifestEdit.SetDuplicates(file, Of<DuplicatesPolicy>(e, "to")),
            nameof(ManifestEdit.RemoveAsOf) => new ManifestEdit.RemoveAsOf(file, DateTimeOffset.Parse(Required(e, "from"), System.Globalization.CultureInfo.InvariantCulture)),
            var kind => throw new FormatException($"there is no edit {kind}"),
        };
    }

    private static PackageId Id(string text)
    {
        var at = text.LastIndexOf('@');
        return new(PackageName.Parse(text[..Math.Max(0, at)]), SemanticVersion.Parse(text[(at + 1)..]));
    }

    private static string? Text(JsonElement e, string member) => e.GetProperty(member).GetString();

    internal static string Item(JsonElement e) => e.GetString() ?? throw new FormatException("a list has an empty item");

    // The file may have been written by anybody: half an edit is none.
    private static string Required(JsonElement e, string member) => Text(e, member) ?? throw new FormatException($"an edit has no {member}");

    private static PackageName Name(JsonElement e) => PackageName.Parse(Required(e, "name"));

    private static DependencyGroup Group(JsonElement e) => Of<DependencyGroup>(e, "group");

    private static T Of<T>(JsonElement e, string member)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(e, member), out var value) && Enum.IsDefined(value) ? value : throw new FormatException($"{member} is no {typeof(T).Name}");
}
