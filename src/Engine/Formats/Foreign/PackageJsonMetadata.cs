using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>The part of package.json that says what the package is.</summary>
internal sealed class PackageJsonMetadata(JsonMembers root, ForeignRemarks remarks)
{
    private const int TextCharactersMax = 4000;
    private const int ListMax = 200;

    public PackageMetadata Read(PackageName fallbackName)
    {
        var (include, exclude) = Files();
        return new(Name(fallbackName), Version())
        {
            Authors = Authors(),
            Description = Clip(root.Text("description")),
            License = License(),
            Repository = Repository(),
            Homepage = Clip(root.Text("homepage")),
            Keywords = [.. root.Texts("keywords").Take(ListMax).Select(word => Clip(word)!)],
            Engines = Engines(),
            IsPrivate = root.IsTrue("private"),
            Include = include,
            Exclude = exclude,
        };
    }

    private PackageName Name(PackageName fallback)
    {
        if (root.Text("name") is not { } text)
        {
            remarks.Changed("name", $"there is none: `{fallback}` is taken");
            return fallback;
        }

        if (!NpmName.TryParse(text, out var name))
        {
            remarks.Changed("name", $"`{Printable.Clip(text, 80)}` is no name here: `{fallback}` is taken");
            return fallback;
        }

        if (text.StartsWith('@'))
        {
            remarks.Changed("name", $"`{Printable.Clip(text, 80)}` is `{name}` here");
        }

        return name;
    }

    private SemanticVersion Version()
    {
        if (SemanticVersion.TryParse(root.Text("version")?.Trim().TrimStart('v', '='), out var version))
        {
            return version;
        }

        remarks.Changed("version", root.Has("version") ? "it is no version: 0.0.0 is taken" : "there is none: 0.0.0 is taken");
        return new(0, 0, 0);
    }

    private ImmutableArray<string> Authors()
    {
        var people = new List<JsonElement>();
        foreach (var name in (ReadOnlySpan<string>)["author", "authors", "contributors"])
        {
            if (root.Find(name) is { } value)
            {
                people.AddRange(value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Take(ListMax) : [value]);
            }
        }

        return [.. people.Select(Person).OfType<string>().Distinct(StringComparer.Ordinal).Take(ListMax)];
    }

    private static string? Person(JsonElement person)
    {
        if (person.ValueKind == JsonValueKind.String)
        {
            return Clip(person.GetString());
        }

        if (person.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var members = JsonMembers.Of(person);
        return members.Text("name") is { } name ? Clip(members.Text("email") is { } address ? $"{name} <{address}>" : name) : null;
    }

    private string? License()
    {
        var text = root.Text("license") ?? root.Object("license")?.Text("type") ?? FirstOfLicenses();
        if (text is null)
        {
            return null;
        }

        if (text is "UNLICENSED" || text.StartsWith("SEE LICENSE", StringComparison.OrdinalIgnoreCase) || text.Length > 200)
        {
            remarks.LeftOut("license", $"`{Printable.Clip(text, 60)}` is no SPDX expression");
            return null;
        }

        return Clip(text);
    }

    private string? FirstOfLicenses()
    {
        if (root.Find("licenses") is not { ValueKind: JsonValueKind.Array } licenses)
        {
            return null;
        }

        var types = licenses.EnumerateArray().Take(10)
            .Select(item => item.ValueKind == JsonValueKind.Object ? JsonMembers.Of(item).Text("type") : null).OfType<string>().ToArray();
        return types.Length == 0 ? null : string.Join(" OR ", types);
    }

    private string? Repository()
    {
        var text = root.Text("repository") ?? root.Object("repository")?.Text("url");
        if (text is null)
        {
            return null;
        }

        text = text.StartsWith("git+", StringComparison.Ordinal) ? text[4..] : text;
        var isShort = text.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && !text.Contains(':', StringComparison.Ordinal);
        return Clip(isShort ? $"https://github.com/{text}" : text.StartsWith("github:", StringComparison.Ordinal) ? $"https://github.com/{text[7..]}" : text);
    }

    private ImmutableSortedDictionary<string, Constraint> Engines()
    {
        var engines = ImmutableSortedDictionary.CreateBuilder<string, Constraint>(StringComparer.Ordinal);
        foreach (var (name, value) in root.Object("engines")?.All ?? [])
        {
            if (name.Length is > 0 and <= 40 && name.All(char.IsAsciiLetterLower) && value.ValueKind == JsonValueKind.String
                && NpmRange.Parse(value.GetString()!) is { } constraint)
            {
                engines[name] = constraint;
            }
            else
            {
                remarks.LeftOut($"engines.{name}", "its name or its range is not one cairn can read");
            }
        }

        return engines.ToImmutable();
    }

    /// <summary>npm always packs a few files beside those listed, so they are listed here.</summary>
    private (ImmutableArray<string> Include, ImmutableArray<string> Exclude) Files()
    {
        var globs = root.Texts("files").Select(Glob).ToArray();
        if (globs.Length == 0)
        {
            return ([], []);
        }

        var always = new List<string> { "package.json", "README*", "LICENSE*", "LICENCE*" };
        if (root.Text("main") is { } main)
        {
            always.Add(Glob(main));
        }

        return (
            [.. globs.Where(glob => !glob.StartsWith('!')).Concat(always).Distinct(StringComparer.Ordinal)],
            [.. globs.Where(glob => glob.StartsWith('!')).Select(glob => glob[1..])]);
    }

    private static string Glob(string text) =>
        text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text.StartsWith("!./", StringComparison.Ordinal) ? $"!{text[3..]}" : text.TrimStart('/');

    private static string? Clip(string? text) => text is null ? null : Printable.Clip(text, TextCharactersMax);
}
