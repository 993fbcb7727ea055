using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Feeds;

namespace Registry.Engine.Sources.Git;

/// <summary>
/// Bare copies of repositories under the cache folder: which commit a tag, branch or revision is, and the files of a
/// commit written to a folder. Any of it may be deleted and is fetched again.
/// </summary>
internal sealed class GitRepositories(string folder, GitProgram git, FeedReading reading)
{
    private static readonly ImmutableDictionary<string, string> NoVariables = ImmutableDictionary<string, string>.Empty;

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>The commit that a reference means now, in full.</summary>
    /// <exception cref="ProblemException">GitRevisionNotFound, UrlInvalid, OfflineMissing, and those of running git.</exception>
    public async Task<string> ResolveAsync(string url, GitReference reference, CancellationToken cancellation)
    {
        Require(url, reference);
        if (reference.Kind == GitReferenceKind.Revision)
        {
            return GitAddress.IsCommit(reference.Name) ? reference.Name : await ResolveShortAsync(url, reference, cancellation).ConfigureAwait(false);
        }

        RequireOnline(url);
        var wanted = reference.Kind switch
        {
            GitReferenceKind.Tag => $"refs/tags/{reference.Name}",
            GitReferenceKind.Branch => $"refs/heads/{reference.Name}",
            _ => "HEAD",
        };
        var listed = await git.RunAsync(
            GitConfiguration.User, NoVariables, cancellation, "ls-remote", "--quiet", "--end-of-options", url, wanted, wanted + "^{}").ConfigureAwait(false);
        var commits = listed.Split('\n').Select(line => line.Split('\t')).Where(parts => parts.Length == 2).ToDictionary(parts => parts[1], parts => parts[0]);
        var commit = commits.GetValueOrDefault(wanted + "^{}") ?? commits.GetValueOrDefault(wanted);
        return commit is not null && GitAddress.IsCommit(commit) ? commit : throw NotFound(url, reference);
    }

    /// <summary>Writes the files of a commit into a new folder.</summary>
    public async Task ExportAsync(string url, GitReference reference, string commit, string destination, CancellationToken cancellation)
    {
        Require(url, reference);
        var repository = await HaveAsync(url, reference, commit, cancellation).ConfigureAwait(false);
        Directory.CreateDirectory(destination);
        var variables = NoVariables.Add("GIT_INDEX_FILE", destination + ".index");
        try
        {
            await git.RunAsync(
                GitConfiguration.None, variables, cancellation,
                $"--git-dir={repository}", $"--work-tree={destination}", "-c", "core.bare=false", "-c", "core.symlinks=true",
                "read-tree", "-u", "--reset", "--end-of-options", commit).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(destination + ".index");
        }
    }

    /// <summary>The copy of a repository, with the commit in it.</summary>
    private async Task<string> HaveAsync(string url, GitReference reference, string commit, CancellationToken cancellation)
    {
        var repository = RepositoryFolder(url);
        var gate = _gates.GetOrAdd(url, static _ => new(1));
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await InitialiseAsync(repository, cancellation).ConfigureAwait(false);
            if (await HasAsync(repository, commit, cancellation).ConfigureAwait(false))
            {
                return repository;
            }

            RequireOnline(url);
            await FetchAsync(repository, url, commit, cancellation).ConfigureAwait(false);
            return await HasAsync(repository, commit, cancellation).ConfigureAwait(false) ? repository : throw NotFound(url, reference);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The commit alone where the server gives single commits, else every branch and tag.</summary>
    private async Task FetchAsync(string repository, string url, string commit, CancellationToken cancellation)
    {
        try
        {
            await git.RunAsync(
                GitConfiguration.User, NoVariables, cancellation,
                $"--git-dir={repository}", "fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
                "--end-of-options", url, $"+{commit}:refs/cairn/{commit}").ConfigureAwait(false);
        }
        catch (ProblemException e) when (e.Problem.Code == ProblemCode.GitFailed)
        {
            await FetchAllAsync(repository, url, cancellation).ConfigureAwait(false);
        }
    }

    private Task FetchAllAsync(string repository, string url, CancellationToken cancellation) => git.RunAsync(
        GitConfiguration.User, NoVariables, cancellation,
        $"--git-dir={repository}", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
        "--end-of-options", url, "+refs/heads/*:refs/cairn/heads/*", "+refs/tags/*:refs/cairn/tags/*");

    private async Task<string> ResolveShortAsync(string url, GitReference reference, CancellationToken cancellation)
    {
        RequireOnline(url);
        var repository = RepositoryFolder(url);
        await InitialiseAsync(repository, cancellation).ConfigureAwait(false);
        await FetchAllAsync(repository, url, cancellation).ConfigureAwait(false);
        try
        {
            var commit = await git.RunAsync(
                GitConfiguration.None, NoVariables, cancellation,
                $"--git-dir={repository}", "rev-parse", "--verify", "--quiet", "--end-of-options", reference.Name + "^{commit}").ConfigureAwait(false);
            return commit.Trim();
        }
        catch (ProblemException e) when (e.Problem.Code == ProblemCode.GitFailed)
        {
            throw NotFound(url, reference);
        }
    }

    private async Task InitialiseAsync(string repository, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(repository, "HEAD")))
        {
            Directory.CreateDirectory(repository);
            await git.RunAsync(GitConfiguration.None, NoVariables, cancellation, "init", "--quiet", "--bare", "--end-of-options", repository).ConfigureAwait(false);
        }
    }

    private async Task<bool> HasAsync(string repository, string commit, CancellationToken cancellation)
    {
        try
        {
            await git.RunAsync(
                GitConfiguration.None, NoVariables, cancellation, $"--git-dir={repository}", "cat-file", "-e", commit + "^{commit}").ConfigureAwait(false);
            return true;
        }
        catch (ProblemException e) when (e.Problem.Code == ProblemCode.GitFailed)
        {
            return false;
        }
    }

    private string RepositoryFolder(string url) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)).AsSpan(0, 10)));

    private void RequireOnline(string url)
    {
        if (reading == FeedReading.Offline && !url.StartsWith("file:", StringComparison.Ordinal))
        {
            throw new Problem(
                ProblemCode.OfflineMissing, $"what is needed of {Printable.Clip(url, 200)} is not on this computer", "run the command once without --offline").Raise();
        }
    }

    private static void Require(string url, GitReference reference)
    {
        if (!GitAddress.IsAllowed(url))
        {
            throw new Problem(ProblemCode.UrlInvalid, $"`{Printable.Clip(url, 200)}` is not a git address", "use https://…, ssh://…, git://…, file:///… or user@host:path").Raise();
        }

        if (reference.Kind != GitReferenceKind.DefaultBranch && !GitAddress.IsReference(reference.Name))
        {
            throw NotFound(url, reference);
        }
    }

    private static ProblemException NotFound(string url, GitReference reference) => new Problem(
        ProblemCode.GitRevisionNotFound,
        $"{Printable.Clip(url, 200)} has no {Kind(reference.Kind)} `{Printable.Clip(reference.Name, 100)}`",
        $"`git ls-remote {Printable.Clip(url, 200)}` lists what there is").Raise();

    private static string Kind(GitReferenceKind kind) => kind switch
    {
        GitReferenceKind.Tag => "tag",
        GitReferenceKind.Branch => "branch",
        GitReferenceKind.Revision => "revision",
        _ => "default branch",
    };
}
