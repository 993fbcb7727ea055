using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless;

/// <summary>All that the program takes from the outside, so that a test can be the outside.</summary>
/// <param name="Folder">The current folder, absolute.</param>
/// <param name="Variable">Reads the environment.</param>
internal sealed record Host(
    IInput In, IOutput Out, IOutput Error, string Folder, Func<string, string?> Variable, TimeProvider Clock)
{
    /// <summary>Stands for the network in tests; null for the real one.</summary>
    public HttpMessageHandler? Http { get; init; }

    /// <summary>Opens the full-screen face and returns when it is left. Null where it is not offered.</summary>
    public Func<ScreenCall, ScreenEnd>? OpenScreen { get; init; }

    /// <summary>Says what is wrong with the keys of the screen; null where there is none.</summary>
    public Func<KeySettings, ImmutableArray<Problem>>? CheckKeys { get; init; }
}
