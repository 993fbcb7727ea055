namespace Registry.Engine.Model;

/// <summary>
/// Where a resolved package really came from, as the lockfile records it. Text forms: `feed+ID`, `path+FOLDER`,
/// `git+URL?tag=NAME#COMMIT`, `member+FOLDER` (docs/formats/lockfile.md).
/// </summary>
public abstract record PackageSource
{
    private PackageSource()
    {
    }

    /// <summary>A feed, by the name the routes give it (`main`), not by address: a mirror may serve the same bytes.</summary>
    public sealed record Feed(string Registry) : PackageSource;

    /// <summary>A folder relative to the project root, with `/` separators.</summary>
    public sealed record Path(string Folder) : PackageSource;

    /// <summary>A member of the workspace, by its folder relative to the project root; `.` is the root itself.</summary>
    public sealed record Member(string Folder) : PackageSource;

    /// <summary>A commit of a git repository.</summary>
    public sealed record Git(string Url, GitReference Reference, string Commit) : PackageSource;

    public sealed override string ToString() => this switch
    {
        Feed feed => $"feed+{feed.Registry}",
        Path path => $"path+{path.Folder}",
        Member member => $"member+{member.Folder}",
        Git git => $"git+{git.Url}{Query(git.Reference)}#{git.Commit}",
        _ => throw new InvalidOperationException("a source has exactly four cases"),
    };

    private static string Query(GitReference reference) => reference.Kind switch
    {
        GitReferenceKind.Branch => $"?branch={reference.Name}",
        GitReferenceKind.Tag => $"?tag={reference.Name}",
        GitReferenceKind.Revision => $"?rev={reference.Name}",
        _ => "",
    };
}
