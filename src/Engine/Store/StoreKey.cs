using System.Diagnostics.CodeAnalysis;
using Registry.Engine.Model;

namespace Registry.Engine.Store;

/// <summary>What names a tree in the store: the hash of the archive it came from or, without an archive, of its files.</summary>
public sealed record StoreKey
{
    private StoreKey(string scheme, string hex) => (Scheme, Hex) = (scheme, hex);

    public string Scheme { get; }

    public string Hex { get; }

    public static implicit operator StoreKey(ContentHash hash) => Of(hash);

    public static implicit operator StoreKey(TreeHash hash) => Of(hash);

    public static StoreKey Of(ContentHash hash) => new("sha256", hash.Hex);

    public static StoreKey Of(TreeHash hash) => new("tree", hash.Hex);

    /// <summary>Reads `sha256:…` and `tree:…`.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StoreKey? key)
    {
        key = ContentHash.TryParse(text, out var content) ? Of(content)
            : TreeHash.TryParse(text, out var tree) ? Of(tree) : null;
        return key is not null;
    }

    public override string ToString() => $"{Scheme}:{Hex}";
}
