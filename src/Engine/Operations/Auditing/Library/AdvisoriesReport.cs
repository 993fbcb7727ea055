using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>What a change of the library comes to for one source.</summary>
public enum AdvisorySourceChange
{
    /// <summary>As it was.</summary>
    None,
    Added,
    Replaced,
    Removed,
}

/// <param name="Age">Since when nothing new could have come to us.</param>
public sealed record ListedAdvisorySource(AdvisorySource Source, AdvisorySourceChange Change, TimeSpan Age);

/// <summary>The advisories on this machine, or what a change made of them.</summary>
/// <param name="Folder">Where they are, absolute.</param>
public sealed record AdvisoriesReport(string Folder, ImmutableArray<ListedAdvisorySource> Sources) : IReport
{
    /// <summary>Registries without advisories, stale data, and the like.</summary>
    public ImmutableArray<Problem> Warnings { get; init; } = [];

    public string Kind => "advisories";

    /// <summary>The records to write.</summary>
    internal ImmutableArray<(AdvisorySource Source, byte[] Lines)> Taken { get; init; } = [];

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("folder"u8, Folder);
        json.WriteStartArray("sources"u8);
        foreach (var (source, change, age) in Sources)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, source.Kind == AdvisorySourceKind.Feed ? "feed" : "import");
            json.WriteString("name"u8, source.Name);
            json.WriteString("place"u8, source.Place);
            json.WriteString("change"u8, change.ToString().ToLowerInvariant());
            json.WriteNumber("records"u8, source.Records);
            json.WriteStrings("ecosystems", source.Ecosystems);
            json.WriteString("newest"u8, source.Newest is { } newest ? FeedJson.Time(newest) : null);
            json.WriteString("updated"u8, FeedJson.Time(source.Updated));
            json.WriteNumber("age_days"u8, (int)age.TotalDays);
            json.WriteNumber("skipped"u8, source.Skipped);
            json.WriteStartArray("skips"u8);
            foreach (var skip in source.Skips)
            {
                json.WriteStartObject();
                json.WriteString("place"u8, skip.Place);
                json.WriteString("why"u8, skip.Why);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteProblems("warnings", Warnings);
    }
}
