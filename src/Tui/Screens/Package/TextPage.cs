using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Resolution;
using Registry.Tui.Terminal;
using Registry.Tui.Widgets;

namespace Registry.Tui.Screens.Package;

/// <summary>An answer with the whole body to itself.</summary>
internal sealed record TextPage(PackageName Name, TextPageKind Kind) : LinesScreen
{
    private const int WaysMax = 50;
    private const int DependentsMax = 40;

    private static readonly Hint[] hints = [new("j k", "scroll"), new("Esc", "back")];

    /// <summary>What the resolver says about the newest version; null while it is asked.</summary>
    public Outcome<WhyNotReport>? Proof { get; init; }

    public override Scope Scope => Scope.Text;

    public override ReadOnlySpan<Hint> Hints => hints;

    public override Subject SubjectOf(AppState state) => Subject.Of(state, Name);

    public static Step Why(AppState state, PackageName name) => Open(state, new TextPage(name, TextPageKind.Why));

    /// <summary>Says what holds a package back: at once what its dependents ask for, then what the resolver proves.</summary>
    public static Step WhyNotNewer(AppState state, PackageName name)
    {
        var step = Open(state, new TextPage(name, TextPageKind.WhyNotNewer));
        return step.State.Top is TextPage ? step.And(new AskWhyNot(name)) : step;
    }

    public override Screen Fresh(AppState state)
    {
        var node = state.Graph.Find(Name);
        var detail = new Detail(state.Layout.Body.Width - 3);
        if (node < 0)
        {
            return this with { Lines = detail.Text($"{Name} is not in the lockfile.").Lines };
        }

        detail.Heading(state, Name, state.Graph.Nodes[node].Package.Id.Version);
        return this with { Lines = (Kind == TextPageKind.Why ? detail.Ways(state, node, WaysMax) : AddProof(detail.Newer(state, node))).Lines };
    }

    private Detail AddProof(Detail detail) => Proof switch
    {
        null => detail.Text("asking the resolver", Style.Quiet),
        Outcome<WhyNotReport>.Done { Report: { Explanation: { } explanation } } => AddExplanation(detail, explanation),
        Outcome<WhyNotReport>.Done { Report: { IsThere: false, Difference: { } difference } report } => AddDifference(detail, report.Asked, difference),
        Outcome<WhyNotReport>.Failed failed => detail.Text($"! {failed.Problem.Message}", new Style(Ink.Problem)).Text(failed.Problem.Hint),
        _ => detail,
    };

    private static Detail AddExplanation(Detail detail, Explanation explanation)
    {
        detail.Text("The resolver says", Style.Strong).Text(explanation.Headline, default, 2);
        foreach (var fact in explanation.Facts.Take(Explanation.FullFactsMax))
        {
            detail.Text($"{fact.Number}  {fact.Text}", default, 3).Text(fact.Detail, Style.Quiet, 6);
        }

        return detail.Text(explanation.Conclusion, default, 2);
    }

    private static Detail AddDifference(Detail detail, PackageId asked, LockDifference difference)
    {
        detail.Text($"Nothing is in the way: t and {asked.Version} would change", Style.Strong);
        foreach (var change in difference.Changes)
        {
            detail.Text(LockChangeText.Of(change, 0), LockChangeText.StyleOf(change), 2);
        }

        return detail;
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
