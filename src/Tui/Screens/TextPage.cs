using Registry.Engine.Model;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens;

/// <summary>An answer with the whole body to itself.</summary>
internal sealed record TextPage(PackageName Name, TextPageKind Kind) : LinesScreen
{
    private const int WaysMax = 50;
    private const int DependentsMax = 40;

    private static readonly Hint[] hints = [new("j k", "scroll"), new("Esc", "back")];

    public override Scope Scope => Scope.Text;

    public override ReadOnlySpan<Hint> Hints => hints;

    public static Step Why(AppState state, PackageName name) => Open(state, new TextPage(name, TextPageKind.Why));

    /// <summary>Says what holds a package back; reads the releases of everything that needs it.</summary>
    public static Step WhyNotNewer(AppState state, PackageName name) => Open(state, new TextPage(name, TextPageKind.WhyNotNewer));

    public override Screen Fresh(AppState state)
    {
        var node = state.Graph.Find(Name);
        var detail = new Detail(state.Layout.Body.Width - 3);
        if (node < 0)
        {
            return this with { Lines = detail.Text($"{Name} is not in the lockfile.").Lines };
        }

        detail.Heading(state, Name, state.Graph.Nodes[node].Package.Id.Version);
        return this with { Lines = (Kind == TextPageKind.Why ? detail.Ways(state, node, WaysMax) : detail.Newer(state, node)).Lines };
    }

    private static Step Open(AppState state, TextPage page)
    {
        var node = state.Graph.Find(page.Name);
        if (node < 0)
        {
            return state.Say(Notice.Note($"{page.Name} is not in the lockfile yet"));
        }

        var dependents = state.Graph.NeededBy(node).ToArray().Take(DependentsMax).Select(dependent => state.Graph.Nodes[dependent].Package);
        return Reading.Ask(state.Open(page), dependents.Select(package => package.Id.Name).Append(page.Name));
    }
}

internal enum TextPageKind
{
    Why,
    WhyNotNewer,
}
