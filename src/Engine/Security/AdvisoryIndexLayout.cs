namespace Registry.Engine.Security;

/// <summary>Places in the binary form of an index, in bytes. Numbers are little-endian.</summary>
internal static class AdvisoryIndexLayout
{
    /// <summary>Counts up with every change of the form, and of the rules whose results it holds; another version is made again.</summary>
    public const int Version = 1;

    public const int VersionAt = 8;
    public const int ChecksumAt = 12;
    public const int CheckedFrom = 44;
    public const int NamesAt = 44;
    public const int HeadersAt = 48;
    public const int SkippedAt = 52;
    public const int NewestAt = 56;
    public const int HeadLength = 64;

    /// <summary>Hash of a key, and where its list begins.</summary>
    public const int NameLength = 8;

    /// <summary>Where the advisory's header begins.</summary>
    public const int HeaderLength = 4;

    public const int HasLower = 1;
    public const int WithLower = 2;
    public const int HasUpper = 4;
    public const int WithUpper = 8;

    /// <summary>A single version.</summary>
    public const int One = 16;

    public static ReadOnlySpan<byte> Magic => "CAIRNADV"u8;
}
