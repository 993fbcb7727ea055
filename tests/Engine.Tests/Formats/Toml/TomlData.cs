using System.Globalization;
using System.Text;
using Registry.Engine.Formats.Toml;

namespace Registry.Engine.Tests.Formats.Toml;

/// <summary>What a document says, without how it is written: one line for each value, sorted.</summary>
internal static class TomlData
{
    public static SortedDictionary<string, string> Of(TomlDocument document)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(document.Root, "", facts);
        return facts;
    }

    /// <summary>The key of a path in the facts.</summary>
    public static string Path(IEnumerable<string> keys) => string.Concat(keys.Select(key => $"/{key}"));

    private static void Collect(TomlValue value, string path, SortedDictionary<string, string> facts)
    {
        switch (value)
        {
            case TomlTable table:
                foreach (var entry in table.Entries)
                {
                    Collect(entry.Value, $"{path}/{entry.Key}", facts);
                }

                break;
            default:
                facts.Add(path, Scalar(value));
                break;
        }
    }

    private static string Scalar(TomlValue value) => value switch
    {
        TomlString text => $"s:{text.Value}",
        TomlInteger integer => $"i:{integer.Value.ToString(CultureInfo.InvariantCulture)}",
        TomlFloat number => $"f:{number.Value.ToString(CultureInfo.InvariantCulture)}",
        TomlBoolean boolean => $"b:{boolean.Value}",
        TomlDateTime time => $"t:{time.Text}",
        TomlArray array => $"[{string.Join(", ", array.Items.Select(Scalar))}]",
        TomlTable table => Describe(table),
        _ => throw new InvalidOperationException(value.KindName),
    };

    private static string Describe(TomlTable table)
    {
        var text = new StringBuilder("{");
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(table, "", facts);
        return text.AppendJoin(", ", facts.Select(fact => $"{fact.Key}={fact.Value}")).Append('}').ToString();
    }
}
