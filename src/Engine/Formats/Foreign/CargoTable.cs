using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;

namespace Registry.Engine.Formats.Foreign;

/// <summary>A table of Cargo.toml read without belief: what is of the wrong kind is as if it were not there. `-` and `_` are one.</summary>
internal sealed class CargoTable(TomlTable table)
{
    private const int ItemsMax = 1000;

    public IEnumerable<(string Key, TomlValue Value)> All => table.Entries.Take(20_000).Select(entry => (entry.Key, entry.Value));

    public TomlValue? Find(string key) => table[key] ?? table[key.Replace('-', '_')];

    public string? Text(string key) => Find(key) is TomlString { Value.Length: > 0 } text ? text.Value : null;

    public bool? Flag(string key) => (Find(key) as TomlBoolean)?.Value;

    public CargoTable? Table(string key) => Find(key) is TomlTable found ? new(found) : null;

    public ImmutableArray<string> Texts(string key) =>
        Find(key) is TomlArray array ? [.. array.Items.Take(ItemsMax).OfType<TomlString>().Select(item => item.Value)] : [];
}

/// <summary>What members take from `[workspace]`.</summary>
/// <param name="Folder">Of the workspace, seen from the member.</param>
internal sealed record CargoShared(TomlTable? Table, string Folder)
{
    public static CargoShared None { get; } = new(null, ".");

    public CargoTable? Package => Table is null ? null : new CargoTable(Table).Table("package");

    public CargoTable? Dependencies => Table is null ? null : new CargoTable(Table).Table("dependencies");
}
