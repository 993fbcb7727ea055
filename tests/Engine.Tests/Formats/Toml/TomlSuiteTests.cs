using System.Globalization;
using System.Text.Json;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Problems;
using Registry.Testing;

namespace Registry.Engine.Tests.Formats.Toml;

/// <summary>The official test data of the format, where it is beside the checkout.</summary>
public sealed class TomlSuiteTests
{
    [Fact]
    public void Every_valid_document_decodes_to_what_the_suite_says()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var file in Listed("valid/"))
        {
            count++;
            try
            {
                var document = TomlDocument.Parse(File.ReadAllBytes(file), "t.toml");
                using var expected = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(file, ".json")));
                if (!Same(expected.RootElement, document.Root))
                {
                    wrong.Add($"{file}: decoded differently");
                }
            }
            catch (ProblemException e)
            {
                wrong.Add($"{file}: {e.Problem.Place} {e.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(count > 200, $"only {count} documents");
    }

    [Fact]
    public void Every_invalid_document_is_refused_with_its_place_and_a_hint()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var file in Listed("invalid/"))
        {
            count++;
            try
            {
                TomlDocument.Parse(File.ReadAllBytes(file), "t.toml");
                wrong.Add($"{file}: accepted");
            }
            catch (ProblemException e)
            {
                if (e.Problem is not { Code: ProblemCode.TomlInvalid, Place: { File: "t.toml", Line: > 0, Column: > 0 }, Hint: not null })
                {
                    wrong.Add($"{file}: {e.Problem}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(count > 400, $"only {count} documents");
    }

    private static IEnumerable<string> Listed(string folder)
    {
        var tests = Repository.SharedData("toml-test/tests");
        Assert.SkipWhen(tests is null, "the official TOML test data is not beside this checkout");
        return File.ReadLines(Path.Combine(tests, "files-toml-1.0.0"))
            .Where(line => line.StartsWith(folder, StringComparison.Ordinal) && line.EndsWith(".toml", StringComparison.Ordinal))
            .Select(line => Path.Combine(tests, line));
    }

    private static bool Same(JsonElement expected, TomlValue actual) => (expected.ValueKind, actual) switch
    {
        (JsonValueKind.Array, TomlArray array) =>
            expected.GetArrayLength() == array.Items.Count && expected.EnumerateArray().Zip(array.Items).All(pair => Same(pair.First, pair.Second)),
        (JsonValueKind.Object, TomlTable table) =>
            expected.EnumerateObject().Count() == table.Entries.Count
            && expected.EnumerateObject().All(member => table[member.Name] is { } value && Same(member.Value, value)),
        (JsonValueKind.Object, _) => SameScalar(expected.GetProperty("type").GetString()!, expected.GetProperty("value").GetString()!, actual),
        _ => false,
    };

    private static bool SameScalar(string type, string value, TomlValue actual) => (type, actual) switch
    {
        ("string", TomlString text) => text.Value == value,
        ("integer", TomlInteger integer) => integer.Value == long.Parse(value, CultureInfo.InvariantCulture),
        ("bool", TomlBoolean boolean) => boolean.Value == (value == "true"),
        ("float", TomlFloat number) => Number(value).Equals(number.Value),
        ("datetime", TomlDateTime { Kind: TomlDateTimeKind.Offset } time) => SameTime(value, time.Text),
        ("datetime-local", TomlDateTime { Kind: TomlDateTimeKind.LocalDateTime } time) => SameTime(value, time.Text),
        ("date-local", TomlDateTime { Kind: TomlDateTimeKind.LocalDate } time) => value == time.Text,
        ("time-local", TomlDateTime { Kind: TomlDateTimeKind.LocalTime } time) => SameTime(value, time.Text),
        _ => false,
    };

    private static double Number(string text) => text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static bool SameTime(string expected, string actual) =>
        DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            == DateTimeOffset.Parse(actual, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
