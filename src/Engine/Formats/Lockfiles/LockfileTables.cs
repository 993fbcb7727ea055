using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>Reads any TOML that is a lockfile: edited by hand, with other line ends, or `gal.lock`. Keys it does not know are passed over.</summary>
internal sealed class LockfileTables(TomlDocument document)
{
    public LockfileEntries Read()
    {
        CheckVersion();
        var root = Text(document.Root, "root") ?? throw Invalid(document.Root, "the lockfile has no root", "");
        var packages = document.Root["packages"] switch
        {
            null => [],
            TomlArray array => array.Items.Select(ReadEntry).ToList(),
            var other => throw Invalid(other, $"`packages` is {other.KindName}", ""),
        };
        return new(root, [.. Texts(document.Root, "settings")], packages);
    }

    private void CheckVersion()
    {
        switch (document.Root["version"])
        {
            case TomlInteger { Value: 1 }:
                return;
            case TomlInteger { Value: > 1 } newer:
                throw new Problem(
                    ProblemCode.LockfileTooNew, $"the lockfile has format {newer.Value}; this program knows up to {Lockfile.FormatVersion}",
                    "install a newer cairn", document.PlaceOf(newer)).Raise();
            case var other:
                throw Invalid(other ?? document.Root, "the lockfile does not say version = 1", "");
        }
    }

    private LockfileEntry ReadEntry(TomlValue value)
    {
        var table = value as TomlTable ?? throw Invalid(value, $"an item of `packages` is {value.KindName}", "");
        var entry = new LockfileEntry(table.Span.Start)
        {
            Name = Text(table, "name"),
            Version = Text(table, "version"),
            Source = Text(table, "source"),
            Checksum = Text(table, "checksum"),
            Tree = Text(table, "tree"),
        };
        entry.Features.AddRange(Texts(table, "features"));
        foreach (var (key, group) in LockfileKeys.Edges)
        {
            entry.Edges.AddRange(Texts(table, key).Select(text => new LockfileEdge(group, text)));
        }

        return entry;
    }

    private string? Text(TomlTable table, string key) => table[key] switch
    {
        null => null,
        TomlString text => text.Value,
        var other => throw Invalid(other, $"`{key}` is {other.KindName}", ", not a string"),
    };

    private IEnumerable<string> Texts(TomlTable table, string key) => table[key] switch
    {
        null => [],
        TomlArray array => array.Items.Select(item => (item as TomlString)?.Value ?? throw Invalid(item, $"an item of `{key}` is {item.KindName}", ", not a string")),
        var other => throw Invalid(other, $"`{key}` is {other.KindName}", ", not an array"),
    };

    private ProblemException Invalid(TomlValue at, string message, string rest) =>
        new Problem(ProblemCode.LockfileInvalid, message + rest, LockfileText.RepairHint, document.PlaceOf(at)).Raise();
}
