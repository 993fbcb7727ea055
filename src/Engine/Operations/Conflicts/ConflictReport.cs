using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Resolution;
using Registry.Engine.Resolution.Sessions;

namespace Registry.Engine.Operations;

/// <summary>A repair with what it does to the project's files.</summary>
/// <param name="Manifests">How the manifests change from what is on disk, the edits that met the conflict included.</param>
/// <param name="Bytes">Compressed bytes of the packages that are not locked yet; 0 when nobody said.</param>
/// <param name="Command">The command line that does the same.</param>
public sealed record ConflictOffer(OfferedRepair Offer, ImmutableArray<TextDifference> Manifests, long Bytes, string Command)
{
    public Repair Repair => Offer.Repair;

    public string Letter => Offer.Letter;
}

/// <summary>Where talking over a conflict stands: a value that stays as it is.</summary>
/// <param name="State">Null when the change can be resolved and nothing is to be talked over.</param>
/// <param name="Offers">One for each repair of the state, the forced last, and for those that a deadlock or ruled-out ones name.</param>
public sealed record ConflictReport(ConflictState? State, ImmutableArray<ConflictOffer> Offers) : IReport
{
    public string Kind => "conflict";

    /// <summary>What is locked now.</summary>
    public Lockfile? Locked { get; init; }

    /// <summary>Wishes that name what is not there.</summary>
    public ImmutableArray<IdleWish> Idle { get; init; } = [];

    /// <summary>Time from the wishes to this state, reading of package lists included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The offer for a repair.</summary>
    public ConflictOffer Of(OfferedRepair offer) => Offers.First(candidate => candidate.Repair.Id == offer.Repair.Id);

    /// <summary>By its id, or by its letter.</summary>
    public ConflictOffer? Find(string idOrLetter) => State?.All
        .FirstOrDefault(offer => offer.Repair.Id == idOrLetter || string.Equals(offer.Letter, idOrLetter, StringComparison.OrdinalIgnoreCase)) is { } found ? Of(found) : null;

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteBoolean("resolvable", State is null);
        json.WriteStartArray("conflicts");
        foreach (var explanation in State?.Conflicts ?? [])
        {
            explanation.WriteJson(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("wishes");
        foreach (var wish in State?.Wishes ?? [])
        {
            WriteWish(json, wish);
        }

        json.WriteEndArray();
        WriteOffers(json, "repairs", State?.Repairs ?? []);
        WriteOffers(json, "overrides", State?.Forced ?? []);
        json.WriteStartArray("ruled_out");
        foreach (var (offer, by) in State?.RuledOut ?? [])
        {
            json.WriteStartObject();
            json.WriteString("id", offer.Repair.Id);
            json.WriteString("letter", offer.Letter);
            json.WriteString("title", offer.Repair.Title);
            WriteWishes(json, "by", by);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteDeadlock(json);
        json.WriteProblems("warnings", Idle.Select(wish => wish.Warning));
    }

    private void WriteDeadlock(Utf8JsonWriter json)
    {
        if (State?.Deadlock is not { } deadlock)
        {
            return;
        }

        json.WriteStartObject("deadlock");
        WriteWishes(json, "blocking", deadlock.Blocking);
        json.WriteStartArray("ways");
        foreach (var way in deadlock.Ways)
        {
            json.WriteStartObject();
            WriteWishes(json, "dropped", way.Dropped);
            json.WriteString("id", way.Offer?.Repair.Id);
            json.WriteString("title", way.Offer?.Repair.Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteOffers(Utf8JsonWriter json, string member, ImmutableArray<OfferedRepair> offers)
    {
        json.WriteStartArray(member);
        foreach (var offer in offers)
        {
            var (repair, more) = (offer.Repair, Of(offer));
            json.WriteStartObject();
            json.WriteString("id", repair.Id);
            json.WriteString("letter", offer.Letter);
            json.WriteString("risk", JsonNamingPolicy.KebabCaseLower.ConvertName(repair.Risk.ToString()));
            json.WriteString("title", repair.Title);
            json.WriteString("reason", repair.Reason);
            json.WriteNumber("keeps", offer.Keeps);
            json.WriteNumber("of", offer.Of);
            json.WriteNumber("bytes", more.Bytes);
            json.WriteString("command", more.Command);
            json.WriteStartArray("manifests");
            foreach (var manifest in more.Manifests)
            {
                manifest.WriteTo(json);
            }

            json.WriteEndArray();
            json.WriteChanges("lock", repair.Difference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWishes(Utf8JsonWriter json, string member, ImmutableArray<Wish> wishes)
    {
        json.WriteStartArray(member);
        foreach (var wish in wishes)
        {
            WriteWish(json, wish);
        }

        json.WriteEndArray();
    }

    private static void WriteWish(Utf8JsonWriter json, Wish wish)
    {
        json.WriteStartObject();
        json.WriteString("words", wish.Words);
        json.WriteString("flag", WishText.Flag(wish));
        json.WriteString("value", WishText.Value(wish));
        json.WriteEndObject();
    }
}
