using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A file that was called fine, or is to be looked at again.</summary>
public sealed record MarkReport(PackageId Package, string Path, ContentHash Content, FineMark Mark) : IReport
{
    public string Kind => "publish-mark";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("name"u8, Package.Name.Value);
        json.WriteString("path"u8, Path);
        json.WriteString("checksum"u8, Content.ToString());
        json.WriteBoolean("fine"u8, Mark == FineMark.IsFine);
    }
}

/// <summary>Remembers that a person looked at a flagged file; kept in the project, by content.</summary>
/// <param name="path">As the review lists it.</param>
internal sealed class MarkFile(RegistryClient client, PackageReview review, string path, FineMark mark) : Change<MarkReport, MarkReport>
{
    public override Task<MarkReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var file = review.Files.FirstOrDefault(file => file.Path == path) ?? throw new Problem(
            ProblemCode.UsageInvalid, $"`{Printable.Clip(path, 200)}` is no file of {review.Package.Name}", "`cairn publish --dry-run` lists them").Raise();
        if (file.Blocks)
        {
            throw new Problem(
                ProblemCode.ArchiveUnsafe, $"`{path}` cannot be in a package: {file.Flags[0].What}", $"leave it out: `cairn edit --exclude {path}`").Raise();
        }

        return file.Hash is { } hash && !file.Flags.IsEmpty
            ? Task.FromResult(new MarkReport(review.Package, path, hash, mark))
            : throw new Problem(ProblemCode.UsageInvalid, $"nothing is odd about `{Printable.Clip(path, 200)}`", "only flagged files are marked").Raise();
    }

    public override Task<MarkReport> ApplyAsync(MarkReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var state = OpenedProject.Open(review.Folder, client.Disk).State;
        using var held = ProjectLock.Take(state, "publish");
        FineFiles.Read(state).Save(plan.Path, plan.Content, plan.Mark);
        return Task.FromResult(plan);
    }
}
