using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

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

    /// <summary>What a session offers is what resolving from the start comes to, and no wish is broken by it.</summary>
    public static void Offered(World world, ResolutionRequest request, ConflictState state)
    {
        var wished = request with { Wishes = state.Wishes };
        foreach (var offer in state.All)
        {
            Repaired(world, wished, offer.Repair);
            Assert.DoesNotContain(offer.Repair.Edits, edit => state.Wishes.Any(wish => wish.RulesOut(edit)));
        }

        foreach (var ruledOut in state.RuledOut)
        {
            Assert.NotEmpty(ruledOut.By);
            RuledOut(world, request with { Wishes = ruledOut.By }, ruledOut.Offer.Repair);
        }

        foreach (var way in state.Deadlock?.Ways ?? [])
        {
            var rest = request with { Wishes = [.. state.Wishes.Where(wish => !way.Dropped.Contains(wish))] };
            if (way.Offer is { } offer)
            {
                Repaired(world, rest, offer.Repair);
            }
            else
            {
                Assert.IsType<ResolverStep.Solved>(world.Resolve(rest));
            }
        }
    }

    private static void RuledOut(World world, ResolutionRequest request, Repair repair) => Assert.True(
        repair.Edits.Any(edit => request.Wishes.Any(wish => wish.RulesOut(edit)))
            || world.Resolve(RepairRequest.Apply(request, repair)) is ResolverStep.Unsolvable,
        $"{repair.Title} is not ruled out");

    public static string Print(Engine.Resolution.Resolution resolution) => string.Join('\n', resolution.Packages.Select(p =>
        $"{p.Id} {p.Source} [{string.Join(' ', p.Features)}] -> "
        + string.Join(", ", p.Dependencies.Select(d => $"{d.Group} {d.LocalName} = {d.Target}"))));
}
