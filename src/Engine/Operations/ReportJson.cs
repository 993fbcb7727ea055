using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>The members that several reports share, written one way.</summary>
internal static class ReportJson
{
    public static void WriteOptional(this Utf8JsonWriter json, string member, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(member, number);
        }
        else
        {
            json.WriteNull(member);
        }
    }

    public static void WriteStrings(this Utf8JsonWriter json, string member, IEnumerable<string> values)
    {
        json.WriteStartArray(member);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    public static void WritePackages(this Utf8JsonWriter json, string member, IEnumerable<PackageId> packages)
    {
        json.WriteStartArray(member);
        foreach (var package in packages)
        {
            json.WriteStartObject();
            json.WriteString("name", package.Name.Value);
            json.WriteString("version", package.Version.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteChanges(this Utf8JsonWriter json, string member, LockDifference difference)
    {
        json.WriteStartArray(member);
        foreach (var change in difference.Changes)
        {
            json.WriteStartObject();
            json.WriteString("change", JsonNamingPolicy.KebabCaseLower.ConvertName(change.Kind.ToString()));
            json.WriteString("name", change.Name.Value);
            json.WriteString("from", change.Before?.Id.Version.ToString());
            json.WriteString("to", change.After?.Id.Version.ToString());
            json.WriteString("source", (change.After ?? change.Before)!.Source.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteProblems(this Utf8JsonWriter json, string member, IEnumerable<Problem> problems)
    {
        json.WriteStartArray(member);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("code", problem.Code.Slug());
            json.WriteString("message", problem.Message);
            json.WriteString("hint", problem.Hint);
            json.WriteString("place", problem.Place?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
