using System.Collections.Immutable;
using System.Text.Json;

namespace Registry.Engine.Formats.Foreign;

/// <summary>The members of a JSON object, the last of a name winning as in every JSON reader that npm has had.</summary>
internal sealed class JsonMembers
{
    private const int MembersMax = 20_000;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    /// <summary>The names of package.json that are carried over or remarked on.</summary>
    public static ImmutableHashSet<string> Known { get; } = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "name", "version", "description", "keywords", "license", "licenses", "author", "contributors", "authors", "repository",
        "homepage", "private", "files", "engines", "scripts", "workspaces", "dependencies", "devDependencies",
        "optionalDependencies", "peerDependencies", "peerDependenciesMeta", "overrides", "resolutions", "bin",
        "bundledDependencies", "bundleDependencies", "os", "cpu", "libc", "devEngines", "flat", "pnpm");

    public IEnumerable<(string Name, JsonElement Value)> All => _order.Select(name => (name, _members[name]));

    public static JsonMembers Of(JsonElement element)
    {
        var members = new JsonMembers();
        foreach (var member in element.EnumerateObject().Take(MembersMax))
        {
            if (!members._members.ContainsKey(member.Name))
            {
                members._order.Add(member.Name);
            }

            members._members[member.Name] = member.Value;
        }

        return members;
    }

    public bool Has(string name) => _members.ContainsKey(name);

    public JsonElement? Find(string name) => _members.TryGetValue(name, out var value) ? value : null;

    /// <summary>Null when it is missing, empty or no text.</summary>
    public string? Text(string name) =>
        Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public bool IsTrue(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    public JsonMembers? Object(string name) => Find(name) is { ValueKind: JsonValueKind.Object } value ? Of(value) : null;

    /// <summary>The texts of an array; empty when it is no array.</summary>
    public ImmutableArray<string> Texts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).Where(text => text.Length > 0).Take(MembersMax)]
            : [];
}
