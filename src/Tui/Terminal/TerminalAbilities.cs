namespace Registry.Tui.Terminal;

/// <summary>What the terminal says about itself in the environment. The program passes the values in.</summary>
internal sealed record TerminalAbilities(ColourDepth Colours, bool Unicode, bool LightGround)
{
    /// <summary>It may be asked about itself. Real and emulated old hardware prints questions that it does not know.</summary>
    public bool Answers { get; init; } = true;

    /// <summary>It shows links that programs write. Others print a part of them, or nothing.</summary>
    public bool Links { get; init; } = true;

    /// <summary>Another machine's: bytes of one key may come apart.</summary>
    public bool IsRemote { get; init; }

    public static TerminalAbilities From(Func<string, string?> variable)
    {
        var term = variable("TERM") ?? "";
        var isOld = term is "" or "dumb" or "linux" or "ansi" or "cons25" or "sun" || term.StartsWith("vt", StringComparison.Ordinal);
        return new TerminalAbilities(ColoursOf(variable, term), IsUnicode(variable), IsLight(variable("COLORFGBG")))
        {
            Answers = !isOld || OperatingSystem.IsWindows(),
            Links = !isOld || OperatingSystem.IsWindows(),
            IsRemote = variable("SSH_CONNECTION") is { Length: > 0 } || variable("SSH_TTY") is { Length: > 0 },
        };
    }

    private static ColourDepth ColoursOf(Func<string, string?> variable, string term)
    {
        // https://no-color.org: any value that is not empty. https://bixense.com/clicolors: 0 is off.
        if (!string.IsNullOrEmpty(variable("NO_COLOR")) || variable("CLICOLOR") == "0" || term is "dumb" or "vt100" or "vt220")
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
