using System.Collections.Immutable;
using Registry.Engine.Resolution.Explaining;
using Registry.Engine.Resolution.Solving;

namespace Registry.Engine.Resolution.Sessions;

/// <summary>One step of a derivation: a fact, or what follows from two earlier steps.</summary>
/// <param name="Number">From 1, in order; what a step rests on has smaller numbers.</param>
/// <param name="Text">A sentence without its full stop.</param>
/// <param name="First">The number of the first step it follows from; 0 for a fact.</param>
public sealed record DerivationStep(int Number, string Text, int First, int Second)
{
    public bool IsFact => First == 0;
}

/// <summary>
/// From the facts of a conflict to "nothing fits": each step is told once and named by its number after that, so that it is
/// as long as it has different steps and never as long as it has paths.
/// </summary>
/// <param name="Left">Steps that were left out at the front because there are too many.</param>
public sealed record Derivation(ImmutableArray<DerivationStep> Steps, int Left)
{
    /// <summary>Steps that are told; the last ones, since those are nearest to the end.</summary>
    public const int StepsMax = 200;

    /// <summary>Solves with nothing but the explanation's facts. Not while the session it comes from is being stepped.</summary>
    public static Derivation Of(Explanation explanation)
    {
        if (explanation.Reason is not { } reason)
        {
            return new([], 0);
        }

        var solver = new Solver(reason.Book.Universe);
        return CoreFacts.Prove(reason.Book, solver, reason.Core, new())
            ? new Telling(reason.Book).Tell(solver.Proof())
            : new([], 0);
    }
}
