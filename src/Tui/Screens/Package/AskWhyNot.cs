using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Package;

/// <summary>What the resolver says is in the way of the newest version of a package.</summary>
internal sealed record AskWhyNot(PackageName Name) : Inquiry
{
    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new WhyNotAnswered(Name, await workbench.AskWhyNotAsync(Name, cancellation).ConfigureAwait(false));
}

internal sealed record WhyNotAnswered(PackageName Name, Outcome<WhyNotReport> Outcome) : News
{
    public override Step Reach(AppState state) => state.Top is TextPage { Kind: TextPageKind.WhyNotNewer } page && page.Name == Name
        ? state.WithTop(page with { Proof = Outcome })
        : state;
}
