using Registry.Engine.Model;

namespace Registry.Tui.Screens;

/// <summary>The addresses of a package, and what opens them. They were written by strangers: only http and https are followed.</summary>
internal static class Links
{
    private const int LengthMax = 2_000;

    // Hosts that keep a list of issues below the address of the source.
    private static readonly string[] hostsWithIssues = ["github.com", "gitlab.com", "codeberg.org"];

    /// <summary>The address that a command is about; null when the package names none that can be followed.</summary>
    public static string? Of(AppState state, Command command) => state.Top.SubjectOf(state)?.ReleaseIn(state) is not { } release ? null : command switch
    {
        Command.OpenHome => Checked(release.Details.Homepage),
        Command.OpenSource => Checked(release.Details.Repository),
        Command.OpenDocs => Checked(release.Details.Documentation),
        Command.OpenIssues => IssuesOf(release),
        Command.CopyUrl => Checked(release.Details.Homepage) ?? Checked(release.Details.Repository) ?? Checked(release.Details.Documentation),
        _ => null,
    };

    /// <summary>Opens it in the browser; where there is none it is shown and copied.</summary>
    public static Step Open(AppState state, Command command)
    {
        if (Of(state, command) is not { } address)
        {
            return state.Say(Notice.Note(WhyNot(state, command)!));
        }

        return state.HasBrowser
            ? state.Say(Notice.Note($"opening {address}")).Do(new Effect.Browse(address))
            : CopyInstead(state, address);
    }

    /// <summary>For a place without a browser: shows the address and copies it.</summary>
    public static Step CopyInstead(AppState state, string address) =>
        state.Say(Notice.Note($"no browser here, copied: {address}")).Do(new Effect.Copy(address));

    /// <summary>Null when the command can be done.</summary>
    public static string? WhyNot(AppState state, Command command) => Of(state, command) is not null ? null
        : state.Top.SubjectOf(state) is not { } subject ? "no package is selected"
        : subject.ReleaseIn(state) is null ? $"the releases of {subject.Name} are not read yet"
        : command == Command.CopyUrl ? $"{subject.Name} names no address"
        : $"{subject.Name} names no address for that";

    /// <summary>The address in the form that goes to other programs; null for everything that is no plain web address.</summary>
    public static string? Checked(string? address) =>
        address is { Length: > 0 and <= LengthMax } && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Host.Length > 0
            ? uri.AbsoluteUri
            : null;

    private static string? IssuesOf(Release release) =>
        Checked(release.Details.Repository) is { } source && hostsWithIssues.Contains(new Uri(source).Host, StringComparer.Ordinal)
            ? $"{(source.EndsWith(".git", StringComparison.Ordinal) ? source[..^4] : source.TrimEnd('/'))}/issues"
            : null;
}
