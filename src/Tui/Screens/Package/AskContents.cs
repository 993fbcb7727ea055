using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Progress;
using Registry.Tui.Screens.Jobs;

namespace Registry.Tui.Screens.Package;

/// <summary>README and files of a release; as a job where that may mean fetching it.</summary>
/// <param name="File">A file to read as well; null for none.</param>
internal sealed record AskContents(PackageId Package, ContentsReach Reach, string? File = null) : Inquiry
{
    public override bool IsMinor => Reach == ContentsReach.Stored && File is null;

    public override async Task<News> AskAsync(IWorkbench workbench, IProgress<ProgressEvent> progress, CancellationToken cancellation) => new ContentsRead(
        Package, File, await workbench.ReadContentsAsync(Package, Reach, File, progress, cancellation).ConfigureAwait(false));
}

internal sealed record ContentsRead(PackageId Package, string? File, Outcome<ContentsReport> Outcome) : News
{
    public override Ending Ending => Ending.Of(Outcome, report => $"{Staging.Count(report.Files.Length, "file", "files")}, {PackageAnswer.SizeText(report.Bytes)}");

    public override Step Reach(AppState state)
    {
        var looks = state.Looks;
        if (Outcome is Outcome<ContentsReport>.Done || File is null)
        {
            looks = looks with { Contents = looks.Contents.With(Package, Outcome is Outcome<ContentsReport>.Done done ? new Outcome<ContentsReport>.Done(done.Report with { File = null }) : Outcome) };
        }

        return state with { Looks = File is null ? looks : looks with { Files = looks.Files.With((Package, File), Outcome) } };
    }
}
