using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

public enum LockAction
{
    /// <summary>Bring the lockfile up to date.</summary>
    Update,

    /// <summary>Fail when it is not up to date.</summary>
    Check,

    /// <summary>Make one lockfile of the two sides of a merge conflict: what both agree on stays.</summary>
    Repair,
}

/// <summary>`cairn lock`: the lockfile, without installing.</summary>
internal sealed class Lock(RegistryClient client, ChangeRequest request, LockAction action) : EditedProjectChange(
    client, request with
    {
        Scope = InstallScope.LockfileOnly,
        Lock = action == LockAction.Check ? LockMode.Frozen : request.Lock,
    })
{
    private protected override ImmutableArray<ProjectEdit> Edits => [];

    private protected override bool RewritesLockfile => action == LockAction.Repair;

    private protected override Lockfile? ReadLockfile(ProjectLockfile lockfile) =>
        action == LockAction.Repair ? LockPlanning.Salvage(lockfile) : base.ReadLockfile(lockfile);

    private protected override string Command => action switch
    {
        LockAction.Check => "cairn lock --check",
        LockAction.Repair => $"cairn lock --repair{CommandText.AsOf(Request)}",
        _ => $"cairn lock{CommandText.AsOf(Request)}",
    };
}
