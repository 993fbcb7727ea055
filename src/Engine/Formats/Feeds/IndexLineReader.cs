using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Feeds;

/// <summary>
/// Reads the whole of a version line. Equal text of `deps`, `features` and `engines` is read once for a document:
/// most versions of a package need the same things.
/// </summary>
internal sealed class IndexLineReader(IndexVocabulary vocabulary)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ReadOnlyMemory<byte>, ImmutableArray<Dependency>> _dependencies = new(BytesComparer.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, ImmutableSortedDictionary<string, ImmutableArray<string>>> _features = new(BytesComparer.Instance);
    private readonly Dictionary<ReadOnlyMemory<byte>, ImmutableSortedDictionary<string, Constraint>> _engines = new(BytesComparer.Instance);

    /// <summary>Throws the JSON reader's exceptions when the line is damaged.</summary>
    public ReleaseDetails Read(ReadOnlyMemory<byte> line)
    {
        lock (_gate)
        {
            var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = FeedLimits.JsonDepthMax });
            var read = new Fields();
            reader.Read();
            reader.EnterObject();
            while (reader.NextMember())
            {
                ReadMember(ref reader, line, ref read);
            }

            return reader.Read() ? throw new JsonException("text after the end") : read.Details();
        }
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, ref Fields read)
    {
        if (reader.ValueTextEquals("deps"u8))
        {
            read.Once(Fields.Member.Dependencies);
            read.Dependencies = Shared(ref reader, line, _dependencies, ReadDependencies);
        }
        else if (reader.ValueTextEquals("features"u8))
        {
            read.Once(Fields.Member.Features);
            read.Features = Shared(ref reader, line, _features, ReadFeatures);
        }
        else if (reader.ValueTextEquals("engines"u8))
        {
            read.Once(Fields.Member.Engines);
            read.Engines = Shared(ref reader, line, _engines, ReadEngines);
        }
        else if (reader.ValueTextEquals("archive"u8))
        {
            read.Once(Fields.Member.Archive);
            read.Archive = ReadArchive(ref reader);
        }
        else if (reader.ValueTextEquals("manifest"u8))
        {
            read.Once(Fields.Member.Manifest);
            (read.Manifest, read.ManifestSize) = ReadArchive(ref reader) is { } manifest ? (manifest.Hash, manifest.Size) : (null, 0);
        }
        else if (reader.ValueTextEquals("reason"u8))
        {
            read.Once(Fields.Member.Reason);
            read.Reason = ReadReason(ref reader);
        }
        else
        {
            ReadText(ref reader, ref read);
        }
    }

    private static void ReadText(ref Utf8JsonReader reader, ref Fields read)
    {
        if (reader.ValueTextEquals("license"u8))
        {
            read.License = reader.NextOptionalString();
        }
        else if (reader.ValueTextEquals("description"u8))
        {
            read.Description = reader.NextOptionalString();
        }
        else if (reader.ValueTextEquals("keywords"u8))
        {
            read.Keywords = [.. reader.NextStrings(FeedLimits.KeywordsMax)];
        }
        else if (reader.ValueTextEquals("links"u8))
        {
            read.Links = reader.NextOptionalString();
        }
        else if (reader.ValueTextEquals("repository"u8))
        {
            read.Repository = reader.NextOptionalString();
        }
        else if (reader.ValueTextEquals("homepage"u8))
        {
            read.Homepage = reader.NextOptionalString();
        }
        else if (reader.ValueTextEquals("documentation"u8))
        {
            read.Documentation = reader.NextOptionalString();
        }
        else
        {
            reader.SkipValue();
        }
    }

    /// <summary>The value that comes next, read or remembered by its text.</summary>
    private static T Shared<T>(ref Utf8JsonReader reader, ReadOnlyMemory<byte> line, Dictionary<ReadOnlyMemory<byte>, T> known, FeedJson.Reading<T> read)
    {
        var ahead = reader;
        ahead.Read();
        var start = (int)ahead.TokenStartIndex;
        ahead.Skip();
        var text = line[start..(int)ahead.BytesConsumed];
        if (!known.TryGetValue(text, out var value))
        {
            value = read(ref reader);
            known.Add(text, value);
        }

        reader = ahead;
        return value;
    }

    private ImmutableArray<Dependency> ReadDependencies(ref Utf8JsonReader reader)
    {
        var dependencies = ImmutableArray.CreateBuilder<Dependency>();
        if (!reader.NextContainer(JsonTokenType.StartArray))
        {
            return [];
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            dependencies.Add(dependencies.Count < FeedLimits.DependenciesMax ? ReadDependency(ref reader) : throw new JsonException("too many dependencies"));
        }

        return dependencies.ToImmutable();
    }

    private Dependency ReadDependency(ref Utf8JsonReader reader)
    {
        PackageName? name = null;
        Constraint? constraint = null;
        string? alias = null;
        var origin = DependencyOrigin.Feed.Routed;
        var group = DependencyGroup.Normal;
        var (isOptional, usesDefaults) = (false, true);
        var features = ImmutableArray<string>.Empty;
        reader.EnterObject();
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                name = vocabulary.Name(ref reader);
            }
            else if (reader.ValueTextEquals("req"u8))
            {
                reader.Read();
                constraint = vocabulary.Constraint(ref reader);
            }
            else if (reader.ValueTextEquals("kind"u8))
            {
                group = ParseGroup(reader.NextString());
            }
            else if (reader.ValueTextEquals("optional"u8))
            {
                isOptional = reader.NextBoolean();
            }
            else if (reader.ValueTextEquals("default_features"u8))
            {
                usesDefaults = reader.NextBoolean();
            }
            else if (reader.ValueTextEquals("features"u8))
            {
                features = ReadWords(ref reader);
            }
            else if (reader.ValueTextEquals("alias"u8))
            {
                alias = reader.NextOptionalString();
            }
            else if (reader.ValueTextEquals("from"u8))
            {
                origin = reader.NextOptionalString() is { } feed ? new DependencyOrigin.Feed(feed) : DependencyOrigin.Feed.Routed;
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new(
            name ?? throw new JsonException("a dependency has no `id`"), constraint ?? Constraint.Any, group, origin, alias, isOptional, usesDefaults, features);
    }

    private ImmutableSortedDictionary<string, ImmutableArray<string>> ReadFeatures(ref Utf8JsonReader reader)
    {
        if (!reader.NextContainer(JsonTokenType.StartObject))
        {
            return Release.NoFeatures;
        }

        var features = Release.NoFeatures.ToBuilder();
        while (reader.NextMember())
        {
            var feature = reader.GetString()!;
            if (features.ContainsKey(feature) || features.Count == FeedLimits.FeaturesMax)
            {
                throw new JsonException("a feature stands twice, or there are too many");
            }

            features.Add(feature, ReadWords(ref reader));
        }

        return features.Count == 0 ? Release.NoFeatures : features.ToImmutable();
    }

    private ImmutableArray<string> ReadWords(ref Utf8JsonReader reader)
    {
        if (!reader.NextContainer(JsonTokenType.StartArray))
        {
            return [];
        }

        var words = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            words.Add(words.Count < FeedLimits.FeaturesMax ? vocabulary.Word(ref reader) : throw new JsonException("too many entries"));
        }

        return words.DrainToImmutable();
    }

    private ImmutableSortedDictionary<string, Constraint> ReadEngines(ref Utf8JsonReader reader)
    {
        if (!reader.NextContainer(JsonTokenType.StartObject))
        {
            return Release.NoEngines;
        }

        var engines = Release.NoEngines.ToBuilder();
        while (reader.NextMember())
        {
            var engine = reader.GetString()!;
            reader.Read();
            engines[engine] = vocabulary.Constraint(ref reader);
        }

        return engines.ToImmutable();
    }

    private static ArchiveReference? ReadArchive(ref Utf8JsonReader reader)
    {
        if (!reader.NextContainer(JsonTokenType.StartObject))
        {
            return null;
        }

        string? hash = null;
        string? tree = null;
        var size = -1L;
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("sha256"u8))
            {
                hash = reader.NextString();
            }
            else if (reader.ValueTextEquals("tree"u8))
            {
                tree = reader.NextOptionalString();
            }
            else if (reader.ValueTextEquals("size"u8))
            {
                size = reader.NextLong();
            }
            else
            {
                reader.SkipValue();
            }
        }

        return size >= 0 && ContentHash.TryParse(ContentHash.Prefix + hash, out var content)
            && (tree is null || TreeHash.TryParse(TreeHash.Prefix + tree, out _))
            ? new(content, size, tree is not null && TreeHash.TryParse(TreeHash.Prefix + tree, out var files) ? files : null)
            : throw new JsonException("a hash or size is malformed");
    }

    private static StatusReason? ReadReason(ref Utf8JsonReader reader)
    {
        if (!reader.NextContainer(JsonTokenType.StartObject))
        {
            return null;
        }

        var reason = new StatusReason("", "", null);
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("code"u8))
            {
                reason = reason with { Code = reader.NextString() };
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                reason = reason with { Text = reader.NextString() };
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                reason = reason with { At = FeedJson.ParseTime(reader.NextString()) };
            }
            else
            {
                reader.SkipValue();
            }
        }

        return reason;
    }

    private static DependencyGroup ParseGroup(string kind) => kind switch
    {
        "normal" => DependencyGroup.Normal,
        "build" => DependencyGroup.Build,
        "dev" => DependencyGroup.Dev,
        _ => throw new JsonException($"`{kind}` is not a kind of dependency"),
    };

    private struct Fields
    {
        private Member _seen;

        public Fields()
        {
        }

        [Flags]
        public enum Member
        {
            None = 0,
            Dependencies = 1,
            Features = 2,
            Engines = 4,
            Archive = 8,
            Manifest = 16,
            Reason = 32,
        }

        public ImmutableArray<Dependency> Dependencies { get; set; } = [];

        public ImmutableSortedDictionary<string, ImmutableArray<string>> Features { get; set; } = Release.NoFeatures;

        public ImmutableSortedDictionary<string, Constraint> Engines { get; set; } = Release.NoEngines;

        public ArchiveReference? Archive { get; set; }

        public ContentHash? Manifest { get; set; }

        public long ManifestSize { get; set; }

        public StatusReason? Reason { get; set; }

        public string? License { get; set; }

        public string? Description { get; set; }

        public ImmutableArray<string> Keywords { get; set; } = [];

        public string? Links { get; set; }

        public string? Repository { get; set; }

        public string? Homepage { get; set; }

        public string? Documentation { get; set; }

        /// <summary>Last-wins would let two readers see two packages in one line.</summary>
        public void Once(Member member)
        {
            if ((_seen & member) != 0)
            {
                throw new JsonException($"`{member}` stands twice");
            }

            _seen |= member;
        }

        public readonly ReleaseDetails Details() => new()
        {
            Dependencies = Dependencies,
            Features = Features,
            Engines = Engines,
            Archive = Archive,
            Manifest = Manifest,
            ManifestSize = ManifestSize,
            Reason = Reason,
            License = License,
            Description = Description,
            Keywords = Keywords,
            Links = Links,
            Repository = Repository,
            Homepage = Homepage,
            Documentation = Documentation,
        };
    }

    private sealed class BytesComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> bytes)
        {
            var hash = new HashCode();
            hash.AddBytes(bytes.Span);
            return hash.ToHashCode();
        }
    }
}
