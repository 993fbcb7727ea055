namespace Registry.Tui.Terminal;

/// <summary>What the terminal says about itself in the environment. The program passes the values in.</summary>
internal sealed record TerminalAbilities(ColourDepth Colours, bool Unicode, bool LightGround)
{
    /// <summary>The names of the variables that are read, in the order of <see cref="From"/>'s questions.</summary>
    public static TerminalAbilities From(Func<string, string?> variable)
    {
        var term = variable("TERM") ?? "";
        return new TerminalAbilities(ColoursOf(variable, term), IsUnicode(variable), IsLight(variable("COLORFGBG")));
    }

    private static ColourDepth ColoursOf(Func<string, string?> variable, string term)
    {
        // https://no-color.org: any value that is not empty.
        if (!string.IsNullOrEmpty(variable("NO_COLOR")) || term is "dumb" or "vt100" or "vt220")
        {
            return ColourDepth.Mono;
        }

        if (variable("COLORTERM") is "truecolor" or "24bit" || variable("WT_SESSION") is not null || term.EndsWith("-direct", StringComparison.Ordinal))
        {
            return ColourDepth.True;
        }

        return term.Contains("256color", StringComparison.Ordinal) ? ColourDepth.Indexed : ColourDepth.Sixteen;
    }

    // As the C library decides: the first of the three that is set and not empty.
    private static bool IsUnicode(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        foreach (var name in (ReadOnlySpan<string>)["LC_ALL", "LC_CTYPE", "LANG"])
        {
            if (variable(name) is { Length: > 0 } value)
            {
                return value.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || value.Contains("utf8", StringComparison.OrdinalIgnoreCase);
            }
        }

        return OperatingSystem.IsMacOS();
    }

    // `15;0`: text and ground as palette numbers. 7 and 9 to 15 are the light ones.
    private static bool IsLight(string? pair) =>
        pair is not null && int.TryParse(pair.AsSpan(pair.LastIndexOf(';') + 1), out var ground) && ground is 7 or (>= 9 and <= 15);
}
