using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;

namespace Registry.Tui.Screens.Package;

/// <summary>All releases of a package.</summary>
internal sealed record ReadPackage(PackageName Name) : Inquiry
{
    public override bool IsMinor => true;

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) =>
        new PackageRead(Name, await workbench.ReadPackageAsync(Name, cancellation).ConfigureAwait(false));
}

internal sealed record PackageRead(PackageName Name, Outcome<PackageIndex> Outcome) : News
{
    public override Step Reach(AppState state) => Outcome switch
    {
        Outcome<PackageIndex>.Done done => state with { Packages = state.Packages.SetItem(Name, done.Report), ReadAt = state.ReadAt ?? state.Now },
        Outcome<PackageIndex>.Failed failed => state with { Looks = state.Looks with { Troubles = state.Looks.Troubles.With(Name, failed.Problem) } },
        _ => state,
    };
}
