using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Project;

/// <summary>A line of the Project screen: a direct dependency, or a heading where <paramref name="Name"/> is null.</summary>
/// <param name="Rank">What needs attention first.</param>
internal sealed record ProjectRow(PackageName? Name, string Title, string Wanted, string Locked, string Latest, string Note, Style Style, int Rank)
{
    /// <summary>The sign of the note; a space for none.</summary>
    public char Sign => Note.Length > 0 ? Note[0] : ' ';

    public string Description { get; init; } = "";

    /// <summary>There is a newer one than the locked, whatever is staged.</summary>
    public bool HasUpdate { get; init; }

    /// <summary>The newest may break what uses it.</summary>
    public bool IsMajor { get; init; }

    /// <summary>The lockfile has several versions of it.</summary>
    public bool IsDuplicate { get; init; }

    public FilteredRow Filtered => new(Title, Description, Sign, IsDuplicate);

    public static ProjectRow Heading(string title) => new(null, title, "", "", "", "", default, 0);

    public static ProjectRow Of(AppState state, Dependency dependency)
    {
        var node = state.Graph.Find(dependency.Name);
        var locked = node < 0 ? null : state.Graph.Nodes[node].Package;
        var latest = state.Packages.GetValueOrDefault(dependency.Name)?.Latest?.Id.Version;
        var (rank, sign, words, ink) = NoteOf(state, dependency, locked, latest);
        return new ProjectRow(
            dependency.Name, dependency.LocalName, dependency.Constraint.Text, locked?.Id.Version.ToString() ?? "", latest?.ToString() ?? "",
            $"{sign} {words}", new Style(ink), rank)
        {
            Description = state.Packages.GetValueOrDefault(dependency.Name)?.Latest?.Description ?? "",
            HasUpdate = locked?.Source is PackageSource.Feed && latest is not null && latest > locked.Id.Version,
            IsMajor = locked?.Source is PackageSource.Feed && latest is not null && latest > locked.Id.Version
                && new LockChange(LockChangeKind.Upgraded, dependency.Name, locked, locked with { Id = locked.Id with { Version = latest } }).IsBreaking,
            IsDuplicate = state.Graph.IsDuplicate(dependency.Name),
        };
    }

    private static (int Rank, char Sign, string Words, Ink Ink) NoteOf(AppState state, Dependency dependency, LockedPackage? locked, SemanticVersion? latest)
    {
        if (state.Plan.Conflict?.Explanation.Packages.Contains(dependency.Name) == true)
        {
            return (0, '!', "part of a conflict, f says why", Ink.Problem);
        }

        if (state.Plan.StepFor(dependency.Name) is { } staged)
        {
            return (1, staged.Sign, UpdateChoices.Of(staged) is { } choice ? UpdateChoices.Words(choice) : $"staged: {staged.Words}", Ink.Changed);
        }

        if (locked is null)
        {
            return (2, '?', "not locked yet, p plans it", Ink.Notice);
        }

        if (state.ReleaseOf(locked.Id) is { Status: not ReleaseStatus.Ok } release)
        {
            return (3, '!', $"{release.Status.ToString().ToLowerInvariant()} version", Ink.Problem);
        }

        if (state.Looks.Findings is { } findings && findings.Where(finding => finding.Package == locked.Id).MaxBy(finding => finding.Weight) is { } finding)
        {
            return (4, '!', $"advisory, {AuditWords.Level(finding).ToLowerInvariant()}", Ink.Problem);
        }

        return dependency.Constraint.Text.StartsWith('=') ? (8, '=', "pinned by you", Ink.Default) : NewerOf(state, dependency, locked, latest);
    }

    private static (int Rank, char Sign, string Words, Ink Ink) NewerOf(AppState state, Dependency dependency, LockedPackage locked, SemanticVersion? latest)
    {
        if (locked.Source is not PackageSource.Feed)
        {
            return (9, ' ', locked.Source.ToString(), Ink.Quiet);
        }

        if (!state.Packages.ContainsKey(dependency.Name))
        {
            return state.Looks.Troubles.Find(dependency.Name) is null ? (9, ' ', "", Ink.Quiet) : (7, '?', "registry did not answer", Ink.Notice);
        }

        if (latest is null || latest <= locked.Id.Version)
        {
            return (9, ' ', "current", Ink.Quiet);
        }

        var step = new LockChange(LockChangeKind.Upgraded, dependency.Name, locked, locked with { Id = locked.Id with { Version = latest } }).Step;
        return dependency.Constraint.Admits(latest)
            ? (5, '+', $"{step.ToString().ToLowerInvariant()} available", Ink.Added)
            : (6, '^', $"{step.ToString().ToLowerInvariant()} available", Ink.Notice);
    }
}
