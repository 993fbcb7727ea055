using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution.Explaining;

namespace Registry.Engine.Resolution;

/// <summary>
/// What the user said must stay or must not be. A wish holds in every solve, in every repair and in its proof; a repair that
/// goes against one cannot be made. It never makes anything be used: that is what the manifests are for.
/// </summary>
public abstract record Wish
{
    private Wish()
    {
    }

    /// <summary>In words that go on from "you said that"; without a full stop.</summary>
    public abstract string Words { get; }

    /// <summary>Wherever the package is used, it is this version; and a line of a manifest that asks for it stays.</summary>
    public sealed record Keep(PackageName Name, SemanticVersion Version) : Wish
    {
        public override string Words => $"{Name} must stay at {Version}";

        public override bool RulesOut(ManifestEdit edit) => edit switch
        {
            ManifestEdit.RemoveDependency e => e.Name == Name,
            ManifestEdit.RenameDependency e => e.From == Name,
            _ => false,
        };

        internal override bool RulesOut(PackageId id) => id.Name == Name && id.Version != Version;
    }

    /// <summary>A dependency line stays as it is written.</summary>
    /// <param name="File">As <see cref="ResolutionRoot.File"/>.</param>
    public sealed record KeepLine(string File, DependencyGroup Group, string LocalName) : Wish
    {
        public override string Words => $"the line `{LocalName}`{Table} of {File} must stay as it is";

        public override bool RulesOut(ManifestEdit edit) =>
            edit.Line is { } line && line.Group == Group && line.LocalName == LocalName && edit.File == File;

        private string Table => Group switch
        {
            DependencyGroup.Dev => " for development",
            DependencyGroup.Build => " for building",
            _ => "",
        };
    }

    /// <summary>The as-of date stays.</summary>
    public sealed record KeepAsOf : Wish
    {
        public override string Words => "the as-of date must stay";

        public override bool RulesOut(ManifestEdit edit) => edit is ManifestEdit.RemoveAsOf;
    }

    /// <summary>No version of these is used.</summary>
    /// <param name="Why">What is wrong with them, in a few words; may be empty.</param>
    public sealed record Never(PackageName Name, VersionSet Versions, string Why = "") : Wish
    {
        public override string Words => Versions.IsAll ? $"{Name} must not be used" : $"{Name} {Wording.Range(Versions)} must not be used";

        internal override bool RulesOut(PackageId id) => id.Name == Name && Versions.Contains(id.Version);
    }

    /// <summary>No pre-release of the package is used.</summary>
    public sealed record NeverPrereleases(PackageName Name) : Wish
    {
        public override string Words => $"{Name} must not be a pre-release";

        internal override bool RulesOut(PackageId id) => id.Name == Name && id.Version.IsPrerelease;
    }

    /// <summary>One version of the package at most, whatever the policy on duplicates.</summary>
    public sealed record NeverCopies(PackageName Name) : Wish
    {
        public override string Words => $"there must not be two copies of {Name}";
    }

    /// <summary>No override of the package comes or goes.</summary>
    public sealed record NeverOverride(PackageName Name) : Wish
    {
        public override string Words => $"overrides of {Name} must not change";

        public override bool RulesOut(ManifestEdit edit) => edit switch
        {
            ManifestEdit.AddOverride e => e.Name == Name,
            ManifestEdit.RemoveOverride e => e.Name == Name,
            _ => false,
        };
    }

    /// <summary>Whether a repair with this change goes against the wish, whatever it leads to.</summary>
    public virtual bool RulesOut(ManifestEdit edit) => false;

    /// <summary>Whether a release must not be in an answer.</summary>
    internal virtual bool RulesOut(PackageId id) => false;
}
