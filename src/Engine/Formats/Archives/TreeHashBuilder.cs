using System.Security.Cryptography;
using System.Text;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Archives;

/// <summary>Computes a <see cref="TreeHash"/> from its files in any order.</summary>
public sealed class TreeHashBuilder
{
    private readonly List<(byte[] Path, byte[] Line)> _lines = [];

    /// <param name="path">Below the top folder, with `/`.</param>
    /// <param name="digest">SHA-256 of the content, 32 bytes.</param>
    public void Add(string path, FileKind kind, ReadOnlySpan<byte> digest)
    {
        var mode = kind == FileKind.Executable ? 'x' : '0';
        var line = Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(digest)}  {mode}  {path}\n");
        _lines.Add((Encoding.UTF8.GetBytes(path), line));
    }

    public TreeHash Build()
    {
        _lines.Sort(static (a, b) => a.Path.AsSpan().SequenceCompareTo(b.Path));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, line) in _lines)
        {
            hash.AppendData(line);
        }

        return TreeHash.FromDigest(hash.GetHashAndReset());
    }
}
