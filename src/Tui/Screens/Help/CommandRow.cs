using System.Collections.Immutable;

namespace Registry.Tui.Screens.Help;

/// <summary>A line of the lists of commands: a command, or a heading where <paramref name="Command"/> is null.</summary>
/// <param name="Keys">As the user presses them from here: with the digit of the screen before it when that is another.</param>
/// <param name="Tab">The screen that it is done on; -1 for the one at hand.</param>
/// <param name="Reason">Why it cannot be done now; null when it can.</param>
internal sealed record CommandRow(Command? Command, string Keys, string Words, int Tab = -1, string? Reason = null)
{
    public static CommandRow Heading(string words) => new(null, "", words);

    /// <summary>All that can be done on the screen at hand and on the others, with what is in the way of it.</summary>
    public static ImmutableArray<CommandRow> All(AppState state) =>
        [.. KeyMap.All.Select(binding => Of(state, binding)).OfType<CommandRow>()];

    private static CommandRow? Of(AppState state, KeyBinding binding)
    {
        if ((binding.Scope & state.Top.Scope) != 0)
        {
            return new CommandRow(binding.Command, state.Keys.KeysOf(binding), binding.Words, -1, Availability.WhyNot(state, binding.Command));
        }

        return IsHere(state, binding.Command) ? null : Elsewhere(state, binding);
    }

    // Another line of the table gives the command other words here.
    private static bool IsHere(AppState state, Command command) =>
        KeyMap.All.Any(other => other.Command == command && (other.Scope & state.Top.Scope) != 0);

    private static CommandRow? Elsewhere(AppState state, KeyBinding binding)
    {
        var tab = Enumerable.Range(0, state.Tabs.Length).FirstOrDefault(index => (state.Tabs[index].Scope & binding.Scope) != 0, -1);
        if (tab < 0)
        {
            return null;
        }

        var title = TabTitle.Of(state.Tabs[tab].Scope);
        var keys = state.Keys.KeyOf(binding.Command, state.Tabs[tab].Scope);
        var there = Updating.Show(state, tab).State;
        return new CommandRow(binding.Command, $"{state.Keys.KeyOf(title.Command)} {keys}", $"{title.Long}: {binding.Words}", tab, Availability.WhyNot(there, binding.Command));
    }
}
