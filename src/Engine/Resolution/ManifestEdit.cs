using Registry.Engine.Model;

namespace Registry.Engine.Resolution;

/// <summary>One line of change to a manifest that a repair consists of. <paramref name="File"/> is the root's file.</summary>
public abstract record ManifestEdit(string File)
{
    /// <summary>The dependency line that is changed; null for a change of the resolution table.</summary>
    public (DependencyGroup Group, string LocalName)? Line => this switch
    {
        ChangeConstraint e => (e.Group, e.LocalName),
        RemoveDependency e => (e.Group, e.LocalName),
        RenameDependency e => (e.Group, e.LocalName),
        ChangeOrigin e => (e.Group, e.LocalName),
        RemoveFeature e => (e.Group, e.LocalName),
        _ => null,
    };

    public sealed record ChangeConstraint(
        string File, DependencyGroup Group, string LocalName, PackageName Name, Constraint From, Constraint To) : ManifestEdit(File);

    public sealed record RemoveDependency(string File, DependencyGroup Group, string LocalName, PackageName Name) : ManifestEdit(File);

    public sealed record RenameDependency(
        string File, DependencyGroup Group, string LocalName, PackageName From, PackageName To) : ManifestEdit(File);

    /// <param name="To">As the manifest writes it: a folder is seen from the manifest's own.</param>
    public sealed record ChangeOrigin(
        string File, DependencyGroup Group, string LocalName, PackageName Name, DependencyOrigin From, DependencyOrigin To)
        : ManifestEdit(File);

    public sealed record RemoveFeature(
        string File, DependencyGroup Group, string LocalName, PackageName Name, string Feature) : ManifestEdit(File);

    public sealed record AddOverride(string File, PackageName Name, Constraint Constraint, DependencyOrigin Origin) : ManifestEdit(File)
    {
        /// <summary>Why, in the user's words; written beside it.</summary>
        public string? Reason { get; init; }
    }

    public sealed record RemoveOverride(string File, PackageName Name) : ManifestEdit(File);

    public sealed record AllowPrerelease(string File, PackageName Name) : ManifestEdit(File);

    public sealed record SetDuplicates(string File, DuplicatesPolicy Policy) : ManifestEdit(File);

    public sealed record RemoveAsOf(string File, DateTimeOffset From) : ManifestEdit(File);
}
