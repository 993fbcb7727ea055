using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>
/// Reads `[registries]`, in a manifest or in `registries.toml`: `main = "../feed"`, or a table with `url` and `packages`.
/// No name may have two sources, so patterns of two registries must not overlap and at most one registry is the default.
/// </summary>
internal sealed class RegistryTableReader(ManifestNotes notes)
{
    private static readonly string[] KeptKeys = ["auth_type", "verify_signatures", "public_keys", "trusted_publishers"];

    public ImmutableArray<RegistryEntry> Read(TableReader table, TomlEntry? defaultName, TableReader? owner)
    {
        var entries = new List<Placed>();
        foreach (var item in table.Table.Entries)
        {
            if (!PackageName.TryParse(item.Key, out _) || item.Key.Contains('/', StringComparison.Ordinal))
            {
                throw notes.Error(item.KeySpan, $"`{Printable.Clip(item.Key, 80)}` is not a name for a registry", "use letters, digits, `-` and `_`");
            }

            var entry = item.Value is TomlString
                ? new RegistryEntry(item.Key, Address(table, item), [])
                : ReadOne(table.Below(item, $"the registry `{item.Key}`"), item);
            entries.Add(new Placed(entry, item.KeySpan));
        }

        CheckOverlap(entries);
        return MarkDefault(entries, defaultName is null ? null : (owner!.TextOf(defaultName.Value, defaultName.Key, 100), defaultName.Value.Span));
    }

    private RegistryEntry ReadOne(TableReader table, TomlEntry item)
    {
        table.Find("name");
        var entry = new RegistryEntry(item.Key, table.Find("url") is { } url ? Address(table, url) : null, ReadPatterns(table))
        {
            IsDefault = table.Flag("default") ?? false,
            Ecosystem = table.Find("ecosystem") is { } ecosystem ? Ecosystem(table, ecosystem) : null,
            AllowInsecure = table.Flag("allow_insecure") ?? false,
            TimeoutSeconds = table.Number("timeout_seconds", 1, 3600) ?? 30,
            RetriesMax = table.Number("max_retries", 0, 20) ?? 3,
            Extra = ReadExtra(table),
        };
        table.WarnOfUnknown();
        return entry;
    }

    private string Address(TableReader table, TomlEntry entry)
    {
        var text = table.TextOf(entry.Value, entry.Key, 2048);
        var isAllowed = text.Contains("://", StringComparison.Ordinal)
            ? WebAddress.IsAllowed(text)
            : text.Length > 0 && text.All(c => c >= ' ' && c != '\u007F');
        return isAllowed
            ? text
            : throw notes.Error(entry.Value.Span, $"`{Printable.Clip(text, 80)}` is not the address of a registry", "write a folder or https://… without a user name or password");
    }

    private string Ecosystem(TableReader table, TomlEntry entry)
    {
        var text = table.TextOf(entry.Value, entry.Key, 200);
        return EcosystemName.IsValid(text)
            ? text
            : throw notes.Error(entry.Value.Span, $"`{Printable.Clip(text, 80)}` is not the name of an ecosystem", "write it as advisories do, for example ecosystem = \"crates.io\"");
    }

    private ImmutableArray<string> ReadPatterns(TableReader table)
    {
        foreach (var item in table.Items("packages"))
        {
            var pattern = table.TextOf(item, "packages", 200);
            var stem = pattern.EndsWith("/*", StringComparison.Ordinal) ? pattern[..^2] : pattern;
            if (!PackageName.TryParse(stem, out _) || (stem != pattern && stem.Contains('/', StringComparison.Ordinal)))
            {
                throw notes.Error(item.Span, $"`{Printable.Clip(pattern, 80)}` is not a name or pattern of packages", "write \"name\", \"namespace/name\" or \"namespace/*\"");
            }
        }

        return table.Texts("packages");
    }

    private static ImmutableSortedDictionary<string, string> ReadExtra(TableReader table)
    {
        var extra = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var key in KeptKeys)
        {
            if (table.Find(key)?.Value is { } value)
            {
                extra[key] = value switch
                {
                    TomlString text => text.Value,
                    TomlBoolean flag => flag.Value ? "true" : "false",
                    TomlArray => string.Join('\n', table.Texts(key)),
                    _ => throw table.Mismatch(value, key, "a string, a list of strings, true or false"),
                };
            }
        }

        return extra.ToImmutable();
    }

    private void CheckOverlap(List<Placed> entries)
    {
        var claims = entries.SelectMany(e => e.Entry.Packages.Select(pattern => new Claim(PackagePattern.Normal(pattern), e.Entry.Name, e.Place))).ToList();
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (pattern, name, place) in claims)
        {
            if (!owners.TryAdd(pattern, name))
            {
                throw Overlap(place, pattern, owners[pattern], name);
            }
        }

        foreach (var (pattern, name, place) in claims)
        {
            if (PackagePattern.NamespaceOf(pattern) is { } family && owners.TryGetValue(family, out var owner) && owner != name)
            {
                throw Overlap(place, pattern, owner, name);
            }
        }
    }

    private Exception Overlap(TomlSpan place, string pattern, string first, string second) => notes.Error(
        place, $"both `{first}` and `{second}` claim `{pattern}`", "give each name one source: take the pattern out of one of them");

    private ImmutableArray<RegistryEntry> MarkDefault(
        List<Placed> entries, (string Name, TomlSpan Place)? named)
    {
        if (named is { } chosen && !entries.Any(e => e.Entry.Name == chosen.Name))
        {
            throw notes.Error(chosen.Place, $"the default registry `{Printable.Clip(chosen.Name, 80)}` is not in [registries]", "add it, or name one that is there");
        }

        var marked = named is { } name ? entries.FindAll(e => e.Entry.Name == name.Name) : entries.FindAll(e => e.Entry.IsDefault);
        var candidates = marked.Count > 0 ? marked : entries.FindAll(e => e.Entry.Packages.IsEmpty);
        if (candidates.Count > 1)
        {
            throw notes.Error(
                candidates[1].Place, $"both `{candidates[0].Entry.Name}` and `{candidates[1].Entry.Name}` could be the default registry",
                "say default = true in one of them, or give the others their packages = [\"…\"]");
        }

        return [.. entries.Select(e => e.Entry with { IsDefault = candidates.Exists(c => c.Entry.Name == e.Entry.Name) })];
    }

    // References, so that lists of them need no code of their own at start (docs/decisions/0002).
    private sealed record Placed(RegistryEntry Entry, TomlSpan Place);

    private sealed record Claim(string Pattern, string Registry, TomlSpan Place);
}
