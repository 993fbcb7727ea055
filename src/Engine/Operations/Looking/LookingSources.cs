using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Sources;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>Where a query about packages reads: sources of its own, or those that a screen keeps open.</summary>
internal abstract class LookingSources
{
    public abstract Look Open();

    /// <param name="Locked">What the project uses; null when that is not known.</param>
    internal sealed record Look(PackageSources Sources, Project? Project, Lockfile? Locked, bool IsOwn) : IDisposable
    {
        public void Dispose()
        {
            if (IsOwn)
            {
                Sources.Dispose();
            }
        }
    }

    /// <summary>For one query.</summary>
    internal sealed class Own(RegistryClient client, string folder) : LookingSources
    {
        public override Look Open()
        {
            var sources = ReleaseLookup.Open(client, folder, out var project);
            return new(sources, project, TryReadLock(project), true);
        }
    }

    /// <summary>What was read once stays read; the project's files are looked at each time.</summary>
    internal sealed class Shared(Lazy<PackageSources> sources, string folder) : LookingSources
    {
        public override Look Open()
        {
            var project = Project.TryFind(folder);
            return new(sources.Value, project, TryReadLock(project), false);
        }
    }

    private static Lockfile? TryReadLock(Project? project)
    {
        try
        {
            return project is null ? null : LockedProject.ReadLockfile(project);
        }
        catch (ProblemException)
        {
            // A broken lockfile says nothing about what is used; whoever changes the project reports it.
            return null;
        }
    }
}
