using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Resolution;

/// <summary>
/// Finds changes to the manifest (or the lockfile) under which the request has a resolution, least change first. Every
/// one is solved in full before it is reported. Bounded by turns of the solver, not by time.
/// </summary>
public sealed class RepairFinder
{
    private readonly Supplies _supplies;
    private readonly Queue<RepairStep> _steps = new();

    internal RepairFinder(ResolutionRequest request, Supplies supplies) => (Request, _supplies) = (request, supplies);

    public ResolutionRequest Request { get; }

    public RepairStep Step() => _steps.TryDequeue(out var step) ? step : new RepairStep.Exhausted();

    public void Supply(SuppliedPackage package) => _supplies.Add(package);

    public void SupplyMissing(PackageKey key, Problem reason) => _supplies.AddMissing(key, reason);
}
