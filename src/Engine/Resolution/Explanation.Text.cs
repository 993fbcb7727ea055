using System.Text;
using System.Text.Json;

namespace Registry.Engine.Resolution;

public sealed partial record Explanation
{
    /// <summary>The short form: headline, at most seven facts, conclusion.</summary>
    public string CardText() => Print(CardFactsMax, withHints: false);

    /// <summary>Everything worth saying, bounded.</summary>
    public string FullText() => Print(FullFactsMax, withHints: true);

    /// <summary>One JSON object: `story`, `headline`, `facts`, `conclusion`, `hints`, `packages`.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("story", JsonNamingPolicy.KebabCaseLower.ConvertName(Story.ToString()));
        json.WriteString("headline", Headline);
        json.WriteStartArray("facts");
        foreach (var fact in Facts)
        {
            WriteFact(json, fact);
        }

        json.WriteEndArray();
        json.WriteString("conclusion", Conclusion);
        WriteStrings(json, "hints", Hints);
        WriteStrings(json, "packages", Packages.Select(name => name.Value));
        WriteStrings(json, "wishes", Wishes.Select(wish => wish.Words));
        json.WriteEndObject();
    }

    private static void WriteFact(Utf8JsonWriter json, ExplainedFact fact)
    {
        json.WriteStartObject();
        json.WriteNumber("number", fact.Number);
        json.WriteString("text", fact.Text);
        if (fact.Detail is not null)
        {
            json.WriteString("detail", fact.Detail);
        }

        if (fact.Place is { } place)
        {
            json.WriteString("file", place.File);
            json.WriteNumber("line", place.Line);
            json.WriteNumber("column", place.Column);
        }

        if (fact.Package is not null)
        {
            json.WriteString("package", fact.Package.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string property, IEnumerable<string> values)
    {
        json.WriteStartArray(property);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private string Print(int factsMax, bool withHints)
    {
        var text = new StringBuilder(Headline).Append('\n');
        foreach (var fact in Facts.Take(factsMax))
        {
            text.Append("  ").Append(fact.Number).Append("  ").Append(fact.Text);
            _ = fact.Place is { } place ? text.Append("  (").Append(place.File).Append(':').Append(place.Line).Append(')') : text;
            text.Append('\n');
            _ = fact.Detail is { } detail ? text.Append("       ").Append(detail).Append('\n') : text;
        }

        if (Facts.Length > factsMax)
        {
            text.Append("     and ").Append(Facts.Length - factsMax).Append(" more\n");
        }

        _ = Conclusion.Length > 0 ? text.Append(Conclusion).Append('\n') : text;
        foreach (var hint in withHints ? Hints : [])
        {
            text.Append("Note: ").Append(hint).Append('\n');
        }

        return text.ToString();
    }
}
