namespace Registry.Tui.Headless.Output;

/// <summary>Where text goes: a file descriptor in the program, memory in a test.</summary>
internal interface IOutput
{
    bool IsTerminal { get; }

    /// <summary>Width in cells; null when it is not a terminal or does not say.</summary>
    int? Columns { get; }

    void Write(ReadOnlySpan<byte> utf8);
}

/// <summary>Where answers to questions come from.</summary>
internal interface IInput
{
    bool IsTerminal { get; }

    /// <summary>One line without its end; null at the end of input.</summary>
    string? ReadLine();
}
