using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model.Advisories;

namespace Registry.Engine.Formats.Osv;

/// <summary>Reads the members of one record. Used once: it counts what the record has taken of its budgets.</summary>
internal sealed class OsvRecordReader
{
    private readonly OsvAffectedReader _affected = new();
    private readonly ImmutableArray<string>.Builder _aliases = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<AffectedPackage>.Builder _packages = ImmutableArray.CreateBuilder<AffectedPackage>();
    private readonly ImmutableArray<AdvisoryReference>.Builder _references = ImmutableArray.CreateBuilder<AdvisoryReference>();
    private ImmutableArray<SeverityVector> _severities = [];
    private AdvisoryCategory? _category;
    private DateTimeOffset? _modified;
    private DateTimeOffset? _published;
    private DateTimeOffset? _withdrawn;
    private string? _id;
    private string _summary = "";
    private string _details = "";

    public Advisory Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("it is no JSON object");
        }

        while (reader.NextName())
        {
            ReadMember(ref reader);
        }

        return new()
        {
            Id = _id ?? throw new JsonException("it has no id"),
            Aliases = _aliases.ToImmutable(),
            Summary = _summary,
            Details = _details,
            Modified = _modified ?? DateTimeOffset.MinValue,
            Published = _published,
            Withdrawn = _withdrawn,
            Severities = _severities,
            Affected = _packages.ToImmutable(),
            References = _references.ToImmutable(),
            Category = _id.StartsWith("MAL-", StringComparison.Ordinal) ? AdvisoryCategory.Malware : _category ?? CommonCategory(),
        };
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("affected"u8))
        {
            ReadAffected(ref reader);
        }
        else if (reader.ValueTextEquals("aliases"u8))
        {
            ReadAliases(ref reader);
        }
        else if (reader.ValueTextEquals("references"u8))
        {
            ReadReferences(ref reader);
        }
        else if (reader.ValueTextEquals("severity"u8))
        {
            _severities = OsvAffectedReader.ReadSeverities(ref reader);
        }
        else if (reader.ValueTextEquals("database_specific"u8))
        {
            _category = OsvCategory.Read(ref reader);
        }
        else
        {
            ReadPlainMember(ref reader);
        }
    }

    private void ReadPlainMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            _id = OsvIds.IsId(reader.NextText()) ? reader.GetString() : throw new JsonException("its id is malformed");
        }
        else if (reader.ValueTextEquals("modified"u8))
        {
            _modified = reader.NextTime();
        }
        else if (reader.ValueTextEquals("published"u8))
        {
            _published = reader.NextTime();
        }
        else if (reader.ValueTextEquals("withdrawn"u8))
        {
            _withdrawn = reader.NextTime();
            if (_withdrawn is null && reader.TokenType != JsonTokenType.Null)
            {
                throw new JsonException("`withdrawn` is no time");
            }
        }
        else if (reader.ValueTextEquals("summary"u8))
        {
            _summary = reader.NextText(OsvLimits.SummaryLengthMax);
        }
        else if (reader.ValueTextEquals("details"u8))
        {
            _details = reader.NextText(OsvLimits.DetailsLengthMax);
        }
        else
        {
            reader.SkipNext();
        }
    }

    private void ReadAffected(ref Utf8JsonReader reader)
    {
        if (!reader.NextArray())
        {
            return;
        }

        while (reader.NextItem())
        {
            if (_packages.Count == OsvLimits.AffectedMax)
            {
                throw new JsonException($"it names more than {OsvLimits.AffectedMax} packages");
            }

            if (reader.Is(JsonTokenType.StartObject))
            {
                _packages.Add(_affected.Read(ref reader));
            }
        }
    }

    private void ReadAliases(ref Utf8JsonReader reader)
    {
        if (!reader.NextArray())
        {
            return;
        }

        while (reader.NextItem())
        {
            if (reader.Text() is { } alias && OsvIds.IsId(alias) && _aliases.Count < OsvLimits.AliasesMax)
            {
                _aliases.Add(alias);
            }
        }
    }

    private void ReadReferences(ref Utf8JsonReader reader)
    {
        if (!reader.NextArray())
        {
            return;
        }

        while (reader.NextItem())
        {
            if (!reader.Is(JsonTokenType.StartObject))
            {
                continue;
            }

            var (kind, address) = ("WEB", "");
            while (reader.NextName())
            {
                if (reader.ValueTextEquals("type"u8))
                {
                    kind = reader.NextText(40);
                }
                else if (reader.ValueTextEquals("url"u8))
                {
                    address = reader.NextText() ?? "";
                }
                else
                {
                    reader.SkipNext();
                }
            }

            if (address.Length is > 0 and <= OsvLimits.AddressLengthMax && _references.Count < OsvLimits.ReferencesMax)
            {
                _references.Add(new(kind, address));
            }
        }
    }

    /// <summary>What all packages say of themselves, when the record says nothing.</summary>
    private AdvisoryCategory CommonCategory() =>
        _packages.Count > 0 && _packages[0].Category is { } first && _packages.All(package => package.Category == first)
            ? first
            : AdvisoryCategory.Vulnerability;
}
