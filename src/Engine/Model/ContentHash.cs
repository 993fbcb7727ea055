using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Registry.Engine.Problems;

namespace Registry.Engine.Model;

/// <summary>SHA-256 of some bytes, written `sha256:` and 64 lower-case hexadecimal digits.</summary>
public sealed record ContentHash
{
    public const string Prefix = "sha256:";

    private ContentHash(string hex) => Hex = hex;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    public static ContentHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <param name="digest">32 bytes.</param>
    public static ContentHash FromDigest(ReadOnlySpan<byte> digest) =>
        digest.Length == 32 ? new(Convert.ToHexStringLower(digest)) : throw new ArgumentException("a digest is 32 bytes", nameof(digest));

    public static ContentHash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new Problem(
            ProblemCode.IndexCorrupt, $"`{Printable.Clip(text, 100)}` is not a hash",
            "a hash is `sha256:` and 64 lower-case hexadecimal digits").Raise();

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ContentHash? hash)
    {
        hash = text is { Length: 71 } && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789abcdef") < 0
            ? new(text[Prefix.Length..])
            : null;
        return hash is not null;
    }

    public override string ToString() => Prefix + Hex;
}
