using System.Collections.Immutable;
using Registry.Engine.Problems;

namespace Registry.Tui.Screens.CustomKeys;

/// <summary>Tells at start what is wrong with the user's keys.</summary>
internal static class KeyNotice
{
    public static AppState Of(AppState state, ImmutableArray<Problem> problems) => problems switch
    {
        [] => state,
        [var only] => state.Say(Notice.Of(only with { Message = $"{only.Place?.File}:{only.Place?.Line}: {only.Message}" })),
        [var first, ..] => state.Say(Notice.Of(first with
        {
            Message = $"{first.Place?.File}:{first.Place?.Line}: {first.Message}",
            Hint = $"{Staging.Count(problems.Length - 1, "more line of `[keys]` is", "more lines of `[keys]` are")} wrong: `cairn config list` tells",
        })),
    };
}
