using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>
/// One thing the user wants to be different: the unit that the screen stages and that every change is made of. Nothing
/// happens until a plan of all of them is applied.
/// </summary>
public abstract record ProjectEdit
{
    private ProjectEdit()
    {
    }

    /// <summary>Add a dependency or change an existing one of the same group and local name.</summary>
    /// <param name="Constraint">Null for the caret range of the newest suitable release.</param>
    public sealed record Add(PackageName Name, Constraint? Constraint, DependencyGroup Group, DependencyOrigin Origin) : ProjectEdit
    {
        public string? Alias { get; init; }

        public bool IsOptional { get; init; }

        public bool UsesDefaultFeatures { get; init; } = true;

        public ImmutableArray<string> Features { get; init; } = [];
    }

    /// <summary>Take a dependency out.</summary>
    /// <param name="LocalName">What the manifest calls it.</param>
    /// <param name="Group">Null for whichever group has it.</param>
    public sealed record Remove(string LocalName, DependencyGroup? Group) : ProjectEdit;

    /// <summary>Write another constraint on an existing dependency.</summary>
    public sealed record Constrain(DependencyGroup Group, string LocalName, Constraint Constraint) : ProjectEdit;

    /// <summary>Forget the locked version of a package, so that the newest allowed one is taken.</summary>
    /// <param name="Name">Null for all packages.</param>
    /// <param name="Precise">Take exactly this one; it must satisfy the manifest.</param>
    /// <param name="Reach">Whether the manifest's constraint may be moved up too.</param>
    public sealed record Update(PackageName? Name, SemanticVersion? Precise = null, UpdateReach Reach = UpdateReach.Allowed) : ProjectEdit;

    /// <summary>Replace every requirement on a package by this one.</summary>
    public sealed record Override(PackageName Name, Constraint Constraint, string? Reason) : ProjectEdit;

    public sealed record RemoveOverride(PackageName Name) : ProjectEdit;

    public sealed record Duplicates(DuplicatesPolicy Policy) : ProjectEdit;

    /// <summary>Let pre-releases of one package be chosen.</summary>
    public sealed record AllowPrereleases(PackageName Name) : ProjectEdit;

    /// <summary>Give a package of the project another version.</summary>
    /// <param name="Member">A member of the workspace; null for the package that the request is about.</param>
    public sealed record SetVersion(PackageName? Member, SemanticVersion Version) : ProjectEdit;

    /// <summary>Keep files of a package out of its archive: one more line of `exclude` in [package].</summary>
    /// <param name="Member">A member of the workspace; null for the package that the request is about.</param>
    /// <param name="Pattern">As in `.gitignore`.</param>
    public sealed record LeaveOut(PackageName? Member, string Pattern) : ProjectEdit
    {
        /// <summary>Exactly one file or folder of the package, whatever characters its name has.</summary>
        public static LeaveOut File(PackageName? member, string path) => new(member, $"/{string.Concat(path.Select(Escaped))}");

        private static string Escaped(char c) => c is '*' or '?' or '[' or ']' or '\\' or '!' or '#' or ' ' ? $"\\{c}" : c.ToString();
    }

    /// <summary>Get rid of findings of an audit: versions that must not be used, and constraints that keep better ones out.</summary>
    /// <param name="Findings">By id, in the order they are shown.</param>
    public sealed record Fix(
        ImmutableArray<string> Findings, ImmutableArray<Wish.Never> Avoid, ImmutableArray<ManifestEdit.ChangeConstraint> Edits) : ProjectEdit;

    /// <summary>Live with a flaw for a while: one more entry of `audit.toml`.</summary>
    /// <param name="Id">Of the advisory, or an alias of it.</param>
    /// <param name="Reason">For whoever reads it later; never empty.</param>
    /// <param name="Until">The last day it holds.</param>
    public sealed record AcceptRisk(string Id, string Reason, DateOnly Until, PackageName Package) : ProjectEdit;

    /// <summary>What a proven repair of a conflict says.</summary>
    public sealed record ApplyRepair(Repair Repair) : ProjectEdit;
}

/// <summary>How far an update goes.</summary>
public enum UpdateReach
{
    /// <summary>What the manifest allows.</summary>
    Allowed,

    /// <summary>The newest release, moving the constraint in the manifest when it has to.</summary>
    Latest,
}
