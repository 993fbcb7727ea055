namespace Registry.Tui.Headless;

/// <summary>The version of the program, as constants for the fast path; a test holds them to the build's version.</summary>
internal static class ProgramVersion
{
    public const string Text = "0.1.0";

    public static ReadOnlySpan<byte> Line => "cairn 0.1.0\n"u8;
}
