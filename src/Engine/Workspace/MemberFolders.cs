using System.Collections.Immutable;
using System.IO.Enumeration;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Workspace;

/// <summary>The folders that `[workspace] members` means: exact ones, and `*` and `?` within one part of a path.</summary>
internal static class MemberFolders
{
    private const int MembersMax = 10_000;

    /// <summary>Whether a folder (relative to the workspace) is among the members, going by the patterns alone.</summary>
    public static bool Match(WorkspaceTable workspace, string folder) =>
        workspace.Members.Any(glob => Matches(glob, folder)) && !workspace.Exclude.Any(glob => Matches(glob, folder));

    /// <summary>The members there are, sorted, and the folders in which a new one could appear.</summary>
    /// <exception cref="ProblemException">WorkspaceInvalid when a folder named in full has no manifest, or there are too many.</exception>
    public static (ImmutableArray<string> Members, ImmutableArray<string> Watched) Expand(string root, WorkspaceTable workspace, string file)
    {
        var members = new SortedSet<string>(StringComparer.Ordinal);
        var watched = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var glob in workspace.Members.Where(glob => glob != "."))
        {
            foreach (var folder in Expand(root, glob, watched).Where(folder => !workspace.Exclude.Any(e => Matches(e, folder))))
            {
                Add(root, glob, folder, members, watched, file);
            }
        }

        return members.Count <= MembersMax
            ? ([.. members], [.. watched])
            : throw new Problem(
                ProblemCode.WorkspaceInvalid, $"the workspace has more than {MembersMax} members", "name folders further down", new(file, 1, 1)).Raise();
    }

    /// <summary>The folders that the patterns name, whether or not there is a manifest in them.</summary>
    public static ImmutableArray<string> Candidates(string root, WorkspaceTable workspace)
    {
        var watched = new SortedSet<string>(StringComparer.Ordinal);
        return [.. workspace.Members.Where(glob => glob != ".").SelectMany(glob => Expand(root, glob, watched))
            .Where(folder => !workspace.Exclude.Any(e => Matches(e, folder))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MembersMax)];
    }

    private static void Add(
        string root, string glob, string folder, SortedSet<string> members, SortedSet<string> watched, string file)
    {
        if (ProjectFinder.ManifestIn(Path.Combine(root, folder)) is not null)
        {
            members.Add(folder);
        }
        else if (IsPattern(glob))
        {
            watched.Add(folder);
        }
        else
        {
            throw new Problem(
                ProblemCode.WorkspaceInvalid, $"`{folder}` is named as a member and has no {Project.ManifestName}",
                $"run `cairn init --directory {folder}`, or take it out of [workspace] members", new(file, 1, 1)).Raise();
        }
    }

    private static List<string> Expand(string root, string glob, SortedSet<string> watched)
    {
        List<string> folders = ["."];
        foreach (var part in glob.Split('/'))
        {
            folders = [.. folders.SelectMany(folder => IsPattern(part) ? Children(root, folder, part, watched) : [ProjectPaths.Combine(folder, part)])];
        }

        return folders;
    }

    private static IEnumerable<string> Children(string root, string folder, string part, SortedSet<string> watched)
    {
        var path = Path.Combine(root, folder);
        if (!Directory.Exists(path))
        {
            return [];
        }

        watched.Add(folder);
        // Links are left out: a member is inside the project, and no folder is met twice.
        return new DirectoryInfo(path).EnumerateDirectories()
            .Where(child => child.LinkTarget is null && child.Name[0] != '.' && FileSystemName.MatchesSimpleExpression(part, child.Name, ignoreCase: false))
            .Select(child => ProjectPaths.Combine(folder, child.Name));
    }

    private static bool Matches(string glob, string folder)
    {
        var (parts, names) = (glob.Split('/'), folder.Split('/'));
        return parts.Length == names.Length
            && parts.Zip(names).All(pair => FileSystemName.MatchesSimpleExpression(pair.First, pair.Second, ignoreCase: false));
    }

    private static bool IsPattern(string glob) => glob.AsSpan().IndexOfAny('*', '?') >= 0;
}
