using System.Collections.Immutable;
using Registry.Engine.Model;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Headless.Help;
using Registry.Tui.Headless.Parsing;

namespace Registry.Tui.Headless;

/// <summary>From words to an exit code. The only place of this face where a problem is caught.</summary>
internal static class HeadlessProgram
{
    public static async Task<int> RunAsync(ImmutableArray<string> words, Host host, CancellationToken cancellation)
    {
        await using var session = new Session(host, Globals.Of(LooseFlags(words, host), host));
        try
        {
            return await DispatchAsync(words, host, session, cancellation).ConfigureAwait(false);
        }
        catch (ProblemException e)
        {
            return session.Fail(e.Problem);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Cancelled;
        }
    }

    private static async Task<int> DispatchAsync(
        ImmutableArray<string> words, Host host, Session session, CancellationToken cancellation)
    {
        var scan = WordScan.Of(words);
        if (scan.Verb is null)
        {
            return await WithoutVerbAsync(words, host, session, cancellation).ConfigureAwait(false);
        }

        if (scan.Second is { } second && VerbTable.Find($"{scan.Verb} {second}") is { } member)
        {
            return await RunVerbAsync(member, scan.RestWithoutSecond(), host, cancellation).ConfigureAwait(false);
        }

        if (VerbTable.Find(scan.Verb) is { } verb)
        {
            return await RunVerbAsync(verb, scan.Rest, host, cancellation).ConfigureAwait(false);
        }

        return Family(scan, session);
    }

    private static async Task<int> RunVerbAsync(
        Verb verb, ImmutableArray<string> words, Host host, CancellationToken cancellation)
    {
        var parsed = CommandLine.Parse(verb, words, host.Variable);
        await using var session = new Session(host, Globals.Of(parsed.Flags, host)) { Command = Words.Again(verb, words) };
        if (parsed.Flags.Has(GlobalFlags.Help))
        {
            HelpText.PrintVerb(session.Out, verb);
            session.Out.Flush();
            return ExitCodes.Done;
        }

        var exit = await verb.Run(new(verb, parsed, session), cancellation).ConfigureAwait(false);
        session.Out.Flush();
        session.Error.Flush();
        return exit;
    }

    private static async Task<int> WithoutVerbAsync(
        ImmutableArray<string> words, Host host, Session session, CancellationToken cancellation)
    {
        var everything = new Verb("", VerbGroup.Hidden, "", (_, _) => Task.FromResult(ExitCodes.Done));
        var flags = CommandLine.Parse(everything, words, host.Variable).Flags;
        if (flags.Has(GlobalFlags.Version) && session.Globals.Output == OutputForm.Json)
        {
            return await RunVerbAsync(VerbTable.Find("version")!, [GlobalFlags.Output, "json"], host, cancellation).ConfigureAwait(false);
        }

        if (flags.Has(GlobalFlags.Version))
        {
            session.Out.Line($"cairn {ProgramVersion.Text}");
        }
        else if (flags.Has(GlobalFlags.Help))
        {
            HelpText.PrintOverview(session.Out);
        }
        else
        {
            await using var asked = new Session(host, Globals.Of(flags, host));
            if (OpensScreen(asked))
            {
                return ExitCodes.Done;
            }

            if (await IsInProjectAsync(asked, cancellation).ConfigureAwait(false))
            {
                return await RunVerbAsync(VerbTable.Find("list")!, words, host, cancellation).ConfigureAwait(false);
            }

            HelpText.PrintOverview(session.Out);
        }

        session.Out.Flush();
        return ExitCodes.Done;
    }

    // What the screen shows first, for those who have none: the direct dependencies.
    private static async Task<bool> IsInProjectAsync(Session session, CancellationToken cancellation)
    {
        using var look = session.Client.Browse(session.Globals.Folder);
        var outcome = await look.Overview.RunAsync(Silence.Instance, cancellation).ConfigureAwait(false);
        return outcome is not Outcome<ProjectOverview>.Failed { Problem.Code: ProblemCode.ManifestMissing };
    }

    private static bool OpensScreen(Session session) =>
        session.Globals is { IsHeadless: false, Output: OutputForm.Text } && session.OpensScreen(new(session.Globals.Folder));

    private static int Family(WordScan scan, Session session)
    {
        var first = scan.Verb!;
        var members = VerbTable.Family(first).Select(verb => verb.Name.Split(' ')[1]).ToArray();
        if (members.Length == 0)
        {
            throw UnknownVerb(first).Raise();
        }

        if (scan.Second is null && scan.Rest.Any(word => word is "--help" or "-h"))
        {
            HelpText.PrintFamily(session.Out, first);
            session.Out.Flush();
            return ExitCodes.Done;
        }

        throw (scan.Second is { } second
            ? new Problem(
                ProblemCode.UsageInvalid, $"`cairn {first}` has no `{Printable.Clip(second, 60)}`",
                Nearest.Of(second, members) is { } near ? $"did you mean `cairn {first} {near}`?" : $"it has {string.Join(", ", members)}")
            : new Problem(ProblemCode.UsageInvalid, $"`cairn {first}` needs one more word", $"it has {string.Join(", ", members)}")).Raise();
    }

    private static Problem UnknownVerb(string word)
    {
        var names = VerbTable.Names.Select(name => name.Split(' ')[0]).Distinct(StringComparer.Ordinal);
        return new(
            ProblemCode.UsageInvalid, $"`{Printable.Clip(word, 60)}` is not a verb of cairn",
            Nearest.Of(word, names) is { } near ? $"did you mean `cairn {near}`?" : "`cairn help` lists them");
    }

    /// <summary>The form of answers before the words are understood: a problem with them must come out right too.</summary>
    private static FlagValues LooseFlags(ImmutableArray<string> words, Host host)
    {
        var values = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            var isJson = words[i] == $"{GlobalFlags.Output}=json" || (words[i] == GlobalFlags.Output && i + 1 < words.Length && words[i + 1] == "json");
            if (isJson || host.Variable("CAIRN_OUTPUT") == "json")
            {
                values[GlobalFlags.Output] = ["json"];
            }

            if (words[i] is GlobalFlags.Headless or GlobalFlags.NoColor)
            {
                values[words[i]] = ["true"];
            }
        }

        return new(values);
    }
}
