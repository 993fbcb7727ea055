using System.Text;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>
/// Writes a lockfile: the same packages give the same bytes anywhere. One dependency stands on one line and an entry holds
/// nothing of its neighbours, so an update changes the lines of what it updates and merges of two branches stay apart.
/// </summary>
internal sealed class LockfileWriter
{
    private const string Head = "# Written by cairn; commit it. Change it with `cairn add`, `cairn update` and the like.\n";

    private readonly StringBuilder _text = new(Head);
    private readonly Lockfile _lockfile;
    private readonly HashSet<PackageName> _ambiguous;

    public LockfileWriter(Lockfile lockfile)
    {
        _lockfile = LockfileOrder.Sorted(lockfile);
        _ambiguous = [.. lockfile.Packages.GroupBy(package => package.Id.Name).Where(versions => versions.Skip(1).Any()).Select(versions => versions.Key)];
    }

    public string Write()
    {
        _text.Append("version = ").Append(Lockfile.FormatVersion).Append('\n');
        Line("root", _lockfile.Root);
        WriteList("settings", _lockfile.Settings);
        foreach (var package in _lockfile.Packages)
        {
            Write(package);
        }

        return _text.ToString();
    }

    private void Write(LockedPackage package)
    {
        _text.Append("\n[[packages]]\n");
        Line("name", package.Id.Name.Value);
        Line("version", package.Id.Version.ToString());
        Line("source", package.Source.ToString());
        Line("checksum", package.Checksum?.ToString());
        Line("tree", package.Tree?.ToString());
        if (!package.Features.IsEmpty)
        {
            _text.Append("features = ").Append(TomlLiteral.Array(package.Features).Text).Append('\n');
        }

        foreach (var (key, group) in LockfileKeys.Edges)
        {
            WriteList(key, package.Dependencies.Where(edge => edge.Group == group).Select(TextOf));
        }
    }

    private void WriteList(string key, IEnumerable<string> items)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            _text.Append(isFirst ? key + " = [\n" : "").Append("    ").Append(TomlLiteral.Of(item).Text).Append(",\n");
            isFirst = false;
        }

        _text.Append(isFirst ? "" : "]\n");
    }

    private string TextOf(LockedDependency edge)
    {
        var target = _ambiguous.Contains(edge.Target.Name) ? edge.Target.ToString() : edge.Target.Name.Value;
        return edge.LocalName == edge.Target.Name.Value ? target : $"{target} as {edge.LocalName}";
    }

    private void Line(string key, string? value)
    {
        if (value is not null)
        {
            _text.Append(key).Append(" = ").Append(TomlLiteral.Of(value).Text).Append('\n');
        }
    }
}
