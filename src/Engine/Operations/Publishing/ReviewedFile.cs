using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Operations;

/// <summary>Why a file should be looked at before it is published, gravest first.</summary>
public enum FileFlagKind
{
    /// <summary>A key or token that no registry takes: leave the file out.</summary>
    Refused,

    /// <summary>Its name cannot be in a package.</summary>
    BadName,

    /// <summary>It seems to hold a key, a token or a password.</summary>
    Secret,

    /// <summary>Files of this name usually hold secrets.</summary>
    SecretName,
    Big,
    Binary,
    Generated,

    /// <summary>A symbolic link, which is left out.</summary>
    Link,
}

/// <summary>Something about a file that a person should see.</summary>
/// <param name="What">In a few words: `an AWS access key id`.</param>
/// <param name="Line">From 1; 0 when it is about the file as a whole.</param>
/// <param name="Excerpt">The line with the secret masked, never more than four of its characters; empty when there is none.</param>
/// <param name="IsExample">It looks like a secret but says that it is an example.</param>
public sealed record FileFlag(FileFlagKind Kind, string What, int Line = 0, string Excerpt = "", bool IsExample = false);

/// <summary>A file or folder of the package, in or out, and what is odd about it.</summary>
/// <param name="Path">Below the package's folder, with `/`; ends in `/` for a folder that is out as a whole.</param>
/// <param name="Reason">Why it is in or not: `ordinary`, `always-in`, `ignored`.</param>
/// <param name="Because">The rule that decided; null when there was none.</param>
/// <param name="Flags">Gravest first; empty for most files.</param>
public sealed record ReviewedFile(string Path, long Size, bool IsIn, string Reason, string? Because, ImmutableArray<FileFlag> Flags)
{
    /// <summary>Of the content, or of where a link leads; null for what is out.</summary>
    public ContentHash? Hash { get; init; }

    /// <summary>Somebody looked at exactly this content and said that it is fine.</summary>
    public bool IsFine { get; init; }

    /// <summary>No registry takes it; marking it does not help.</summary>
    public bool Blocks => Flags.Any(flag => flag.Kind <= FileFlagKind.BadName);

    public bool NeedsLook => !Flags.IsEmpty && (Blocks || !IsFine);

    /// <summary>What is shown and written of it, unlike a record's own equality by array identity.</summary>
    public bool Equals(ReviewedFile? other) =>
        other is not null && Path == other.Path && Size == other.Size && IsIn == other.IsIn && Reason == other.Reason && Because == other.Because
        && Hash == other.Hash && IsFine == other.IsFine && Flags.SequenceEqual(other.Flags);

    public override int GetHashCode() => HashCode.Combine(Path, Size, IsIn, Hash);
}
