using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>
/// Why wishes leave no repair that gives nothing up (or, where nothing is wrong without them, why they leave no resolution): as few of them as say it, found by leaving out each in turn, and for
/// each what letting go of it makes possible. Every "possible" is a proven repair.
/// </summary>
/// <param name="reason">What repairs are about, for their titles.</param>
/// <param name="known">Repairs that were proven without wishes; they are tried before others are looked for.</param>
internal sealed class BlockingWishes(
    ResolutionRequest request, Supplies supplies, Explaining.Reason reason, ImmutableArray<Repair> known, bool resolvesAsItIs)
{
    /// <summary>Sets of wishes that are tried; each costs a solve for each known repair, and some a search for new ones.</summary>
    private const int SetsMax = 128;

    private readonly Dictionary<string, (bool Works, Repair? Repair)> _answers = new(StringComparer.Ordinal);
    private bool _isTooMuch;

    /// <summary>Empty when it is too much to find out.</summary>
    public ImmutableArray<Wish> Blocking { get; private set; } = [];

    /// <summary>Repair is null when nothing else has to change.</summary>
    public ImmutableArray<(ImmutableArray<Wish> Dropped, Repair? Repair)> Ways { get; private set; } = [];

    public int Solves { get; private set; }

    public IEnumerable<ImmutableArray<PackageKey>> Find(ImmutableArray<Wish> wishes)
    {
        var blocking = wishes;
        foreach (var wish in wishes)
        {
            var without = blocking.Remove(wish);
            foreach (var keys in Try(without))
            {
                yield return keys;
            }

            blocking = Answer(without).Works ? blocking : without;
        }

        var ways = new List<(ImmutableArray<Wish> Dropped, Repair? Repair)>();
        foreach (var wish in blocking)
        {
            foreach (var keys in Open(wishes, wish, ways))
            {
                yield return keys;
            }
        }

        if (!_isTooMuch)
        {
            Blocking = blocking;
            Ways = [.. ways.DistinctBy(way => Key(way.Dropped))];
        }
    }

    /// <summary>Without one wish; where that is not enough, with as many of the others as go together.</summary>
    private IEnumerable<ImmutableArray<PackageKey>> Open(
        ImmutableArray<Wish> wishes, Wish dropped, List<(ImmutableArray<Wish> Dropped, Repair? Repair)> ways)
    {
        var rest = wishes.Remove(dropped);
        foreach (var keys in Try(rest))
        {
            yield return keys;
        }

        var kept = Answer(rest).Works ? rest : [];
        foreach (var wish in kept.IsEmpty ? rest : [])
        {
            foreach (var keys in Try(kept.Add(wish)))
            {
                yield return keys;
            }

            kept = Answer(kept.Add(wish)).Works ? kept.Add(wish) : kept;
        }

        foreach (var keys in Try(kept))
        {
            yield return keys;
        }

        if (Answer(kept) is (true, var repair))
        {
            ways.Add(([.. wishes.Where(wish => !kept.Contains(wish))], repair));
        }
    }

    private (bool Works, Repair? Repair) Answer(ImmutableArray<Wish> wishes) => _answers.GetValueOrDefault(Key(wishes));

    private static string Key(ImmutableArray<Wish> wishes) => string.Join('\n', wishes.Select(wish => wish.Words).Order(StringComparer.Ordinal));

    /// <summary>Finds out whether there is a repair under these wishes that gives nothing up and forces nothing.</summary>
    private IEnumerable<ImmutableArray<PackageKey>> Try(ImmutableArray<Wish> wishes)
    {
        if (_answers.ContainsKey(Key(wishes)) || (_isTooMuch |= _answers.Count >= SetsMax))
        {
            yield break;
        }

        var under = request with { Wishes = wishes };
        foreach (var keys in resolvesAsItIs ? [] : TryKnown(under))
        {
            yield return keys;
        }

        foreach (var keys in _answers.ContainsKey(Key(wishes)) ? [] : Search(under))
        {
            yield return keys;
        }
    }

    private IEnumerable<ImmutableArray<PackageKey>> TryKnown(ResolutionRequest under)
    {
        foreach (var repair in known.Where(IsGood))
        {
            var trial = new WishTrial(under, repair, reason, supplies);
            foreach (var keys in trial.Run())
            {
                yield return keys;
            }

            Solves += trial.Solves;
            if (trial.Holds is { } holds)
            {
                _answers[Key(under.Wishes)] = (true, holds);
                yield break;
            }
        }
    }

    private IEnumerable<ImmutableArray<PackageKey>> Search(ResolutionRequest under)
    {
        var resolver = new Resolver(under, supplies);
        while (resolver.Step() is ResolverStep.NeedsPackages needs)
        {
            yield return needs.Keys;
        }

        Solves++;
        var isSolved = resolver.Step() is ResolverStep.Solved;
        var finder = !resolvesAsItIs && resolver.Step() is ResolverStep.Unsolvable ? resolver.FindRepairs() : null;
        Repair? found = null;
        for (var step = finder?.Step(); step is not null and not RepairStep.Exhausted && found is null; step = finder!.Step())
        {
            if (step is RepairStep.NeedsPackages needs)
            {
                yield return needs.Keys;
            }

            // Repairs come least change first, and what gives something up comes last.
            found = step is RepairStep.Found { Repair: var repair } && IsGood(repair) ? repair : null;
            if (step is RepairStep.Found { Repair.GivesUp: true })
            {
                break;
            }
        }

        Solves += finder?.Proofs ?? 0;
        _answers[Key(under.Wishes)] = (isSolved || found is not null, found);
    }

    private static bool IsGood(Repair repair) => repair is { GivesUp: false, IsForced: false };
}
