using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Registry.Engine.Problems;

namespace Registry.Engine.Model;

/// <summary>
/// Which versions are acceptable, as the user wrote it: `^1.2`, `~1.2.3`, `>=1, &lt;3`, `1.x || 3.*`, `1.2 - 2.3`.
/// A bare version means caret. Grammar and meaning: docs/formats/constraints.md (Cargo's family, with npm's `||` and hyphen).
/// <para>Pre-releases: one is admitted only if the same alternative names a pre-release of the same triple
/// (`^1.2.0-rc.1` admits 1.2.0-rc.2, not 1.3.0-rc.1), unless the resolution's policy allows them for the package.</para>
/// </summary>
public sealed class Constraint : IEquatable<Constraint>
{
    public const int LengthMax = 256;

    private Constraint(string text, ImmutableArray<Alternative> alternatives)
    {
        Text = text;
        // Nearly all have one alternative that names no pre-release, and an index holds thousands of them.
        Versions = alternatives[0].Versions;
        Prereleases = alternatives[0].NamedPrereleases();
        for (var i = 1; i < alternatives.Length; i++)
        {
            Versions = Versions.Union(alternatives[i].Versions);
            Prereleases = Prereleases.Union(alternatives[i].NamedPrereleases());
        }

        NamesPrerelease = alternatives.Any(static alternative => !alternative.Triples.IsEmpty);
    }

    public static Constraint Any { get; } = Parse("*");

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>The versions in range, pre-releases by order only.</summary>
    public VersionSet Versions { get; }

    /// <summary>Of <see cref="Versions"/>, the pre-releases that the constraint admits without the policy's help.</summary>
    public VersionSet Prereleases { get; }

    /// <summary>Whether the constraint itself names a pre-release.</summary>
    public bool NamesPrerelease { get; }

    public static Constraint Exactly(SemanticVersion version) => Parse($"={version}");

    /// <summary>`^1.2.3` for a version, the constraint that `add` writes; without build metadata, which selects nothing.</summary>
    public static Constraint Caret(SemanticVersion version)
    {
        var triple = $"^{version.Major}.{version.Minor}.{version.Patch}";
        return Parse(version.IsPrerelease ? $"{triple}-{version.Prerelease}" : triple);
    }

    public static Constraint Parse(string text) =>
        TryParse(text, out var constraint) ? constraint : throw new Problem(
            ProblemCode.ConstraintInvalid,
            $"`{Printable.Clip(text, 80)}` is not a version constraint",
            "write it like ^1.2, ~1.2.3, >=1.2, <2 or 1.*; `cairn help constraints` lists the forms").Raise();

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Constraint? constraint)
    {
        constraint = text is not null && text.Length <= LengthMax && ConstraintParser.Parse(text) is { } alternatives
            ? new(text.Trim(), alternatives)
            : null;
        return constraint is not null;
    }

    /// <summary>Whether a version satisfies the constraint, by the pre-release rule above.</summary>
    public bool Admits(SemanticVersion version) => (version.IsPrerelease ? Prereleases : Versions).Contains(version);

    /// <summary>Whether a version satisfies the constraint when the package's pre-releases are allowed.</summary>
    public bool AdmitsWithPrereleases(SemanticVersion version) => Versions.Contains(version);

    /// <summary>Equal constraints admit the same versions, however written.</summary>
    public bool Equals(Constraint? other) =>
        other is not null && Versions.Equals(other.Versions) && Prereleases.Equals(other.Prereleases);

    public override bool Equals(object? obj) => Equals(obj as Constraint);

    public override int GetHashCode() => Versions.GetHashCode();

    public override string ToString() => Text;

    /// <summary>One side of `||`: the range and the triples whose pre-releases it names.</summary>
    internal sealed record Alternative(VersionSet Versions, ImmutableArray<SemanticVersion> Triples)
    {
        public VersionSet NamedPrereleases() => Triples.IsEmpty ? VersionSet.Empty : Triples
            .Aggregate(VersionSet.Empty, (set, triple) => set.Union(VersionSet.Between(new(triple.LowestPrerelease, true), new(triple, false))))
            .Intersect(Versions);
    }
}
