using Registry.Engine.Model;

namespace Registry.Engine.Workspace;

/// <summary>Which system's conventions for a user's folders apply.</summary>
public enum FolderConvention
{
    /// <summary>The XDG base directories.</summary>
    Xdg,
    MacOS,
    Windows,
}

/// <summary>The folders of one user, as absolute paths. They need not exist.</summary>
/// <param name="Configuration">`config.toml`, `registries.toml`, credentials.</param>
/// <param name="Data">The store and local feeds: things worth keeping.</param>
/// <param name="Cache">Index documents, git clones: can be deleted at any time.</param>
public sealed record UserFolders(string Configuration, string Data, string Cache)
{
    private const string Program = "cairn";

    /// <summary>Unpacked packages by hash, shared by all projects of the user.</summary>
    public string Store => Path.Combine(Data, "store");

    /// <summary>Advisories taken from registries and files, for `cairn audit`.</summary>
    public string Advisories => Path.Combine(Data, "advisories");

    public string ConfigurationFile => Path.Combine(Configuration, "config.toml");

    public string RegistriesFile => Path.Combine(Configuration, "registries.toml");

    /// <summary>
    /// The folders by `CAIRN_HOME` (one folder for all three), else the `XDG_*_HOME` variables (on every system, when
    /// absolute), else the system's convention.
    /// </summary>
    /// <param name="environment">The value of an environment variable; null when it is not set.</param>
    /// <exception cref="Problems.ProblemException">FileUnavailable when nothing says where the user's home is; UsageInvalid for a relative `CAIRN_HOME`.</exception>
    public static UserFolders From(Func<string, string?> environment, FolderConvention convention)
    {
        // Ours, so unlike the XDG variables it is not silently left aside: what was meant to stay apart would end up in the home.
        if (environment("CAIRN_HOME") is { Length: > 0 } given && !IsAbsolute(given, convention))
        {
            throw new Problems.Problem(
                Problems.ProblemCode.UsageInvalid, $"CAIRN_HOME is `{Printable.Clip(given, 200)}`, which is not an absolute path",
                "set it to the whole path, for example `export CAIRN_HOME=\"$PWD/cairn\"`").Raise();
        }

        if (Absolute(environment, "CAIRN_HOME", convention) is { } home)
        {
            return new(Path.Combine(home, "config"), Path.Combine(home, "data"), Path.Combine(home, "cache"));
        }

        return new(
            Folder(environment, "XDG_CONFIG_HOME", convention) ?? Conventional(environment, convention, ".config", "Application Support", "APPDATA", null),
            Folder(environment, "XDG_DATA_HOME", convention) ?? Conventional(environment, convention, ".local/share", "Application Support", "LOCALAPPDATA", "data"),
            Folder(environment, "XDG_CACHE_HOME", convention) ?? Conventional(environment, convention, ".cache", "Caches", "LOCALAPPDATA", "cache"));
    }

    private static string Conventional(
        Func<string, string?> environment, FolderConvention convention,
        string xdg, string macOS, string windowsVariable, string? windowsFolder)
    {
        if (convention == FolderConvention.Windows)
        {
            var root = Absolute(environment, windowsVariable, convention)
                ?? Path.Combine(Home(environment, "USERPROFILE", convention), "AppData", windowsVariable == "APPDATA" ? "Roaming" : "Local");
            return windowsFolder is null ? Path.Combine(root, Program) : Path.Combine(root, Program, windowsFolder);
        }

        var home = Home(environment, "HOME", convention);
        return convention == FolderConvention.MacOS
            ? Path.Combine(home, "Library", macOS, Program)
            : Path.Combine(home, xdg, Program);
    }

    private static string? Folder(Func<string, string?> environment, string variable, FolderConvention convention) =>
        Absolute(environment, variable, convention) is { } root ? Path.Combine(root, Program) : null;

    // The XDG specification says to ignore a relative path; a relative home would move with the current directory.
    private static string? Absolute(Func<string, string?> environment, string variable, FolderConvention convention) =>
        environment(variable) is { } value && IsAbsolute(value, convention) ? value : null;

    // By the text alone, so that the conventions of every system can be computed on any.
    private static bool IsAbsolute(string path, FolderConvention convention) =>
        convention == FolderConvention.Windows
            ? path.Length > 2 && ((path[1] == ':' && path[2] is '\\' or '/') || path.StartsWith(@"\\", StringComparison.Ordinal))
            : path.StartsWith('/');

    private static string Home(Func<string, string?> environment, string variable, FolderConvention convention) =>
        Absolute(environment, variable, convention) ?? throw new Problems.Problem(
            Problems.ProblemCode.FileUnavailable,
            $"`{variable}` is not set to an absolute path, so there is no place for settings and packages",
            "set CAIRN_HOME to a folder you own, for example `export CAIRN_HOME=/tmp/cairn`").Raise();
}
