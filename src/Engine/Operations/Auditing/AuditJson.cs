using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <summary>The members of a finding in a report.</summary>
internal static class AuditJson
{
    public static void WriteFinding(Utf8JsonWriter json, AuditFinding finding)
    {
        var match = finding.Match;
        json.WriteString("id"u8, finding.Id);
        json.WriteStrings("ids", match.Ids);
        json.WriteString("name"u8, finding.Package.Name.Value);
        json.WriteString("version"u8, finding.Package.Version.ToString());
        json.WriteString("registry"u8, finding.Registry);
        json.WriteString("category"u8, match.Category.ToString().ToLowerInvariant());
        json.WriteString("severity"u8, finding.Severity.ToString().ToLowerInvariant());
        if (match.Rating.Score is { } score)
        {
            json.WriteNumber("score"u8, score);
        }
        else
        {
            json.WriteNull("score"u8);
        }

        json.WriteString("vector"u8, match.Rating.Vector?.Vector);
        json.WriteString("severity_note"u8, match.Rating.Note);
        json.WriteString("certainty"u8, match.Certainty == MatchCertainty.Affected ? "affected" : "cannot-tell");
        json.WriteString("title"u8, match.Title);
        json.WriteString("affected"u8, match.Versions.Set.ToString());
        json.WriteString("fixed"u8, match.FirstFixed?.ToString());
        json.WriteString("group"u8, finding.Group.ToString().ToLowerInvariant());
        json.WriteBoolean("direct"u8, finding.IsDirect);
        json.WriteString("published"u8, Time(match.Header.Published));
        json.WriteString("modified"u8, Time(match.Header.Modified));
        json.WriteString("withdrawn"u8, match.IsWithdrawn ? Time(match.Header.Withdrawn) : null);
        json.WriteStrings("sources", finding.Sources);
        WriteReferences(json, finding.References);
        WritePaths(json, finding);
        WriteFix(json, finding.Fix);
        WriteAccepted(json, finding.Accepted);
    }

    private static void WriteReferences(Utf8JsonWriter json, ImmutableArray<AdvisoryReference> references)
    {
        json.WriteStartArray("references"u8);
        foreach (var reference in references)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, reference.Kind);
            json.WriteString("address"u8, reference.Address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePaths(Utf8JsonWriter json, AuditFinding finding)
    {
        json.WriteStartArray("paths"u8);
        foreach (var path in finding.Paths)
        {
            json.WriteStartArray();
            foreach (var step in path)
            {
                WhyReport.WriteStep(json, step);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteNumber("paths_left_out"u8, finding.PathsLeftOut);
    }

    private static void WriteFix(Utf8JsonWriter json, AuditFix? fix)
    {
        if (fix is null)
        {
            json.WriteNull("fix"u8);
            return;
        }

        json.WriteStartObject("fix"u8);
        json.WriteString("effort"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(fix.Effort.ToString()));
        json.WriteBoolean("breaking"u8, fix.IsBreaking);
        json.WriteString("to"u8, fix.To?.ToString());
        json.WriteString("why"u8, fix.Why);
        json.WriteStartArray("manifests"u8);
        foreach (var edit in fix.Edit?.Edits ?? [])
        {
            json.WriteStartObject();
            json.WriteString("file"u8, edit.File);
            json.WriteString("name"u8, edit.Name.Value);
            json.WriteString("from"u8, edit.From.Text);
            json.WriteString("to"u8, edit.To.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteChanges("lock", fix.Lock);
        json.WriteEndObject();
    }

    private static void WriteAccepted(Utf8JsonWriter json, AcceptedRisk? accepted)
    {
        if (accepted is null)
        {
            json.WriteNull("accepted"u8);
            return;
        }

        json.WriteStartObject("accepted"u8);
        json.WriteString("reason"u8, accepted.Reason);
        json.WriteString("until"u8, accepted.Until?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static string? Time(DateTimeOffset? time) => time is { } moment && moment > DateTimeOffset.MinValue ? FeedJson.Time(moment) : null;
}
