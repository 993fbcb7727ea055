using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Tui.Terminal;

namespace Registry.Tui.Screens.Package;

/// <summary>What a version would mean here: whether all who need the package admit it, and what is known against it.</summary>
/// <param name="Wanted">Who asks for which range, the project itself first; as far as that is known.</param>
internal sealed record Admission(SemanticVersion? Locked, ImmutableArray<(string Who, Constraint Range)> Wanted)
{
    private const int ReasonMax = 80;

    // Of more dependents than these nobody reads what they want.
    private const int DependentsMax = 20;

    /// <summary>The packages whose releases say it.</summary>
    public static IEnumerable<PackageName> Asks(AppState state, PackageName name) => state.Graph.Find(name) is >= 0 and var node
        ? state.Graph.NeededBy(node).ToArray().Take(DependentsMax).Select(dependent => state.Graph.Nodes[dependent].Package.Id.Name).Append(name)
        : [name];

    public static Admission Of(AppState state, PackageName name)
    {
        var node = state.Graph.Find(name);
        var wanted = ImmutableArray.CreateBuilder<(string, Constraint)>();
        if (Staging.DependencyOn(state, name) is { IsInherited: false } own)
        {
            wanted.Add(("you", own.Constraint));
        }

        foreach (var dependent in node < 0 ? [] : state.Graph.NeededBy(node)[..Math.Min(DependentsMax, state.Graph.NeededBy(node).Length)])
        {
            var package = state.Graph.Nodes[dependent];
            if (package.Package.Source is not PackageSource.Member && PackageAnswer.WantedBy(state, dependent, node) is { } range)
            {
                wanted.Add(($"{package.Name} {package.Version}", range));
            }
        }

        return new(node < 0 ? null : state.Graph.Nodes[node].Package.Id.Version, wanted.ToImmutable());
    }

    public (string Note, Style Style) NoteOf(Release release)
    {
        var version = release.Id.Version;
        if (release.Status != ReleaseStatus.Ok)
        {
            var reason = release.Reason?.Text is { Length: > 0 } text ? $": {Printable.Clip(text, ReasonMax)}" : "";
            return ($"! {release.Status.ToString().ToLowerInvariant()}{(version == Locked ? ", locked" : "")}{reason}", new Style(Ink.Problem));
        }

        if (version == Locked)
        {
            return ("= locked now", new Style(Ink.Accent));
        }

        if (Wanted.FirstOrDefault(wish => !wish.Range.Admits(version)) is { Who: { } who } against)
        {
            var asked = $"{who} {(who == "you" ? "want" : "wants")} {against.Range}";
            return Locked is null ? ($"? {asked}", new Style(Ink.Notice))
                : version < Locked ? ($"  older: {asked}", Style.Quiet)
                : ($"{(IsMajor(version) ? "^ major" : "^ newer")}: {asked}", new Style(Ink.Notice));
        }

        return Wanted.IsEmpty
            ? (version.IsPrerelease ? "? pre-release" : IsMajor(version) ? "^ major" : "", Style.Quiet)
            : (Wanted.Length == 1 ? "fits what is asked for" : $"fits all {Wanted.Length} who need it", Style.Quiet);
    }

    private bool IsMajor(SemanticVersion version) => Locked is not null && version > Locked && (version.Major != Locked.Major || (version.Major == 0 && version.Minor != Locked.Minor));
}
