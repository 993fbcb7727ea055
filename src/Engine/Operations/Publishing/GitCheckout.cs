using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources.Git;

namespace Registry.Engine.Operations;

/// <summary>What git knows of a package's folder.</summary>
/// <param name="Head">The commit, in hex; empty before the first one.</param>
/// <param name="Changed">Files, below the package's folder, that are not as committed, or not committed at all; ignored folders end in `/`.</param>
/// <param name="Tags">Tags of the version that there are, with the commit each is on.</param>
internal sealed record GitCheckout(string Head, ImmutableHashSet<string> Changed, ImmutableArray<(string Name, string Commit)> Tags)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Whether a file is not as committed; also one that git was told to ignore, by rules that packing does not read.</summary>
    public bool IsChanged(string path) =>
        Changed.Contains(path) || Changed.Any(changed => changed.EndsWith('/') && path.StartsWith(changed, StringComparison.Ordinal));

    /// <summary>Null where the folder is in no work tree.</summary>
    /// <exception cref="ProblemException">GitUnavailable, GitFailed, TimedOut.</exception>
    public static async Task<GitCheckout?> ReadAsync(string folder, PackageId package, TimeProvider clock, CancellationToken cancellation)
    {
        if (!IsBelowGit(folder))
        {
            return null;
        }

        var git = new GitProgram(new() { Timeout = Timeout }, clock);
        var prefix = (await Run("rev-parse", "--show-prefix").ConfigureAwait(false)).TrimEnd('\n', '\r');
        var status = await Run(
            "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignored=matching", "--ignore-submodules=all", "--", ".").ConfigureAwait(false);
        var version = package.Version.ToString();
        var tags = await Run(
            "for-each-ref", "--format=%(refname:short) %(objectname) %(*objectname)",
            $"refs/tags/v{version}", $"refs/tags/{version}", $"refs/tags/{package.Name.Value}-v{version}", $"refs/tags/{package.Name.Value}-{version}").ConfigureAwait(false);
        return new(HeadOf(status), ChangedIn(status, prefix), [.. tags.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(TagOf)]);

        Task<string> Run(params string[] arguments) => git.RunAsync(
            GitConfiguration.User, ImmutableDictionary<string, string>.Empty, cancellation, ["-C", folder, .. arguments]);
    }

    private static bool IsBelowGit(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
            {
                return true;
            }
        }

        return false;
    }

    internal static string HeadOf(string status)
    {
        const string Mark = "# branch.oid ";
        var line = status.Split('\0').FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        return line is null || line.EndsWith("(initial)", StringComparison.Ordinal) ? "" : line[Mark.Length..];
    }

    /// <summary>The paths of `git status --porcelain=v2 -z`, which are relative to the top of the work tree.</summary>
    internal static ImmutableHashSet<string> ChangedIn(string status, string prefix)
    {
        var changed = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var entries = status.Split('\0');
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            var fields = entry.Length == 0 ? 0 : entry[0] switch { '1' => 9, '2' => 10, 'u' => 11, '?' or '!' => 2, _ => 0 };
            if (fields > 0 && entry.Split(' ', fields) is { } parts && parts.Length == fields && parts[^1].StartsWith(prefix, StringComparison.Ordinal))
            {
                changed.Add(parts[^1][prefix.Length..]);
            }

            // A renamed file is followed by its old path.
            i += fields == 10 ? 1 : 0;
        }

        return changed.ToImmutable();
    }

    private static (string Name, string Commit) TagOf(string line)
    {
        var parts = line.Split(' ');
        return (parts[0], parts.Length > 2 && parts[2].Length > 0 ? parts[2] : parts[1]);
    }
}
