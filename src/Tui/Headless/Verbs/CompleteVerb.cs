using Registry.Engine.Operations;
using Registry.Tui.Headless.Completions;

namespace Registry.Tui.Headless.Verbs;

/// <summary>What the completion scripts call: the words of the line after `--`, the last one being under the cursor.</summary>
internal static class CompleteVerb
{
    public static Verb Row() => new("__complete", VerbGroup.Hidden, "print what may stand at the cursor", RunAsync)
    {
        Arguments = [new("WORD", ArgumentCount.Any, "the line so far")],
        Examples = [new("cairn __complete -- in", "prints init and install")],
    };

    private static async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var words = call.Arguments("WORD");
        var known = new Dictionary<Offer, string[]>();
        foreach (var offer in Enum.GetValues<Offer>())
        {
            // Asked of the table first: only what can be offered here is read.
            var asked = new HashSet<Offer>();
            _ = new Completion(wanted => asked.Add(wanted) ? [] : []).Of(words).Count();
            if (asked.Contains(offer))
            {
                known[offer] = await NamesAsync(call.Session, offer, cancellation).ConfigureAwait(false);
            }
        }

        foreach (var candidate in new Completion(offer => known.GetValueOrDefault(offer, [])).Of(words))
        {
            call.Session.Out.Line($"{candidate.Value}\t{candidate.Note}");
        }

        return ExitCodes.Done;
    }

    /// <summary>Nothing where there is no project or it cannot be read: a completion does not complain.</summary>
    private static async Task<string[]> NamesAsync(Session session, Offer offer, CancellationToken cancellation)
    {
        var (client, folder) = (session.Client, session.Globals.Folder);
        return offer switch
        {
            Offer.Packages => [.. (await ReadAsync(client.List(new(folder) { IncludesIndirect = true }), cancellation).ConfigureAwait(false))?
                .Packages.Select(package => package.Name.Value).Distinct() ?? []],
            Offer.Dependencies => [.. (await ReadAsync(client.List(new(folder)), cancellation).ConfigureAwait(false))?
                .Packages.Select(package => package.LocalName).Distinct() ?? []],
            Offer.Features => [.. (await ReadAsync(client.List(new(folder)), cancellation).ConfigureAwait(false))?.Features ?? []],
            Offer.Profiles => [.. (await ReadAsync(client.List(new(folder)), cancellation).ConfigureAwait(false))?.Profiles ?? []],
            Offer.Registries => [.. (await ReadAsync(client.Registries(folder), cancellation).ConfigureAwait(false))?
                .Registries.Select(registry => registry.Entry.Name) ?? []],
            Offer.ConfigKeys => [.. (await ReadAsync(client.ReadConfiguration(null), cancellation).ConfigureAwait(false))?
                .Settings.Select(setting => setting.Name) ?? []],
            _ => [],
        };
    }

    private static async Task<TReport?> ReadAsync<TReport>(Query<TReport> query, CancellationToken cancellation)
        where TReport : class =>
        await query.RunAsync(Silence.Instance, cancellation).ConfigureAwait(false) is Outcome<TReport>.Done(var report) ? report : null;
}
