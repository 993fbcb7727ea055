using System.Collections.Immutable;

namespace Registry.Tui.Screens;

/// <summary>The first of two keys. What may follow is shown after a moment, and never stops the second.</summary>
internal sealed record PendingKey(string First, DateTimeOffset Since)
{
    public static readonly TimeSpan ShownAfter = TimeSpan.FromMilliseconds(300);

    /// <summary>What may follow, and what it does.</summary>
    public ImmutableArray<(string Second, KeyBinding Binding)> Choices { get; init; } = [];

    public bool IsShown(DateTimeOffset now) => now - Since >= ShownAfter;
}
