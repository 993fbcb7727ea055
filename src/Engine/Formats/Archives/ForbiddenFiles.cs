using System.Text;

namespace Registry.Engine.Formats.Archives;

/// <summary>What never belongs into a package: version control data, and keys and tokens that someone forgot.</summary>
public static class ForbiddenFiles
{
    private static readonly string[] TokenFiles = [".npmrc", ".netrc", "_netrc", ".pypirc", ".git-credentials", "credentials.toml"];

    private static readonly byte[][] TokenMarks =
        [.. new[] { "_authToken", "_auth=", "_password", "password", "token", "://" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Whether a path has a `.git` folder or file anywhere in it, in any letter case.</summary>
    public static bool IsForbidden(ReadOnlySpan<byte> path)
    {
        if (path.IndexOf("."u8) < 0)
        {
            return false;
        }

        foreach (var range in path.Split((byte)'/'))
        {
            if (Ascii.EqualsIgnoreCase(path[range], ".git"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Says what secret a file seems to hold (`a private key`), judged by its name and first bytes; null for none.</summary>
    public static string? Secret(string path, ReadOnlySpan<byte> start)
    {
        const int Searched = 64 << 10;
        start = start[..Math.Min(start.Length, Searched)];
        if (HasPrivateKey(start))
        {
            return "a private key";
        }

        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        foreach (var file in TokenFiles)
        {
            if (name.Equals(file, StringComparison.OrdinalIgnoreCase) && HasToken(start))
            {
                return "an access token";
            }
        }

        return null;
    }

    /// <summary>`-----BEGIN … PRIVATE KEY-----` at the start of a line, as openssl, ssh-keygen and gpg write it.</summary>
    private static bool HasPrivateKey(ReadOnlySpan<byte> start)
    {
        var begin = "-----BEGIN "u8;
        for (var at = start.IndexOf(begin); at >= 0;)
        {
            var line = start[(at + begin.Length)..];
            var end = line.IndexOf("-----"u8);
            if (end >= 0 && line[..end].IndexOf("PRIVATE KEY"u8) >= 0 && line[..end].IndexOf((byte)'\n') < 0
                && (at == 0 || start[at - 1] is (byte)'\n' or (byte)'\r'))
            {
                return true;
            }

            start = line;
            at = start.IndexOf(begin);
        }

        return false;
    }

    private static bool HasToken(ReadOnlySpan<byte> start)
    {
        foreach (var mark in TokenMarks)
        {
            if (start.IndexOf(mark) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
