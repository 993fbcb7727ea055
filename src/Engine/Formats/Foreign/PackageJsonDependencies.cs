using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>The dependency tables of package.json.</summary>
internal sealed class PackageJsonDependencies(JsonMembers root, ForeignRemarks remarks)
{
    private readonly List<Dependency> _dependencies = [];
    private readonly HashSet<(DependencyGroup, string)> _taken = [];

    public ImmutableArray<Dependency> Read()
    {
        // An entry of optionalDependencies overrides one of the same name in dependencies.
        ReadTable("optionalDependencies", DependencyGroup.Normal, _ => true);
        ReadTable("dependencies", DependencyGroup.Normal, _ => false);
        ReadPeers();
        ReadTable("devDependencies", DependencyGroup.Dev, _ => false);
        return [.. _dependencies];
    }

    /// <summary>npm's `overrides` and yarn's `resolutions`, as far as they are flat.</summary>
    public ImmutableArray<Override> ReadOverrides()
    {
        var overrides = ImmutableArray.CreateBuilder<Override>();
        foreach (var table in new[] { "overrides", "resolutions" })
        {
            foreach (var (key, value) in root.Object(table)?.All ?? [])
            {
                if (ReadOverride($"{table}.{key}", key.StartsWith("**/", StringComparison.Ordinal) ? key[3..] : key, value) is { } read
                    && overrides.All(known => known.Name != read.Name))
                {
                    overrides.Add(read);
                }
            }
        }

        if (root.Object("pnpm")?.Has("overrides") == true)
        {
            remarks.LeftOut("pnpm.overrides", "write them into [resolution] by hand");
        }

        return overrides.ToImmutable();
    }

    private Override? ReadOverride(string place, string key, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || !NpmName.TryParse(key, out var name))
        {
            remarks.LeftOut(place, "only an override of one package everywhere has a counterpart");
            return null;
        }

        if (NpmSpecifier.Parse(value.GetString()!, out var reason) is not { } specifier || specifier.Name is not null)
        {
            remarks.LeftOut(place, reason ?? "it puts another package in its place");
            return null;
        }

        return new(name, specifier.Constraint, specifier.Origin, $"from {place}", null);
    }

    private void ReadTable(string table, DependencyGroup group, Func<string, bool> isOptional)
    {
        if (root.Find(table) is { } value && value.ValueKind != JsonValueKind.Object)
        {
            remarks.LeftOut(table, "it is not a table");
            return;
        }

        foreach (var (key, specifier) in root.Object(table)?.All ?? [])
        {
            if (Read($"{table}.{key}", key, specifier, group) is not { } dependency)
            {
                continue;
            }

            if (isOptional(key))
            {
                remarks.Changed($"{table}.{key}", $"optional: installed only when the feature `{dependency.LocalName}` is on, not whenever it can be");
            }

            Take(dependency with { IsOptional = isOptional(key) });
        }
    }

    private void ReadPeers()
    {
        foreach (var (key, value) in root.Object("peerDependencies")?.All ?? [])
        {
            var place = $"peerDependencies.{key}";
            if (root.Object("peerDependenciesMeta")?.Object(key)?.IsTrue("optional") == true)
            {
                remarks.LeftOut(place, "an optional peer: whoever needs it names it");
            }
            else if (Read(place, key, value, DependencyGroup.Normal) is { } dependency && !_taken.Contains((DependencyGroup.Normal, dependency.LocalName)))
            {
                remarks.Changed(place, "a peer becomes an ordinary dependency: there is one version of a package for all who need it");
                Take(dependency);
            }
        }
    }

    private Dependency? Read(string place, string key, JsonElement value, DependencyGroup group)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            remarks.LeftOut(place, "it is not a text");
            return null;
        }

        var specifier = NpmSpecifier.Parse(value.GetString()!, out var reason);
        if (specifier is null || !NpmName.TryParse(specifier.Name ?? key, out var name))
        {
            remarks.LeftOut(place, reason ?? "its name is no package name here");
            return null;
        }

        if (specifier.Change is { } change)
        {
            remarks.Changed(place, change);
        }

        if (key.StartsWith('@') && specifier.Name is null)
        {
            remarks.Changed(place, $"`{Printable.Clip(key, 80)}` is `{name}` here");
        }

        var alias = specifier.Name is null || key == name.Value ? null : key;
        return new(name, specifier.Constraint, group, specifier.Origin, alias);
    }

    private void Take(Dependency dependency)
    {
        if (_taken.Add((dependency.Group, dependency.LocalName)))
        {
            _dependencies.Add(dependency);
        }
    }
}
