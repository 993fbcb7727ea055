using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Formats.Osv;

/// <summary>Reads the entries of `affected`. Beyond a bound the record is refused: a part of it would be a false answer.</summary>
internal sealed class OsvAffectedReader
{
    private int _ranges;
    private int _events;
    private int _versions;

    public AffectedPackage Read(ref Utf8JsonReader reader)
    {
        var package = new AffectedPackage("", "");
        while (reader.NextName())
        {
            if (reader.ValueTextEquals("package"u8))
            {
                var (ecosystem, name) = ReadPackage(ref reader);
                package = package with { Ecosystem = ecosystem, Name = name };
            }
            else if (reader.ValueTextEquals("ranges"u8))
            {
                package = package with { Ranges = ReadRanges(ref reader) };
            }
            else if (reader.ValueTextEquals("versions"u8))
            {
                package = package with { Versions = ReadVersions(ref reader) };
            }
            else if (reader.ValueTextEquals("severity"u8))
            {
                package = package with { Severities = ReadSeverities(ref reader) };
            }
            else if (reader.ValueTextEquals("database_specific"u8))
            {
                package = package with { Category = OsvCategory.Read(ref reader) };
            }
            else
            {
                reader.SkipNext();
            }
        }

        return package;
    }

    public static ImmutableArray<SeverityVector> ReadSeverities(ref Utf8JsonReader reader)
    {
        var severities = ImmutableArray.CreateBuilder<SeverityVector>();
        if (!reader.NextArray())
        {
            return [];
        }

        while (reader.NextItem())
        {
            if (reader.Is(JsonTokenType.StartObject) && ReadSeverity(ref reader) is { } severity && severities.Count < OsvLimits.SeveritiesMax)
            {
                severities.Add(severity);
            }
        }

        return severities.ToImmutable();
    }

    private static SeverityVector? ReadSeverity(ref Utf8JsonReader reader)
    {
        var (scheme, vector) = (SeverityScheme.Other, "");
        while (reader.NextName())
        {
            if (reader.ValueTextEquals("type"u8))
            {
                scheme = reader.NextText() switch
                {
                    "CVSS_V2" => SeverityScheme.CvssV2,
                    "CVSS_V3" => SeverityScheme.CvssV3,
                    "CVSS_V4" => SeverityScheme.CvssV4,
                    _ => SeverityScheme.Other,
                };
            }
            else if (reader.ValueTextEquals("score"u8))
            {
                vector = reader.NextText(OsvLimits.VectorLengthMax);
            }
            else
            {
                reader.SkipNext();
            }
        }

        return vector.Length > 0 ? new(scheme, vector) : null;
    }

    private static (string Ecosystem, string Name) ReadPackage(ref Utf8JsonReader reader)
    {
        var (ecosystem, name) = ("", "");
        if (!reader.NextObject())
        {
            return ("", "");
        }

        while (reader.NextName())
        {
            if (reader.ValueTextEquals("ecosystem"u8))
            {
                ecosystem = Bounded(reader.NextText(), OsvLimits.NameLengthMax, "the name of an ecosystem");
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                name = Bounded(reader.NextText(), OsvLimits.NameLengthMax, "the name of a package");
            }
            else
            {
                reader.SkipNext();
            }
        }

        return (ecosystem, name);
    }

    private ImmutableArray<AffectedRange> ReadRanges(ref Utf8JsonReader reader)
    {
        var ranges = ImmutableArray.CreateBuilder<AffectedRange>();
        if (!reader.NextArray())
        {
            return [];
        }

        while (reader.NextItem())
        {
            Count(ref _ranges, OsvLimits.RangesMax, "ranges");
            ranges.Add(reader.TokenType == JsonTokenType.StartObject ? ReadRange(ref reader) : throw new JsonException("a range in it is malformed"));
        }

        return ranges.ToImmutable();
    }

    private AffectedRange ReadRange(ref Utf8JsonReader reader)
    {
        var range = new AffectedRange(AffectedRangeKind.Other, []);
        while (reader.NextName())
        {
            if (reader.ValueTextEquals("type"u8))
            {
                range = range with { Kind = KindOf(reader.NextText()) };
            }
            else if (reader.ValueTextEquals("events"u8))
            {
                range = range with { Events = ReadEvents(ref reader) };
            }
            else
            {
                reader.SkipNext();
            }
        }

        return range;
    }

    private static AffectedRangeKind KindOf(string? word) => word switch
    {
        "SEMVER" => AffectedRangeKind.Semver,
        "ECOSYSTEM" => AffectedRangeKind.Ecosystem,
        "GIT" => AffectedRangeKind.Git,
        _ => AffectedRangeKind.Other,
    };

    /// <summary>An event is an object with one member; old records have several in one, which are as many events.</summary>
    private ImmutableArray<RangeEvent> ReadEvents(ref Utf8JsonReader reader)
    {
        var events = ImmutableArray.CreateBuilder<RangeEvent>();
        if (!reader.NextArray())
        {
            return [];
        }

        while (reader.NextItem())
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("an event of a range in it is malformed");
            }

            while (reader.NextName())
            {
                Count(ref _events, OsvLimits.EventsMax, "events");
                events.Add(ReadEvent(ref reader));
            }
        }

        return events.ToImmutable();
    }

    private static RangeEvent ReadEvent(ref Utf8JsonReader reader)
    {
        RangeEventKind? kind =
            reader.ValueTextEquals("introduced"u8) ? RangeEventKind.Introduced
            : reader.ValueTextEquals("fixed"u8) ? RangeEventKind.Fixed
            : reader.ValueTextEquals("last_affected"u8) ? RangeEventKind.LastAffected
            : reader.ValueTextEquals("limit"u8) ? RangeEventKind.Limit
            : null;
        var version = Bounded(reader.NextText(), OsvLimits.VersionLengthMax, "a version");
        return kind is { } known ? new(known, version) : throw new JsonException("a range in it has an unknown kind of event");
    }

    private ImmutableArray<string> ReadVersions(ref Utf8JsonReader reader)
    {
        var versions = ImmutableArray.CreateBuilder<string>();
        if (!reader.NextArray())
        {
            return [];
        }

        while (reader.NextItem())
        {
            Count(ref _versions, OsvLimits.VersionsMax, "versions");
            versions.Add(Bounded(reader.Text(), OsvLimits.VersionLengthMax, "a version"));
        }

        return versions.ToImmutable();
    }

    private static string Bounded(string? text, int lengthMax, string what) =>
        text is { Length: > 0 } && text.Length <= lengthMax ? text : throw new JsonException($"{what} in it is malformed");

    private static void Count(ref int counted, int max, string what)
    {
        if (counted++ == max)
        {
            throw new JsonException($"it has more than {max} {what}");
        }
    }
}
