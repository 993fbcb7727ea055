using System.Security.Cryptography;
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
        if (bytes.Length is > 0 and <= BytesMax)
        {
            state.Make();
            AtomicFile.Write(state.Draft, bytes, Durability.Synced);
        }
        else if (File.Exists(state.Draft))
        {
            // Also in place of one that is too long to keep: the older one is not what is staged.
            File.Delete(state.Draft);
        }
    }

    /// <summary>Null when there is none, and when what is there cannot be read: a draft is worth no trouble.</summary>
    public static FoundDraft? Read(Project project)
    {
        var path = new StateFolder(project.Root).Draft;
        if (!File.Exists(path) || new FileInfo(path) is not { Length: <= BytesMax, LinkTarget: null })
        {
            return null;
        }

        return DraftText.Read(File.ReadAllBytes(path)) is { IsEmpty: false } draft ? new(draft, draft.Base != BaseOf(project)) : null;
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
