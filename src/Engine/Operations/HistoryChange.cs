using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Goes back or forth in the undo history: the bytes of manifests and lockfile as they were, nothing resolved anew.</summary>
public abstract class HistoryChange : ProjectChange
{
    private protected HistoryChange(RegistryClient client, ChangeRequest request)
        : base(client, request)
    {
    }

    private protected abstract HistoryKind Kind { get; }

    /// <summary>The changes to go over, in the order they are gone over; empty when there is none.</summary>
    private protected abstract ImmutableArray<HistoryEntry> Entries(UndoHistory history);

    private protected override async Task<ChangePlan> PlanChangeAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var project = OpenedProject.Open(Request.Folder, Client.Disk);
        var history = UndoHistory.Open(project.State);
        var entry = Joined(Entries(history)) ?? throw Nothing();
        ImmutableArray<PreparedFile> files = [.. entry.Files.Select(file => Restored(project, entry, file))];
        var manifests = project.Manifests.Select(manifest => Restored(manifest, files)).ToImmutableArray();
        var root = manifests[0].Document.Manifest.Workspace;
        manifests = [.. manifests.Select(m => m with { Manifest = ProjectReader.Effective(m.Document.Manifest, root, m.Folder) })];
        var before = LockPlanning.Read(project.Lockfile);
        var after = files.FirstOrDefault(file => file.File == Project.LockfileName) is { } changed
            ? changed.New is { } bytes ? LockfileText.Read(Encoding.UTF8.GetString(bytes), Project.LockfileName) : null
            : before;
        var builder = new PlanBuilder(Client, Request, project, Command)
        {
            Before = before,
            After = after ?? new Lockfile(project.LockName, []),
        };
        var plan = builder.Build(manifests, files, Kind, entry.Number);
        if (!plan.Lock.IsEmpty)
        {
            // What came before may be known to be malicious by now.
            await MalwareGuard.CheckAsync(Client, project, plan, [], Request.Scope, cancellation).ConfigureAwait(false);
        }

        return plan;
    }

    // Several changes as if they were one: each file as it is before all of them and after.
    private HistoryEntry? Joined(ImmutableArray<HistoryEntry> entries) => entries is [] ? null : entries is [var only] ? only : entries[^1] with
    {
        Files =
        [
            .. entries.SelectMany(entry => entry.Files).GroupBy(file => file.Target).Select(changes => Kind == HistoryKind.Undo
                ? new HistoryFile(changes.Key, changes.Last().Before, changes.First().After)
                : new HistoryFile(changes.Key, changes.First().Before, changes.Last().After)),
        ],
    };

    private PreparedFile Restored(Project project, HistoryEntry entry, HistoryFile file)
    {
        var (now, then) = Kind == HistoryKind.Undo ? (file.After, file.Before) : (file.Before, file.After);
        var path = ProjectPaths.Inside(project.Root, file.Target);
        var there = File.Exists(path) ? File.ReadAllBytes(path) : null;
        return there is null == now is null && there.AsSpan().SequenceEqual(now)
            ? new(file.Target, now, then)
            : throw new Problem(
                ProblemCode.NothingToUndo, $"`{file.Target}` was edited since `{entry.Command}`, and that would be lost",
                "take your edit back first, or change the manifest by hand and run `cairn install`").Raise();
    }

    private static ProjectManifest Restored(ProjectManifest manifest, ImmutableArray<PreparedFile> files) =>
        files.FirstOrDefault(file => file.File == manifest.File) is { New: { } bytes }
            ? manifest with { Document = ManifestDocument.Parse(bytes, manifest.File) }
            : manifest;

    private ProblemException Nothing() => new Problem(
        ProblemCode.NothingToUndo, Kind == HistoryKind.Undo ? "no change of this project is left to undo" : "no undone change is left to do again",
        "changes are remembered from the first `cairn add`, `remove`, `update` or `install` on").Raise();
}
