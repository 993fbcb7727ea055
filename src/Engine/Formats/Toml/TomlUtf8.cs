using System.Text;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Toml;

/// <summary>Text files as they come from disk or from a package: UTF-8 or refused.</summary>
public static class TomlUtf8
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of the bytes, a byte order mark included; <see cref="ProblemCode.TomlInvalid"/> when they are not UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string file)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var valid = Encoding.UTF8.GetString(bytes[..Math.Min(e.Index, bytes.Length)]);
            throw new Problem(
                ProblemCode.TomlInvalid, "the file is not UTF-8", "save the file as UTF-8",
                TomlPlaces.At(valid, file, valid.Length)).Raise(e);
        }
    }
}
