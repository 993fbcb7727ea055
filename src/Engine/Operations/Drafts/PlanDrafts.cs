using System.Security.Cryptography;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Store;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>The draft of a project: one file of `.cairn/`, written whole or not at all.</summary>
internal static class PlanDrafts
{
    private const int BytesMax = 512 * 1024;

    /// <summary>Keeps a draft, or takes the one that is there away when there is nothing to keep.</summary>
    public static void Save(Project project, PlanDraft draft)
    {
        var state = new StateFolder(project.Root);
        state.Check();
        var bytes = draft.IsEmpty ? [] : DraftText.Write(draft with { Base = BaseOf(project) });
        var canBeKept = bytes.Length is > 0 and <= BytesMax && DraftText.Read(bytes) is not null;
        if (!canBeKept && File.Exists(state.Draft))
        {
            // Also in place of one that is too long to keep: the older one is not what is staged.
            File.Delete(state.Draft);
        }

        if (draft.IsEmpty)
        {
            return;
        }

        if (!canBeKept)
        {
            throw new Problem(
                ProblemCode.FileUnavailable, $"the plan of {draft.Steps.Length} steps is too long to be kept as a draft", "apply it before you leave, or drop steps").Raise();
        }

        state.Make();
        AtomicFile.Write(state.Draft, bytes, Durability.Synced);
    }

    /// <summary>Null when there is none. What is no draft is put aside, whole: somebody may want to look at it.</summary>
    /// <exception cref="ProblemException">FileUnavailable, when what is there is no draft.</exception>
    public static FoundDraft? Read(Project project)
    {
        var state = new StateFolder(project.Root);
        state.Check();
        if (new FileInfo(state.Draft) is not { Exists: true } file)
        {
            return null;
        }

        if (file is not { Length: <= BytesMax, LinkTarget: null } || DraftText.Read(File.ReadAllBytes(state.Draft)) is not { } draft)
        {
            File.Move(state.Draft, state.UnreadDraft, overwrite: true);
            throw new Problem(
                ProblemCode.FileUnavailable, $"the draft of a plan that was left here cannot be read; it is put aside as `{StateFolder.Name}/{Path.GetFileName(state.UnreadDraft)}`",
                "stage the changes again").Raise();
        }

        return draft.IsEmpty ? null : new(draft, draft.Base != BaseOf(project));
    }

    private static string BaseOf(Project project)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bytes in project.Manifests.Select(manifest => manifest.Bytes).Append(project.Lockfile.Bytes ?? []))
        {
            digest.AppendData(BitConverter.GetBytes(bytes.Length));
            digest.AppendData(bytes);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}

/// <summary>What a screen asks of the draft; problems of the disk are outcomes.</summary>
internal sealed class DraftQuery(RegistryClient client, string folder, PlanDraft? kept) : Query<FoundDraft?>
{
    protected override Task<FoundDraft?> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var project = OpenedProject.Open(folder, client.Disk);
            if (kept is null)
            {
                return PlanDrafts.Read(project);
            }

            PlanDrafts.Save(project, kept);
            return null;
        },
        cancellation);
}
