using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Store;

namespace Registry.Engine.Workspace;

/// <summary>Where a setting's value comes from, weakest first.</summary>
public enum ConfigurationOrigin
{
    Default,
    File,
    Environment,
    CommandLine,
}

/// <param name="Place">The variable, the flag or the place in the file that gives the value; empty for the default.</param>
public sealed record ConfigurationValue(ConfigurationKey Key, string Value, ConfigurationOrigin Origin, string Place)
{
    public int Number => int.Parse(Value, System.Globalization.NumberStyles.None, null);

    public bool IsOn => Value == "true";
}

/// <summary>The user's settings: `config.toml`, over it the environment, over that the command line. Edits keep the file's text.</summary>
public sealed class UserConfiguration
{
    private const int BytesMax = 1024 * 1024;
    private const int KeyLinesMax = 500;
    private const int KeysOfLineMax = 10;
    private const string KeysTable = "keys.";

    private readonly TomlDocument _document;
    private readonly ImmutableDictionary<string, ConfigurationValue> _values;

    private UserConfiguration(TomlDocument document, Func<string, string?> environment, IReadOnlyDictionary<string, string> commandLine)
    {
        _document = document;
        _values = ConfigurationKey.All.Select(key => Find(key, environment, commandLine)).ToImmutableDictionary(value => value.Key.Name);
    }

    /// <summary>All settings, by name.</summary>
    public IEnumerable<ConfigurationValue> Values => ConfigurationKey.All.Select(key => _values[key.Name]);

    /// <summary>The file's text.</summary>
    public string Text => _document.Text;

    /// <summary>The lines of `[keys]` but for the preset: commands of the screen and the keys that the user gave them.</summary>
    public ImmutableArray<(string Command, ImmutableArray<string> Keys, TextPlace Place)> KeyLines { get; private init; } = [];

    /// <summary>Keys of the file that mean nothing.</summary>
    public ImmutableArray<Problem> Warnings { get; private init; } = [];

    /// <exception cref="ProblemException">TomlInvalid, ConfigValueInvalid with its place, ConfigKeyUnknown for a flag.</exception>
    public static UserConfiguration Read(UserFolders folders, Func<string, string?> environment, IReadOnlyDictionary<string, string> commandLine)
    {
        var text = File.Exists(folders.ConfigurationFile)
            ? System.Text.Encoding.UTF8.GetString(ProjectReader.ReadBounded(folders.ConfigurationFile, BytesMax))
            : "";
        return Parse(text, folders.ConfigurationFile, environment, commandLine);
    }

    public static UserConfiguration Parse(
        string text, string file, Func<string, string?> environment, IReadOnlyDictionary<string, string> commandLine)
    {
        foreach (var name in commandLine.Keys)
        {
            KeyOf(name);
        }

        var document = TomlDocument.Parse(text, file);
        return new(document, environment, commandLine) { Warnings = Unknown(document), KeyLines = ReadKeyLines(document) };
    }

    /// <exception cref="ProblemException">ConfigKeyUnknown.</exception>
    public ConfigurationValue Get(string name) => _values[KeyOf(name).Name];

    /// <summary>The file's text with a setting made, or taken away when the value is null.</summary>
    /// <exception cref="ProblemException">ConfigKeyUnknown, ConfigValueInvalid.</exception>
    public string With(string name, string? value)
    {
        var key = KeyOf(name);
        ImmutableArray<string> path = [.. key.Name.Split('.')];
        if (value is null)
        {
            return _document.Remove(path).Text;
        }

        Check(key, value, null);
        return _document.Set(path, Literal(key, value)).Text;
    }

    /// <summary>Saves text made by <see cref="With"/>, all at once.</summary>
    public static void Save(UserFolders folders, string text)
    {
        Directory.CreateDirectory(folders.Configuration);
        AtomicFile.Write(folders.ConfigurationFile, System.Text.Encoding.UTF8.GetBytes(text), Durability.Synced);
    }

