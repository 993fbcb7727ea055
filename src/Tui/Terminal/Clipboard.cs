using System.Text;

namespace Registry.Tui.Terminal;

/// <summary>
/// Copying by the terminal (OSC 52), which works over ssh too. Nobody says whether it did: some terminals do not know it, some
/// ask the user, and tmux passes it on where its `set-clipboard` says so.
/// </summary>
internal static class Clipboard
{
    /// <summary>Bytes of base64; terminals drop longer ones without a word.</summary>
    public const int EncodedBytesMax = 74_994;

    public static bool Fits(string text) => (Encoding.UTF8.GetByteCount(text) + 2) / 3 * 4 <= EncodedBytesMax;

    /// <summary>The bytes that copy a text; none for one that does not fit.</summary>
    public static byte[] Copy(string text) =>
        Fits(text) ? Encoding.ASCII.GetBytes($"\e]52;c;{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}\e\\") : [];
}
