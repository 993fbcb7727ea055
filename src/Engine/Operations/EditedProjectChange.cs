using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Formats.Lockfiles;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Resolution;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A change that consists of edits of manifests (or of none), and of what follows from them.</summary>
public abstract class EditedProjectChange : ProjectChange
{
    private protected EditedProjectChange(RegistryClient client, ChangeRequest request)
        : base(client, request)
    {
    }

    /// <summary>What is to be different; empty for an install.</summary>
    private protected abstract ImmutableArray<ProjectEdit> Edits { get; }

    private protected override string Command => CommandText.For(Edits, Request.Wishes) + CommandText.AsOf(Request);

    /// <summary>What the lockfile says; an action that repairs it reads less strictly.</summary>
    private protected virtual Lockfile? ReadLockfile(ProjectLockfile lockfile) => LockPlanning.Read(lockfile);

    /// <summary>Whether the lockfile is written even when what was read of it still holds.</summary>
    private protected virtual bool RewritesLockfile => false;

    private protected override async Task<ChangePlan> PlanChangeAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var project = OpenedProject.Open(Request.Folder, Client.Disk);
        var locked = ReadLockfile(project.Lockfile);
        CheckNames(project, locked);
        using var sources = new LazySources(Client, project, locked, Edits);
        var changes = new ManifestChanges(project, project.ManifestFor(Request.Folder, Request.Member), Request.Folder);
        await changes.ApplyAsync(Edits, (name, origin) => sources.NewestAsync(name, origin, AsOf ?? project.RootManifest.Manifest.Resolution.AsOf, cancellation)).ConfigureAwait(false);
        var manifests = changes.Manifests;
        var planning = new LockPlanning(project, manifests, Client.Settings.Clock) { Registries = Client.RegistryNames(project), Engines = Client.Engines, AsOf = AsOf, Wishes = Wishes, RepairsMax = Request.RepairsMax };
        var outcome = await planning.RunAsync(locked, Request.Lock, changes, () => sources.Value, progress, cancellation).ConfigureAwait(false);
        var idle = IdleWish.Of(
            Request.Wishes, [.. project.Manifests, .. manifests], locked, planning.Looked, AsOf ?? project.RootManifest.Manifest.Resolution.AsOf);
        var plan = Plan(project, manifests, outcome, idle);
        await MalwareGuard.CheckAsync(Client, project, plan, Edits, Request.Scope, cancellation).ConfigureAwait(false);
        return plan;
    }

    /// <summary>A repair that lets go of the date lets go of the one that was asked for too.</summary>
    private DateTimeOffset? AsOf =>
        Edits.OfType<ProjectEdit.ApplyRepair>().Any(edit => edit.Repair.Edits.Any(part => part is ManifestEdit.RemoveAsOf)) ? null : Request.AsOf;

    private ImmutableArray<Wish> Wishes => [.. Request.Wishes, .. Edits.OfType<ProjectEdit.Fix>().SelectMany(fix => fix.Avoid)];

    /// <summary>An update of a package that is not there is a slip of the fingers, not a no-op.</summary>
    private void CheckNames(Project project, Lockfile? locked)
    {
        foreach (var name in Edits.OfType<ProjectEdit.Update>().Select(update => update.Name).OfType<PackageName>())
        {
            if (locked?.Packages.Any(package => package.Id.Name == name) != true
                && !project.Manifests.SelectMany(manifest => manifest.Manifest.Dependencies).Any(dependency => dependency.Name == name))
            {
                throw Tree.NotLocked(name);
            }
        }
    }

    private ChangePlan Plan(Project project, ImmutableArray<ProjectManifest> manifests, LockOutcome outcome, ImmutableArray<IdleWish> idle)
    {
        var files = Files(project, manifests, outcome);
        var sizes = outcome.Resolution?.Packages.Where(p => p.Release.Archive is not null).ToDictionary(p => p.Id, p => p.Release.Archive!.Size);
        return new PlanBuilder(Client, Request, project, Command)
        {
            Before = outcome.Before,
            After = outcome.After,
            Sizes = sizes ?? [],
            Solving = outcome.Solving,
            Warnings = [.. manifests.SelectMany(manifest => manifest.Document.Warnings), .. Yanked(outcome), .. idle.Select(wish => wish.Warning)],
        }.Build(manifests, files, HistoryKind.Change, null);
    }

    private ImmutableArray<PreparedFile> Files(Project project, ImmutableArray<ProjectManifest> manifests, LockOutcome outcome)
    {
        var files = ImmutableArray.CreateBuilder<PreparedFile>();
        foreach (var (old, @new) in project.Manifests.Zip(manifests).Where(pair => pair.First.Document.Text != pair.Second.Document.Text))
        {
            files.Add(new(old.File, old.Bytes, Encoding.UTF8.GetBytes(@new.Document.Text)));
        }

        files.AddRange(AuditFile.Edited(project.Root, Edits));
        if (outcome.Resolution is not null || RewritesLockfile)
        {
            var bytes = Encoding.UTF8.GetBytes(LockfileText.Write(outcome.After));
            var there = project.Lockfile.File == Project.LockfileName ? project.Lockfile.Bytes : null;
            if (there is null || !bytes.AsSpan().SequenceEqual(there))
            {
                files.Add(new(Project.LockfileName, there, bytes));
            }
        }

        return files.ToImmutable();
    }

    private static IEnumerable<Problem> Yanked(LockOutcome outcome) =>
        from package in outcome.Resolution?.Packages ?? []
        where package.Release.Status == ReleaseStatus.Yanked
        select new Problem(
            ProblemCode.ReleaseNotFound, $"`{package.Id}` was yanked by its publisher{Reason(package.Release)}",
            $"run `cairn update {package.Id.Name}` to move off it");

    private static string Reason(Release release) =>
        release.Reason is { Text.Length: > 0 } reason ? $": {Printable.Clip(reason.Text, 200)}" : "";
}
