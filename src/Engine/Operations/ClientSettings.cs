using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>What a client is made of; only Program reads the real environment to fill it.</summary>
public sealed record ClientSettings
{
    public required UserFolders Folders { get; init; }

    /// <summary>The value of an environment variable, for proxies, `CAIRN_*` settings and tokens; null when it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = static _ => null;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Replaces the network, in tests; null for the real one. Not disposed by the client.</summary>
    public HttpMessageHandler? Http { get; init; }

    /// <summary>Use only what is on this machine, and say what is missing.</summary>
    public bool IsOffline { get; init; }

    /// <summary>The version of this program, for `cairn-version` in manifests and the user agent.</summary>
    public string Version { get; init; } = "0.1.0";

    /// <summary>Values given on the command line, over every other source.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>Where reports of bugs are written.</summary>
    public string ReportFolder => Path.Combine(Folders.Cache, "reports");

    /// <summary>The settings an environment asks for, with folders by this system's convention.</summary>
    /// <exception cref="Problems.ProblemException">FileUnavailable when nothing says where the user's home is.</exception>
    public static ClientSettings For(Func<string, string?> environment) => new()
    {
        Folders = UserFolders.From(
            environment,
            OperatingSystem.IsWindows() ? FolderConvention.Windows : OperatingSystem.IsMacOS() ? FolderConvention.MacOS : FolderConvention.Xdg),
        Environment = environment,
    };
}
