using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Lowering;

/// <summary>What a repair that is tried makes of a dependency line.</summary>
/// <param name="IsOpen">Any version will do.</param>
/// <param name="LeavesOverride">An override is not looked at.</param>
/// <param name="Name">Another package.</param>
/// <param name="Origin">Another source.</param>
internal readonly record struct LineChange(
    bool IsOpen = false, PrereleaseUse Prereleases = default, bool LeavesOverride = false, PackageName? Name = null, DependencyOrigin? Origin = null)
{
    public LineChange With(LineChange other) => new(
        IsOpen || other.IsOpen,
        other.Prereleases > Prereleases ? other.Prereleases : Prereleases,
        LeavesOverride || other.LeavesOverride,
        other.Name ?? Name,
        other.Origin ?? Origin);
}
