using System.Collections.Immutable;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Foreign;

/// <summary>
/// Takes out of a foreign manifest what ours would refuse, so that what is written can always be read; each piece with
/// a remark. The bounds are those of the manifest's own readers.
/// </summary>
internal sealed class ForeignFit(ForeignRemarks remarks)
{
    private const int DescriptionCharactersMax = 1000;
    private const int KeywordsMax = 10;
    private const int KeywordCharactersMax = 32;
    private const int DependenciesMax = ManifestReader.DependenciesMax;
    private const int DependencyFeaturesMax = 100;

    public Manifest Fit(Manifest manifest)
    {
        var package = manifest.Package is { } metadata ? Fit(metadata) : null;
        var dependencies = Dependencies(manifest.Dependencies, package);
        return manifest with
        {
            Package = package,
            Dependencies = dependencies,
            Features = Features(manifest.Features, dependencies),
            Workspace = manifest.Workspace is { } workspace ? Fit(workspace) : null,
            Resolution = manifest.Resolution with { Overrides = [.. manifest.Resolution.Overrides.Where(IsFit)] },
        };
    }

    private PackageMetadata Fit(PackageMetadata package)
    {
        var keywords = package.Keywords.Where(word => word.Length is > 0 and <= KeywordCharactersMax).Take(KeywordsMax).ToImmutableArray();
        if (keywords.Length < package.Keywords.Length)
        {
            remarks.Changed("keywords", $"at most {KeywordsMax} of at most {KeywordCharactersMax} characters are kept");
        }

        return package with
        {
            Description = package.Description is { } text && text.Length > DescriptionCharactersMax ? text[..DescriptionCharactersMax] : package.Description,
            Keywords = keywords,
            License = License(package.License),
            Repository = Address("repository", package.Repository),
            Homepage = Address("homepage", package.Homepage),
            Documentation = Address("documentation", package.Documentation),
        };
    }

    private string? License(string? text)
    {
        // The old way of writing a choice in both ecosystems.
        var expression = text?.Replace("/", " OR ", StringComparison.Ordinal);
        if (expression is null || LicenseSyntax.IsWellFormed(expression))
        {
            return expression;
        }

        remarks.LeftOut("license", $"`{Printable.Clip(expression, 60)}` is no SPDX expression");
        return null;
    }

    private string? Address(string place, string? text)
    {
        if (text is null || WebAddress.IsAllowed(text))
        {
            return text;
        }

        remarks.LeftOut(place, $"`{Printable.Clip(text, 80)}` is not a web address");
        return null;
    }

    private ImmutableArray<Dependency> Dependencies(ImmutableArray<Dependency> all, PackageMetadata? package)
    {
        var kept = new List<Dependency>();
        var names = new HashSet<(DependencyGroup, string)>();
        foreach (var dependency in all)
        {
            var place = $"{ManifestTables.Of(dependency.Group)}.{dependency.LocalName}";
            if (Refusal(dependency, package) is { } reason)
            {
                remarks.LeftOut(place, reason);
            }
            else if (!names.Add((dependency.Group, PackageName.Parse(dependency.LocalName).Normal)))
            {
                remarks.LeftOut(place, "another entry of the table has the same name here");
            }
            else if (kept.Count == DependenciesMax)
            {
                remarks.LeftOut(place, $"a package has at most {DependenciesMax} dependencies");
            }
            else
            {
                kept.Add(dependency with
                {
                    IsOptional = dependency.IsOptional && dependency.Group != DependencyGroup.Dev,
                    Features = [.. dependency.Features.Take(DependencyFeaturesMax)],
                });
            }
        }

        return [.. kept];
    }

    private static string? Refusal(Dependency dependency, PackageMetadata? package) =>
        dependency.Name == package?.Name ? "it is the package itself"
        : !PackageName.TryParse(dependency.LocalName, out _) ? "what it is called is no package name here"
        : dependency.Constraint.Versions.IsEmpty ? "no version can satisfy its range"
        : Refusal(dependency.Origin);

    private static string? Refusal(DependencyOrigin origin) => origin switch
    {
        DependencyOrigin.Path path when !RelativeFolder.IsAllowed(path.Folder) => "its path is not a relative folder",
        DependencyOrigin.Git git when !GitAddress.IsAllowed(git.Url) => "its git address is not one that may be used",
        DependencyOrigin.Git { Reference: { Kind: not GitReferenceKind.DefaultBranch, Name: var name } } when !GitAddress.IsReference(name) =>
            "its git reference is not one git allows",
        _ => null,
    };

    private ImmutableSortedDictionary<string, ImmutableArray<string>> Features(
        ImmutableSortedDictionary<string, ImmutableArray<string>> features, ImmutableArray<Dependency> dependencies)
    {
        var names = features.Keys.Where(IsFeatureName).Take(FeatureTableReader.FeaturesMax).ToHashSet(StringComparer.Ordinal);
        var kept = Release.NoFeatures.ToBuilder();
        foreach (var (name, entries) in features)
        {
            if (!names.Contains(name))
            {
                remarks.LeftOut($"features.{name}", "its name is no feature name here");
                continue;
            }

            kept[name] = [.. entries.Where(entry => IsKnown(entry, names, dependencies))];
            foreach (var entry in entries.Except(kept[name], StringComparer.Ordinal))
            {
                remarks.LeftOut($"features.{name}", $"`{Printable.Clip(entry, 80)}` names nothing that is here");
            }
        }

        return kept.ToImmutable();
    }

    private static bool IsKnown(string entry, HashSet<string> features, ImmutableArray<Dependency> dependencies)
    {
        if (entry.StartsWith("dep:", StringComparison.Ordinal))
        {
            return dependencies.Any(d => d.IsOptional && d.LocalName == entry[4..]);
        }

        return entry.LastIndexOf('/') is > 0 and var slash
            ? dependencies.Any(d => d.LocalName == entry[..slash].TrimEnd('?'))
            : features.Contains(entry) || dependencies.Any(d => d.IsOptional && d.LocalName == entry);
    }

    private WorkspaceTable Fit(WorkspaceTable workspace) => new(
        Folders("workspace.members", workspace.Members), Folders("workspace.exclude", workspace.Exclude),
        [.. Dependencies([.. workspace.Dependencies.Select(d => d with { IsOptional = false })], null)]);

    private ImmutableArray<string> Folders(string place, ImmutableArray<string> globs)
    {
        var kept = globs.Where(glob => glob == "." || RelativeFolder.IsBelow(glob.Replace('*', 'x').Replace('?', 'x'))).ToImmutableArray();
        foreach (var glob in globs.Except(kept, StringComparer.Ordinal))
        {
            remarks.LeftOut(place, $"`{Printable.Clip(glob, 80)}` is not a folder below this one");
        }

        return kept;
    }

    private bool IsFit(Override value)
    {
        var reason = value.Constraint.Versions.IsEmpty ? "no version can satisfy its range" : Refusal(value.Origin);
        if (reason is not null)
        {
            remarks.LeftOut($"overrides.{value.Name}", reason);
        }

        return reason is null;
    }

    private static bool IsFeatureName(string text) =>
        text.Length is > 0 and <= PackageName.SegmentLengthMax && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == '_')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '+' or '.');
}
