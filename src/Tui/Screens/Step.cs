using System.Collections.Immutable;

namespace Registry.Tui.Screens;

/// <summary>What a message leads to: the next state, and what is to be done.</summary>
internal readonly record struct Step(AppState State, ImmutableArray<Effect> Effects)
{
    public Step(AppState state)
        : this(state, [])
    {
    }

    public static implicit operator Step(AppState state) => new(state);

    public Step And(params ReadOnlySpan<Effect> more) => this with { Effects = Effects.AddRange(more) };
}
