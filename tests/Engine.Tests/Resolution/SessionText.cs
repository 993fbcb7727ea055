using System.Text;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Engine.Tests.Resolution;

/// <summary>Sessions as text, for scenario files.</summary>
internal static class SessionText
{
    public static string Print(ConflictState state)
    {
        var text = new StringBuilder();
        foreach (var conflict in state.Conflicts.Skip(1))
        {
            text.Append("and: ").Append(conflict.Headline).Append('\n');
        }

        foreach (var offer in state.All)
        {
            text.Append(Line(offer)).Append('\n');
        }

        foreach (var (offer, by) in state.RuledOut)
        {
            text.Append(offer.Letter).Append(" ruled out: ").AppendJoin("; ", by.Select(wish => wish.Words)).Append('\n');
        }

        if (state.Deadlock is { } deadlock)
        {
            text.Append("stuck: ").AppendJoin("; ", deadlock.Blocking.Select(wish => wish.Words)).Append('\n');
            foreach (var way in deadlock.Ways)
            {
                text.Append("drop: ").AppendJoin("; ", way.Dropped.Select(wish => wish.Words))
                    .Append(" -> ").Append(way.Offer is { } offer ? Line(offer) : "nothing else changes").Append('\n');
            }
        }

        return text.ToString().TrimEnd();
    }

    public static string Print(Derivation derivation) => string.Join('\n', derivation.Steps.Select(step =>
        $"{step.Number} {step.Text}{(step.IsFact ? "" : $" ({step.First}, {step.Second})")}"));

    private static string Line(OfferedRepair offer) => $"{offer.Letter} {offer.Repair.Title} ({offer.Keeps} of {offer.Of})";
}