    private static TomlLiteral Literal(ConfigurationKey key, string value) => key.Type switch
    {
        ConfigurationType.Flag => TomlLiteral.Of(value == "true"),
        ConfigurationType.Number => TomlLiteral.Of(long.Parse(value, System.Globalization.NumberStyles.None, null)),
        _ => TomlLiteral.Of(value),
    };

    private static ConfigurationKey KeyOf(string name) =>
        ConfigurationKey.All.FirstOrDefault(key => key.Name == name) ?? throw new Problem(
            ProblemCode.ConfigKeyUnknown, $"there is no setting `{Printable.Clip(name, 80)}`",
            NearestName.Of(name, ConfigurationKey.All.Select(key => key.Name)) is { } near
                ? $"did you mean `{near}`?"
                : "`cairn config list` shows them all").Raise();

    private static void Check(ConfigurationKey key, string value, TextPlace? place)
    {
        if (key.Refuse(value) is { } demand)
        {
            throw new Problem(
                ProblemCode.ConfigValueInvalid, $"`{key.Name}` cannot be `{Printable.Clip(value, 80)}`: it must be {demand}",
                $"set it with `cairn config set {key.Name} VALUE`", place).Raise();
        }
    }

    private static ImmutableArray<Problem> Unknown(TomlDocument document) =>
        [.. from table in document.Root.Entries
            from key in table.Value is TomlTable inner ? inner.Entries.Select(entry => $"{table.Key}.{entry.Key}") : [table.Key]
            where ConfigurationKey.All.All(known => known.Name != key) && !key.StartsWith(KeysTable, StringComparison.Ordinal)
            select new Problem(
                ProblemCode.ConfigKeyUnknown, $"`{Printable.Clip(key, 80)}` is no setting",
                NearestName.Of(key, ConfigurationKey.All.Select(known => known.Name)) is { } near ? $"did you mean `{near}`?" : null,
                document.PlaceOf(table.KeySpan))];

    // A value of another kind is an empty text, which no command takes for a key.
    private static ImmutableArray<(string, ImmutableArray<string>, TextPlace)> ReadKeyLines(TomlDocument document) =>
        document.Root["keys"] is not TomlTable table ? [] :
        [.. table.Entries.Where(entry => entry.Key != "preset").Take(KeyLinesMax)
            .Select(entry => (entry.Key, KeysOf(entry.Value), document.PlaceOf(entry.KeySpan)))];

    private static ImmutableArray<string> KeysOf(TomlValue value) => value switch
    {
        TomlString text => [text.Value],
        TomlArray array => [.. array.Items.Take(KeysOfLineMax).Select(item => item is TomlString text ? text.Value : "")],
        _ => [""],
    };

    private ConfigurationValue Find(ConfigurationKey key, Func<string, string?> environment, IReadOnlyDictionary<string, string> commandLine)
    {
        if (commandLine.TryGetValue(key.Name, out var given))
        {
            return Checked(key, given, ConfigurationOrigin.CommandLine, "command line", null);
        }

        if (environment(key.Variable) is { Length: > 0 } variable)
        {
            return Checked(key, variable, ConfigurationOrigin.Environment, key.Variable, null);
        }

        return _document.Find(key.Name.Split('.')) is { } value
            ? Checked(key, TextOf(value), ConfigurationOrigin.File, _document.PlaceOf(value).ToString(), _document.PlaceOf(value))
            : new(key, key.Default, ConfigurationOrigin.Default, "");
    }

    private static ConfigurationValue Checked(ConfigurationKey key, string value, ConfigurationOrigin origin, string place, TextPlace? at)
    {
        Check(key, value, at);
        return new(key, value, origin, place);
    }

    private static string TextOf(TomlValue value) => value switch
    {
        TomlString text => text.Value,
        TomlInteger number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
        TomlBoolean flag => flag.Value ? "true" : "false",
        _ => value.KindName,
    };
}
