using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Manifests;

/// <summary>Reads `[features]` and checks that what a feature turns on exists.</summary>
internal sealed class FeatureTableReader(ManifestNotes notes, ImmutableArray<Dependency> dependencies)
{
    public const int FeaturesMax = 300;

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Read(TableReader table)
    {
        if (table.Table.Entries.Count > FeaturesMax)
        {
            throw notes.Error(table.Table.Span, $"[features] has more than {FeaturesMax} features", "split the package");
        }

        var features = Release.NoFeatures.ToBuilder();
        foreach (var entry in table.Table.Entries)
        {
            if (!IsName(entry.Key))
            {
                throw notes.Error(entry.KeySpan, $"`{Printable.Clip(entry.Key, 80)}` is not a feature name", "use letters, digits, `-`, `_`, `+` and `.`");
            }

            features[entry.Key] = table.Texts(entry);
        }

        foreach (var entry in table.Table.Entries)
        {
            foreach (var item in ((TomlArray)entry.Value).Items)
            {
                Check(entry.Key, (TomlString)item, features);
            }
        }

        return features.ToImmutable();
    }

    private void Check(string feature, TomlString item, IDictionary<string, ImmutableArray<string>> features)
    {
        var text = item.Value;
        if (text.StartsWith("dep:", StringComparison.Ordinal))
        {
            var name = text[4..];
            if (!dependencies.Any(d => d.LocalName == name && d.IsOptional))
            {
                throw Unknown(feature, item, $"no optional dependency `{Printable.Clip(name, 80)}`", name, dependencies.Where(d => d.IsOptional).Select(d => d.LocalName));
            }
        }
        else if (text.LastIndexOf('/') is > 0 and var slash)
        {
            var name = text[..slash].TrimEnd('?');
            if (!dependencies.Any(d => d.LocalName == name))
            {
                throw Unknown(feature, item, $"no dependency `{Printable.Clip(name, 80)}`", name, dependencies.Select(d => d.LocalName));
            }
        }
        else if (!features.ContainsKey(text) && !dependencies.Any(d => d.LocalName == text && d.IsOptional))
        {
            throw Unknown(
                feature, item, $"no feature or optional dependency `{Printable.Clip(text, 80)}`", text,
                features.Keys.Concat(dependencies.Where(d => d.IsOptional).Select(d => d.LocalName)));
        }
    }

    private ProblemException Unknown(string feature, TomlString item, string what, string written, IEnumerable<string> known) => notes.Error(
        item.Span, $"the feature `{feature}` turns on what is not there: {what}",
        NearestName.Of(written, known) is { } nearest ? $"did you mean `{nearest}`?" : "define it, or take it out of the list",
        ProblemCode.FeatureUnknown);

    private static bool IsName(string text) =>
        text.Length is > 0 and <= PackageName.SegmentLengthMax && char.IsAsciiLetterOrDigit(text[0]) | text[0] == '_'
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' or '.');
}
