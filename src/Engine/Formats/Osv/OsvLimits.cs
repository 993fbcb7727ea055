namespace Registry.Engine.Formats.Osv;

/// <summary>What a record or a bundle may cost. The largest real records have a few thousand versions and some hundred kilobytes.</summary>
public static class OsvLimits
{
    /// <summary>Of one record, as JSON.</summary>
    public const int RecordBytesMax = 4 << 20;

    /// <summary>Of one bundle, unpacked.</summary>
    public const long BundleBytesMax = 2L << 30;

    public const int RecordsMax = 1_000_000;

    public const int JsonDepthMax = 32;

    public const int IdLengthMax = 128;

    public const int NameLengthMax = 512;

    public const int VersionLengthMax = 256;

    public const int VectorLengthMax = 512;

    public const int AliasesMax = 500;

    public const int AffectedMax = 10_000;

    /// <summary>Ranges of all packages of a record together.</summary>
    public const int RangesMax = 20_000;

    /// <summary>Events of all ranges of a record together.</summary>
    public const int EventsMax = 100_000;

    /// <summary>Listed versions of all packages of a record together.</summary>
    public const int VersionsMax = 200_000;

    /// <summary>Those above are dropped: nothing is decided by them.</summary>
    public const int ReferencesMax = 500;

    public const int SeveritiesMax = 50;

    /// <summary>Longer text is cut.</summary>
    public const int SummaryLengthMax = 500;

    /// <summary>Longer text is cut.</summary>
    public const int DetailsLengthMax = 128 << 10;

    public const int AddressLengthMax = 2048;
}
