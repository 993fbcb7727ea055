using System.Text.Json;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>A problem as JSON: the answer of a verb that failed, and a line of progress that warns.</summary>
public sealed record ProblemReport(Problem Problem) : IReport
{
    public string Kind => "problem";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("code"u8, Problem.Code.Slug());
        json.WriteString("problem_kind"u8, Problem.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("exit"u8, Problem.Kind.ExitCode());
        json.WriteString("message"u8, Problem.Message);
        json.WriteString("hint"u8, Problem.Hint);
        if (Problem.Place is { } place)
        {
            json.WriteStartObject("place"u8);
            json.WriteString("file"u8, place.File);
            json.WriteNumber("line"u8, place.Line);
            json.WriteNumber("column"u8, place.Column);
            json.WriteEndObject();
        }

        if (Problem.Detail is NoResolutionDetail conflict)
        {
            json.WriteStartObject("detail"u8);
            json.WriteString("kind"u8, "no-resolution"u8);
            json.WritePropertyName("explanation"u8);
            conflict.Explanation.WriteJson(json);
            WriteRepairs(json, conflict);
            json.WriteEndObject();
        }

        if (Problem.Detail is IReport detail)
        {
            json.WriteStartObject("detail"u8);
            json.WriteString("kind"u8, detail.Kind);
            detail.WriteTo(json);
            json.WriteEndObject();
        }
    }

    private static void WriteRepairs(Utf8JsonWriter json, NoResolutionDetail conflict)
    {
        json.WriteStartArray("repairs"u8);
        foreach (var repair in conflict.Repairs)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, repair.Id);
            json.WriteString("risk"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(repair.Risk.ToString()));
            json.WriteString("title"u8, repair.Title);
            json.WriteString("reason"u8, repair.Reason);
            json.WriteChanges("lock", repair.Difference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
