using System.Collections.Immutable;

namespace Registry.Engine.Sources.Git;

/// <summary>Which git program is used and what it sees.</summary>
public sealed record GitOptions
{
    /// <summary>A name found on the path of <see cref="Environment"/>, or a full path.</summary>
    public string Program { get; init; } = "git";

    /// <summary>
    /// Variables handed on: git needs PATH and HOME, ssh its agent. Every `GIT_*` is dropped whatever stands here.
    /// Empty for those of this process.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>One run of the program, at most.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);
}
