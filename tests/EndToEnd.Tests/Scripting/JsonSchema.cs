using System.Text.Json;

namespace Registry.EndToEnd.Tests.Scripting;

/// <summary>
/// The part of JSON Schema that docs/schemas uses: type, properties, required, additionalProperties, items, enum, const
/// and $ref to another file.
/// </summary>
internal sealed class JsonSchema
{
    private readonly JsonElement _schema;
    private readonly string _folder;

    private JsonSchema(JsonElement schema, string folder) => (_schema, _folder) = (schema, folder);

    public static JsonSchema Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return new(document.RootElement.Clone(), Path.GetDirectoryName(file)!);
    }

    /// <returns>What does not fit, with its path; empty when all does.</returns>
    public IReadOnlyList<string> Check(string json)
    {
        using var document = JsonDocument.Parse(json);
        var faults = new List<string>();
        Check(_schema, document.RootElement, "$", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(Read(Path.Combine(_folder, reference.GetString()!))._schema, value, path, faults);
            return;
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && Types(type).Contains("number")))
        {
            faults.Add($"{path} is {TypeOf(value)}, not {type.GetRawText()}");
            return;
        }

        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(word => word.GetRawText() == value.GetRawText()))
        {
            faults.Add($"{path} is {value.GetRawText()}, not one of {words.GetRawText()}");
        }

        if (schema.TryGetProperty("const", out var constant) && constant.GetRawText() != value.GetRawText())
        {
            faults.Add($"{path} is {value.GetRawText()}, not {constant.GetRawText()}");
        }

        CheckMembers(schema, value, path, faults);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(items, item, $"{path}[{index++}]", faults);
            }
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(name => name.GetString()!) : [])
        {
            if (!value.TryGetProperty(name, out _))
            {
                faults.Add($"{path}.{name} is missing");
            }
        }

        var properties = schema.TryGetProperty("properties", out var known) ? known : default;
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var own))
            {
                Check(own, member.Value, $"{path}.{member.Name}", faults);
            }
            else if (others.ValueKind == JsonValueKind.False)
            {
                faults.Add($"{path}.{member.Name} is not described");
            }
            else
            {
                Check(others, member.Value, $"{path}.{member.Name}", faults);
            }
        }
    }

    private static string[] Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
