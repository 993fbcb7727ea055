using System.Diagnostics.CodeAnalysis;

namespace Registry.Engine.Model;

/// <summary>
/// Hash of a set of files that survives re-compression: SHA-256 over the lines `sha256-hex  0|x  path\n`, sorted by
/// the UTF-8 bytes of the path (docs/formats/archive.md). Written `tree:` and 64 lower-case hexadecimal digits.
/// </summary>
public sealed record TreeHash
{
    public const string Prefix = "tree:";

    private TreeHash(string hex) => Hex = hex;

    public string Hex { get; }

    public static TreeHash FromDigest(ReadOnlySpan<byte> digest) => new(Convert.ToHexStringLower(digest));

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out TreeHash? hash)
    {
        hash = text is { Length: 69 } && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789abcdef") < 0
            ? new(text[Prefix.Length..])
            : null;
        return hash is not null;
    }

    public override string ToString() => Prefix + Hex;
}
