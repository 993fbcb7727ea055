using System.Collections.Immutable;

namespace Registry.Engine.Formats.Archives;

/// <summary>Whether files that hold private keys or access tokens are let through.</summary>
public enum SecretRule
{
    Allowed,
    Refused,
}

/// <summary>The bounds an archive is held to while it is read. Sizes are bytes.</summary>
public sealed record ArchiveRules
{
    /// <summary>For archives of others that are installed: everything that could harm, nothing about taste.</summary>
    public static ArchiveRules Install { get; } = new();

    /// <summary>For archives that are about to be published: also a manifest and no secrets.</summary>
    public static ArchiveRules Publish { get; } = new() { Manifests = ["cairn.toml", "gal.toml"], Secrets = SecretRule.Refused };

    public long CompressedMax { get; init; } = 20L << 20;

    public long UnpackedMax { get; init; } = 256L << 20;

    /// <summary>Unpacked to compressed, judged once more than <see cref="RatioFrom"/> bytes are unpacked.</summary>
    public int RatioMax { get; init; } = 100;

    public long RatioFrom { get; init; } = 16L << 20;

    /// <summary>Files and folders that are listed; folders that are only implied have the same bound of their own.</summary>
    public int EntriesMax { get; init; } = 20_000;

    /// <summary>Below the top folder, in UTF-8.</summary>
    public int PathBytesMax { get; init; } = 240;

    public int SegmentBytesMax { get; init; } = 120;

    public int DepthMax { get; init; } = 32;

    /// <summary>Content of one extended (pax) header.</summary>
    public int ExtensionBytesMax { get; init; } = 64 << 10;

    /// <summary>Extended headers before one entry.</summary>
    public int ExtensionsMax { get; init; } = 4;

    /// <summary>Names of which one must be directly in the top folder; empty when none is asked for.</summary>
    public ImmutableArray<string> Manifests { get; init; } = [];

    public SecretRule Secrets { get; init; } = SecretRule.Allowed;
}
