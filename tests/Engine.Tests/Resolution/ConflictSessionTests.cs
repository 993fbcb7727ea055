using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Engine.Tests.Resolution;

public class ConflictSessionTests
{
    private const int Seeds = 150;

    [Fact]
    public void A_session_offers_only_what_holds_with_its_wishes_and_names_as_few_blocking_ones_as_say_it()
    {
        var (sessions, ruledOut, deadlocks) = (0, 0, 0);
        for (var seed = 400_000; seed < 400_000 + Seeds; seed++)
        {
            if (Open(seed) is not var (world, request, session))
            {
                continue;
            }

            sessions++;
            var random = new Random(seed);
            var state = world.Finish(session);
            Laws.Offered(world, request, state);
            for (var round = 0; round < 3; round++)
            {
                var wishes = RandomWishes.About(random, state);
                session.Wish(wishes);
                var wished = world.Finish(session);
                Laws.Offered(world, request, wished);
                Assert.Equal(SessionText.Print(wished), SessionText.Print(Fresh(world, request, wishes)));
                ruledOut += wished.RuledOut.Length;
                deadlocks += wished.Deadlock is null ? 0 : 1;
                IsMinimal(world, request, wished);
            }
        }

        Assert.True(sessions > 20 && ruledOut > 50 && deadlocks > 5, $"{sessions} sessions, {ruledOut} ruled out, {deadlocks} deadlocks");
    }

    [Fact]
    public void Wishes_can_be_taken_back_and_done_again()
    {
        var (a, b) = (new Wish.NeverCopies(PackageName.Parse("a")), new Wish.Keep(PackageName.Parse("b"), new(1, 0, 0)));
        var list = WishList.Empty.Add(a).Add(b).Drop(a);
        Assert.Equal([b], list.Wishes);
        Assert.Equal([a, b], list.Undo().Wishes);
        Assert.Equal([a], list.Undo().Undo().Wishes);
        Assert.Equal([b], list.Undo().Undo().Redo().Redo().Wishes);
        Assert.False(list.Undo().Undo().Undo().CanUndo);
        Assert.Equal([new Wish.Keep(PackageName.Parse("b"), new(2, 0, 0))], list.Add(new Wish.Keep(PackageName.Parse("b"), new(2, 0, 0))).Wishes);
    }

    [Fact]
    public void Going_back_to_no_wishes_brings_the_first_offers_back()
    {
        var (world, _, session) = Enumerable.Range(400_000, Seeds).Select(Open).First(open => open is not null)!.Value;
        var first = world.Finish(session);
        session.Wish([new Wish.NeverCopies(PackageName.Parse("a"))]);
        world.Finish(session);
        session.Wish([]);
        Assert.Equal(SessionText.Print(first), SessionText.Print(world.Finish(session)));
    }

    [Fact]
    public void Two_repairs_are_compared_by_what_only_one_of_them_does()
    {
        var (world, request, session) = Enumerable.Range(400_000, Seeds).Select(Open).First(open => open is not null)!.Value;
        var all = world.Finish(session).All.ToList();
        foreach (var (a, b) in all.SelectMany(_ => all, (x, y) => (x.Repair, y.Repair)))
        {
            var (there, back) = (RepairComparison.Between(a, b, request.Locked), RepairComparison.Between(b, a, request.Locked));
            Assert.Equal(there.OnlyFirst, back.OnlySecond);
            Assert.Equal(there.Packages.Select(p => p.Name), back.Packages.Select(p => p.Name));
            Assert.Equal(a == b, there.OnlyFirst.IsEmpty && there.OnlySecond.IsEmpty && there.Packages.IsEmpty);
        }
    }

    private static (World World, ResolutionRequest Request, ConflictSession Session)? Open(int seed)
    {
        var (world, request) = RandomWorld.Of(seed);
        var resolver = new Resolver(request);
        return world.Resolve(resolver) is ResolverStep.Unsolvable ? (world, request, resolver.OpenSession()) : null;
    }

    private static ConflictState Fresh(World world, ResolutionRequest request, ImmutableArray<Wish> wishes)
    {
        var resolver = new Resolver(request);
        _ = world.Resolve(resolver);
        var session = resolver.OpenSession();
        session.Wish(wishes);
        return world.Finish(session);
    }

    /// <summary>Under all blocking wishes nothing works, and without any one of them something does.</summary>
    private static void IsMinimal(World world, ResolutionRequest request, ConflictState state)
    {
        if (state.Deadlock is not { } deadlock)
        {
            return;
        }

        Assert.False(Works(deadlock.Blocking));
        Assert.All(deadlock.Blocking, wish => Assert.True(Works(deadlock.Blocking.Remove(wish)), wish.Words));
        Assert.NotEmpty(deadlock.Ways);

        bool Works(ImmutableArray<Wish> wishes) =>
            Fresh(world, request, wishes).Repairs.Any(offer => !offer.Repair.GivesUp);
    }
}

/// <summary>Wishes that somebody who looks at a session may make.</summary>
internal static class RandomWishes
{
    public static ImmutableArray<Wish> About(Random random, ConflictState state) =>
        [.. state.All.Where(_ => random.Next(2) == 0).SelectMany(offer => offer.Repair.Edits).Select(edit => About(random, edit)).OfType<Wish>().Distinct()
            .Concat(state.All.SelectMany(offer => offer.Repair.Resolution.Packages).Where(p => p.Source is not PackageSource.Member && random.Next(8) == 0)
                .Select(p => new Wish.Keep(p.Id.Name, p.Id.Version)).DistinctBy(wish => wish.Name)).Take(5)];

    private static Wish? About(Random random, ManifestEdit edit) => edit switch
    {
        ManifestEdit.ChangeConstraint e when random.Next(2) == 0 => new Wish.Never(e.Name, e.To.Versions),
        ManifestEdit.SetDuplicates => new Wish.NeverCopies(PackageName.Parse("a")),
        ManifestEdit.AddOverride e => new Wish.NeverOverride(e.Name),
        { Line: { } line } => new Wish.KeepLine(edit.File, line.Group, line.LocalName),
        _ => null,
    };
}
