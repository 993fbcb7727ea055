using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;

namespace Registry.Engine.Tests.Resolution;

/// <summary>What must hold of every answer, whatever was asked.</summary>
internal static class Laws
{
    public static void Solved(World world, ResolutionRequest request, Engine.Resolution.Resolution resolution, SupplyOrder[]? orders = null)
    {
        Assert.Empty(ResolutionVerifier.Check(request, resolution, world.Find));
        var text = Print(resolution);
        foreach (var order in orders ?? Enum.GetValues<SupplyOrder>())
        {
            Assert.Equal(text, Print(Assert.IsType<ResolverStep.Solved>(world.Resolve(request, order)).Resolution));
        }

        var locked = resolution.ToLockfile();
        var again = world.Resolve(request with { Locked = locked, Unlocking = Unlocking.Nothing.Instance, AcceptedYanked = [] });
        Assert.Equal(text, Print(Assert.IsType<ResolverStep.Solved>(again).Resolution));
        Assert.Empty(LockCheck.Check(request.Roots, request.Options, locked).Reasons);
    }

    public static void Failed(World world, ResolutionRequest request, Resolver resolver, Explanation explanation, SupplyOrder[]? orders = null)
    {
        Assert.True(resolver.Proves(explanation), "the facts of the explanation have a solution");
        Assert.True(explanation.CardText().Split('\n').Length <= 2 + (2 * Explanation.CardFactsMax) + 2);
        foreach (var order in orders ?? Enum.GetValues<SupplyOrder>())
        {
            Assert.Equal(
                explanation.FullText(),
                Assert.IsType<ResolverStep.Unsolvable>(world.Resolve(request, order)).Explanation.FullText());
        }
    }

    public static void Repaired(World world, ResolutionRequest request, Repair repair)
    {
        var repaired = RepairRequest.Apply(request, repair);
        var resolution = Assert.IsType<ResolverStep.Solved>(world.Resolve(repaired)).Resolution;
        Assert.Equal(Print(repair.Resolution), Print(resolution));
        Assert.Empty(ResolutionVerifier.Check(repaired, resolution, world.Find));
    }

    public static string Print(Engine.Resolution.Resolution resolution) => string.Join('\n', resolution.Packages.Select(p =>
        $"{p.Id} {p.Source} [{string.Join(' ', p.Features)}] -> "
        + string.Join(", ", p.Dependencies.Select(d => $"{d.Group} {d.LocalName} = {d.Target}"))));
}
