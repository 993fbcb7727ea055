using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;

namespace Registry.Tui.Screens.CustomKeys;

/// <summary>Makes the key map of a user's configuration. A line that cannot be is left out and told of; the rest counts.</summary>
internal static class KeyMapReader
{
    // For quitting when nothing else helps: no line takes it away.
    private const string Emergency = "^C";

    private const string NamesHint = "`cairn help keys` lists the commands and how keys are written";

    public static (KeyMap Keys, ImmutableArray<Problem> Problems) Read(KeySettings settings)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var own = KeyPreset.Find(settings.Preset);
        var lines = new Dictionary<Command, KeySetting>();
        foreach (var line in settings.Lines)
        {
            if (Parse(line, problems) is not { } parsed)
            {
                continue;
            }

            var wished = own.SetItem(parsed.Command, parsed.Chords);
            if (ClashIn(parsed.Command, wished, lines.Keys) is { } clash)
            {
                problems.Add(Clash(line, clash));
                continue;
            }

            lines[parsed.Command] = line;
            own = wished;
        }

        return (new KeyMap(Yielded(own, lines, problems)), problems.ToImmutable());
    }

    /// <summary>Commands that a key would mean at once on one screen, or where one key is the beginning of another; for the tests of the table and the presets.</summary>
    public static IEnumerable<(KeyChord Chord, Command One, Command Other)> ClashesOf(KeyMap keys) =>
        from one in keys.Pairs
        from other in keys.Pairs
        where one.Binding.Command < other.Binding.Command && (one.Binding.Scope & other.Binding.Scope) != 0 && Collide(one.Chord, other.Chord)
        select (one.Chord, one.Binding.Command, other.Binding.Command);

    private static (Command Command, ImmutableArray<KeyChord> Chords)? Parse(KeySetting line, ImmutableArray<Problem>.Builder problems)
    {
        if (KeyNames.CommandOf(line.Command) is not { } command)
        {
            problems.Add(new Problem(ProblemCode.ConfigKeyUnknown, $"`keys.{Clip(line.Command)}` is no command of the screen", NamesHint, line.Place));
            return null;
        }

        var chords = line.Keys.Select(text => (Text: text, Chord: KeyNames.Parse(text))).ToList();
        foreach (var (text, _) in chords.Where(pair => pair.Chord is null || pair.Chord is { First: Emergency, IsSequence: false }))
        {
            problems.Add(new Problem(ProblemCode.ConfigValueInvalid, $"`{Clip(text)}` is no key that `keys.{line.Command}` can have", NamesHint, line.Place));
            return null;
        }

        return (command, [.. chords.Select(pair => pair.Chord!.Value)]);
    }

    // Against what other lines of the user ask for; what is only in the table gives way.
    private static (KeyChord Chord, Command Other)? ClashIn(
        Command command, ImmutableDictionary<Command, ImmutableArray<KeyChord>> own, IEnumerable<Command> lines)
    {
        foreach (var other in lines.Where(other => other != command && Meet(command, other)))
        {
            foreach (var chord in own[command].Where(chord => own[other].Any(second => Collide(chord, second))))
            {
                return (chord, other);
            }
        }

        return null;
    }

    // The keys of the table and the preset that the user's lines take: the commands that lose one are told of.
    private static ImmutableDictionary<Command, ImmutableArray<KeyChord>> Yielded(
        ImmutableDictionary<Command, ImmutableArray<KeyChord>> own, Dictionary<Command, KeySetting> lines, ImmutableArray<Problem>.Builder problems)
    {
        var result = own;
        foreach (var (taker, line) in lines)
        {
            foreach (var binding in KeyMap.All.Where(binding => !lines.ContainsKey(binding.Command) && (ScopeOf(taker) & binding.Scope) != 0))
            {
                var chords = result.GetValueOrDefault(binding.Command, KeyMap.ChordsOf(binding));
                foreach (var lost in chords.Where(chord => chord.First != Emergency && own[taker].Any(taken => Collide(chord, taken))))
                {
                    chords = chords.Remove(lost);
                    result = result.SetItem(binding.Command, chords);
                    problems.Add(Taken(line, lost, binding.Command, chords));
                }
            }
        }

        return result;
    }

    private static bool Meet(Command one, Command other) => (ScopeOf(one) & ScopeOf(other)) != 0;

    private static Scope ScopeOf(Command command) =>
        KeyMap.All.Where(binding => binding.Command == command).Aggregate(Scope.None, (scope, binding) => scope | binding.Scope);

    private static bool Collide(KeyChord one, KeyChord other) =>
        one.First == other.First && (one.Second == other.Second || !one.IsSequence || !other.IsSequence);

    private static Problem Clash(KeySetting line, (KeyChord Chord, Command Other) clash) => new(
        ProblemCode.ConfigValueInvalid, $"`{clash.Chord}` is the key of `keys.{KeyNames.Of(clash.Other)}` already, so `keys.{line.Command}` keeps its own",
        "give one of the two another key", line.Place);

    private static Problem Taken(KeySetting line, KeyChord lost, Command command, ImmutableArray<KeyChord> left) => new(
        ProblemCode.ConfigValueInvalid, $"`keys.{line.Command}` takes `{lost}` from `{KeyNames.Of(command)}`{(left.IsEmpty ? ", which has no key left" : "")}",
        left.IsEmpty ? $"give `keys.{KeyNames.Of(command)}` a key of its own" : $"`{KeyNames.Of(command)}` still has `{string.Join("`, `", left)}`", line.Place);

    private static string Clip(string text) => Printable.Clip(text, 40);
}
