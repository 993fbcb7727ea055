using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Tui.Headless.Parsing;

/// <summary>
/// Takes the words after a verb apart by the verb's row. Only the invoked verb is built, as one flat command that also
/// has the global flags; what the parser finds wrong is said in our words: one line, one hint, the nearest flag.
/// </summary>
internal static class CommandLine
{
    private const int ArgumentsMax = 10_000;

    private static readonly ParserConfiguration Grammar = new() { EnablePosixBundling = true, ResponseFileTokenReplacer = null };

    public static ParsedWords Parse(Verb verb, IReadOnlyList<string> words, Func<string, string?> variable)
    {
        var flags = FlagsOf(verb).Select(flag => (Flag: flag, Option: OptionOf(flag))).ToImmutableArray();
        var arguments = verb.Arguments.Select(argument => (Row: argument, Argument: ArgumentOf(argument))).ToImmutableArray();
        var command = new Command("cairn");
        foreach (var (_, option) in flags)
        {
            command.Add(option);
        }

        foreach (var (_, argument) in arguments)
        {
            command.Add(argument);
        }

        // The parser takes a first word equal to the command's own name for the program; ours never is one.
        var result = command.Parse(words, Grammar);
        var values = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (flag, option) in flags)
        {
            if (ValuesOf(verb, flag, result.GetResult(option), variable) is { } given)
            {
                values[flag.Name] = given;
            }
        }

        var texts = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (row, argument) in arguments)
        {
            texts[row.Name] = [.. result.GetResult(argument)?.Tokens.Select(token => token.Value) ?? []];
        }

        if (!values.ContainsKey(GlobalFlags.Help))
        {
            Check(verb, result, texts);
        }

        return new(new(values), texts);
    }

    /// <summary>The global flags and the verb's own, which may give a global one more choices.</summary>
    public static ImmutableArray<VerbFlag> FlagsOf(Verb verb) =>
        [.. GlobalFlags.All.Where(flag => verb.Flags.All(own => own.Name != flag.Name)), .. verb.Flags];

    private static Option<string[]> OptionOf(VerbFlag flag) =>
        new(flag.Name, flag.Short is null ? [] : [flag.Short])
        {
            Arity = flag.Value is null ? ArgumentArity.Zero : new(1, ArgumentsMax),
            AllowMultipleArgumentsPerToken = false,
        };

    private static Argument ArgumentOf(VerbArgument argument) =>
        argument.Count is ArgumentCount.One or ArgumentCount.Optional
            ? new Argument<string>(argument.Name) { Arity = ArgumentArity.ZeroOrOne }
            : new Argument<string[]>(argument.Name) { Arity = new(0, ArgumentsMax) };

    private static ImmutableArray<string>? ValuesOf(
        Verb verb, VerbFlag flag, OptionResult? result, Func<string, string?> variable)
    {
        if (result is null || result.Implicit)
        {
            return FromEnvironment(flag, variable);
        }

        if (flag.Value is null)
        {
            return ["true"];
        }

        var values = result.Tokens.Select(token => token.Value).ToImmutableArray();
        if (values.Length < result.IdentifierTokenCount)
        {
            throw Wrong($"`{flag.Name}` needs a value", $"write {flag.Name} {ValueHint(flag)}; `{HelpOn(verb)}` shows all").Raise();
        }

        if (values.Length > 1 && !flag.IsRepeatable)
        {
            throw Wrong($"`{flag.Name}` is given {values.Length} times", "give it once").Raise();
        }

        CheckChoices(flag.Name, flag.Choices, values);
        return values;
    }

    private static ImmutableArray<string>? FromEnvironment(VerbFlag flag, Func<string, string?> variable)
    {
        if (flag.Variable is null || variable(flag.Variable) is not { Length: > 0 } text)
        {
            return null;
        }

        if (flag.Value is null)
        {
            return text is "0" or "false" or "no" ? null : ["true"];
        }

        CheckChoices(flag.Variable, flag.Choices, [text]);
        return [text];
    }

    private static void CheckChoices(string name, ImmutableArray<string> choices, ImmutableArray<string> values)
    {
        foreach (var value in values)
        {
            if (!choices.IsEmpty && !choices.Contains(value))
            {
                throw Wrong($"`{name}` does not take `{Printable.Clip(value, 60)}`", $"it takes {string.Join(", ", choices)}").Raise();
            }
        }
    }

    private static void Check(Verb verb, ParseResult result, Dictionary<string, ImmutableArray<string>> texts)
    {
        foreach (var argument in verb.Arguments)
        {
            CheckChoices(argument.Name, argument.Choices, texts[argument.Name]);
        }

        // A flag the parser does not know may have landed in an argument that takes anything.
        var unknown = texts.Values.SelectMany(words => words)
            .Concat(result.UnmatchedTokens)
            .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && !IsAfterDashes(result, word));
        if (unknown is not null)
        {
            throw UnknownFlag(verb, unknown).Raise();
        }

        if (result.UnmatchedTokens is [var extra, ..])
        {
            throw Wrong($"`{Printable.Clip(extra, 60)}` is one argument too many for `{Called(verb)}`", Usage(verb)).Raise();
        }

        foreach (var argument in verb.Arguments)
        {
            if (argument.Count is ArgumentCount.One or ArgumentCount.AtLeastOne && texts[argument.Name].IsEmpty)
            {
                throw Wrong($"`{Called(verb)}` needs {argument.Name}: {argument.Summary}", Usage(verb)).Raise();
            }
        }

        if (result.Errors is [var error, ..])
        {
            throw Wrong(error.Message.TrimEnd('.'), Usage(verb)).Raise();
        }
    }

    private static bool IsAfterDashes(ParseResult result, string word)
    {
        var dashes = result.Tokens.ToList().FindIndex(token => token.Type == TokenType.DoubleDash);
        return dashes >= 0 && result.Tokens.Skip(dashes).Any(token => token.Value == word);
    }

    private static Problem UnknownFlag(Verb verb, string word)
    {
        var name = word.Split('=')[0];
        var known = FlagsOf(verb).Select(flag => flag.Name);
        return Wrong(
            $"`{Called(verb)}` has no flag `{Printable.Clip(name, 60)}`",
            Nearest.Of(name, known) is { } near ? $"did you mean {near}?" : $"`{HelpOn(verb)}` lists its flags");
    }

    private static string Usage(Verb verb) => verb.Examples is [var example, ..]
        ? $"for example `{example.Command}`; `{HelpOn(verb)}` shows all"
        : $"`{HelpOn(verb)}` shows how";

    private static string ValueHint(VerbFlag flag) => flag.Choices.IsEmpty ? flag.Value! : string.Join('|', flag.Choices);

    // Without a verb there are only the global flags.
    private static string Called(Verb verb) => $"cairn {verb.Name}".TrimEnd();

    private static string HelpOn(Verb verb) => $"cairn help {verb.Name}".TrimEnd();

    private static Problem Wrong(string message, string hint) => new(ProblemCode.UsageInvalid, message, hint);
}
