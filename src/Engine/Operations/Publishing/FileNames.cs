namespace Registry.Engine.Operations;

/// <summary>What the name of a file says about it.</summary>
internal static class FileNames
{
    private static readonly string[] SecretNames =
        ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", ".htpasswd", ".netrc", "_netrc", ".pypirc", ".npmrc", ".git-credentials", ".pgpass", "credentials", "credentials.json", "credentials.toml", "secrets.json", "secrets.toml", "secrets.yaml", "secrets.yml"];

    private static readonly string[] SecretEndings = [".pem", ".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk", ".asc"];

    private static readonly string[] MediaEndings =
        [".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".bmp", ".ttf", ".otf", ".woff", ".woff2", ".mp3", ".ogg", ".wav", ".mp4", ".pdf"];

    private static readonly string[] GeneratedFolders = ["node_modules", "target", "__pycache__", "bin", "obj", "dist", "out", "coverage", ".cache"];

    private static readonly string[] GeneratedEndings = [".o", ".obj", ".a", ".so", ".dll", ".dylib", ".exe", ".class", ".pyc", ".map", ".log", ".tmp", ".swp", ".orig", ".rej"];

    public static bool MeansSecret(string path)
    {
        var name = NameOf(path);
        return SecretNames.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.Equals(".env", StringComparison.OrdinalIgnoreCase) || name.StartsWith(".env.", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".env", StringComparison.OrdinalIgnoreCase)
            || SecretEndings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
    }

    public static bool IsMedia(string path) => MediaEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    public static bool MeansGenerated(string path) =>
        GeneratedEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        || path.EndsWith(".min.js", StringComparison.OrdinalIgnoreCase)
        || path.Split('/')[..^1].Any(folder => GeneratedFolders.Contains(folder, StringComparer.OrdinalIgnoreCase));

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
