using System.Text.Json;
using System.Text.RegularExpressions;

namespace Registry.Engine.Tests.Operations.Auditing;

/// <summary>
/// Holds a document to a JSON schema of draft 4: all that the schema of SARIF uses. A keyword it does not know fails, so that
/// nothing passes unlooked at.
/// </summary>
internal sealed class SchemaCheck
{
    private readonly JsonElement _root;
    private readonly List<string> _faults = [];

    private SchemaCheck(JsonElement root) => _root = root;

    public static IReadOnlyList<string> Faults(byte[] schema, byte[] document)
    {
        using var parsed = JsonDocument.Parse(schema);
        using var value = JsonDocument.Parse(document);
        var check = new SchemaCheck(parsed.RootElement);
        check.Check(parsed.RootElement, value.RootElement, "$");
        return check._faults;
    }

    private void Check(JsonElement schema, JsonElement value, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            CheckKeyword(keyword.Name, keyword.Value, schema, value, path);
        }
    }

    private void CheckKeyword(string name, JsonElement rule, JsonElement schema, JsonElement value, string path)
    {
        switch (name)
        {
            case "$ref":
                Check(Definition(rule.GetString()!), value, path);
                break;
            case "type":
                Require(IsOfType(rule, value), path, $"is {value.ValueKind}, not {rule}");
                break;
            case "enum":
                Require(rule.EnumerateArray().Any(word => word.GetRawText() == value.GetRawText()), path, $"is {value}, not one of {rule}");
                break;
            case "anyOf":
                Require(rule.EnumerateArray().Any(one => Fits(one, value)), path, "fits none of several forms");
                break;
            case "required" when value.ValueKind == JsonValueKind.Object:
                rule.EnumerateArray().ToList().ForEach(member => Require(value.TryGetProperty(member.GetString()!, out _), path, $"lacks {member}"));
                break;
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (var member in value.EnumerateObject().Where(member => rule.TryGetProperty(member.Name, out _)))
                {
                    Check(rule.GetProperty(member.Name), member.Value, $"{path}.{member.Name}");
                }

                break;
            case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                CheckOthers(rule, schema, value, path);
                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                value.EnumerateArray().Index().ToList().ForEach(item => Check(rule, item.Item, $"{path}[{item.Index}]"));
                break;
            case "minItems" when value.ValueKind == JsonValueKind.Array:
                Require(value.GetArrayLength() >= rule.GetInt32(), path, $"has fewer than {rule} items");
                break;
            case "uniqueItems" when value.ValueKind == JsonValueKind.Array && rule.GetBoolean():
                Require(value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(), path, "has an item twice");
                break;
            case "minimum" when value.ValueKind == JsonValueKind.Number:
                Require(value.GetDouble() >= rule.GetDouble(), path, $"is below {rule}");
                break;
            case "maximum" when value.ValueKind == JsonValueKind.Number:
                Require(value.GetDouble() <= rule.GetDouble(), path, $"is above {rule}");
                break;
            case "pattern" when value.ValueKind == JsonValueKind.String:
                Require(Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)), path, $"does not match {rule}");
                break;
            case "format" when value.ValueKind == JsonValueKind.String && rule.GetString() is "uri":
                Require(Uri.TryCreate(value.GetString(), UriKind.Absolute, out _), path, "is no URI");
                break;
            case "format" when value.ValueKind == JsonValueKind.String && rule.GetString() is "uri-reference":
                Require(Uri.IsWellFormedUriString(value.GetString(), UriKind.RelativeOrAbsolute), path, "is no URI reference");
                break;
            default:
                Require(IsHarmless(name), path, $"the schema says `{name}`, which is not checked here");
                break;
        }
    }

    private static bool IsHarmless(string keyword) => keyword
        is "$schema" or "title" or "id" or "description" or "default" or "definitions" or "format"
        or "required" or "properties" or "additionalProperties" or "items" or "minItems" or "uniqueItems" or "minimum" or "maximum" or "pattern";

    private void CheckOthers(JsonElement rule, JsonElement schema, JsonElement value, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out _))
            {
                continue;
            }

            Require(rule.ValueKind != JsonValueKind.False, path, $"has a member `{member.Name}` that it must not have");
            if (rule.ValueKind == JsonValueKind.Object)
            {
                Check(rule, member.Value, $"{path}.{member.Name}");
            }
        }
    }

    private bool Fits(JsonElement schema, JsonElement value)
    {
        var check = new SchemaCheck(_root);
        check.Check(schema, value, "");
        return check._faults.Count == 0;
    }

    private JsonElement Definition(string reference) => reference.Split('/').Skip(1).Aggregate(_root, (at, name) => at.GetProperty(name));

    private static bool IsOfType(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOfType(one, value))
        : (type.GetString(), value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("null", JsonValueKind.Null) => true,
            ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True) or ("boolean", JsonValueKind.False) => true,
            ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
            _ => false,
        };

    private void Require(bool holds, string path, string what)
    {
        if (!holds)
        {
            _faults.Add($"{path} {what}");
        }
    }
}
