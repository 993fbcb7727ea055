namespace Registry.Engine.Operations;

/// <summary>
/// Shows that there is a secret without showing it: at most its first four characters, and only of one long enough that
/// they give nothing away. What it hides has always the same length.
/// </summary>
internal static class SecretMask
{
    /// <summary>Characters of a secret that are ever shown.</summary>
    public const int ShownMax = 4;

    private const int LongEnough = 16;
    private const string Hidden = "********";

    public static string Of(ReadOnlySpan<char> secret) =>
        secret.Length >= LongEnough ? string.Concat(secret[..ShownMax], Hidden) : Hidden;
}
