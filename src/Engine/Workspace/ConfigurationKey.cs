using System.Collections.Immutable;

namespace Registry.Engine.Workspace;

public enum ConfigurationType
{
    Text,
    Number,
    Flag,
    Choice,
    Folder,
}

/// <summary>A setting that a user can make.</summary>
/// <param name="Name">As on the command line and in `config.toml`: `network.retries` is `retries` in `[network]`.</param>
/// <param name="Default">As text; empty for none.</param>
/// <param name="Meaning">One line.</param>
public sealed record ConfigurationKey(string Name, ConfigurationType Type, string Default, string Meaning)
{
    /// <summary>The words of a <see cref="ConfigurationType.Choice"/>.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Bounds of a <see cref="ConfigurationType.Number"/>, inclusive.</summary>
    public (int Min, int Max) Range { get; init; } = (0, int.MaxValue);

    /// <summary>The variable that sets it: `network.retries` is `CAIRN_NETWORK_RETRIES`.</summary>
    public string Variable => $"CAIRN_{Name.ToUpperInvariant().Replace('.', '_').Replace('-', '_')}";

    public static ImmutableArray<ConfigurationKey> All { get; } =
    [
        new("keys.preset", ConfigurationType.Choice, "default", "the keys of the screen; other lines of `[keys]` change single ones") { Choices = ["default", "vim", "emacs"] },
        new("network.offline", ConfigurationType.Flag, "false", "use only what is on this machine"),
        new("network.parallel", ConfigurationType.Number, "16", "requests at once") { Range = (1, 256) },
        new("network.retries", ConfigurationType.Number, "3", "how often a failed request is tried again") { Range = (0, 20) },
        new("network.timeout-seconds", ConfigurationType.Number, "30", "how long a registry may take to answer") { Range = (1, 3600) },
        new("registry.default", ConfigurationType.Text, "", "the registry for names that no route covers"),
        new("store.folder", ConfigurationType.Folder, "", "where unpacked packages are kept, for all projects"),
        new("store.shared", ConfigurationType.Folder, "", "a folder that a team shares, to look for archives in first"),
        new("ui.color", ConfigurationType.Choice, "auto", "when to colour what is printed") { Choices = ["auto", "always", "never"] },
        new("ui.editor", ConfigurationType.Text, "", "the program that opens files; else $VISUAL or $EDITOR"),
        new("ui.glyphs", ConfigurationType.Choice, "auto", "how lines and signs are drawn") { Choices = ["auto", "unicode", "ascii"] },
        new("ui.motion", ConfigurationType.Choice, "full", "whether signs on the screen turn while work runs") { Choices = ["full", "reduced"] },
        new("ui.mouse", ConfigurationType.Flag, "true", "the mouse works in the screen; else it selects text, as the terminal does it"),
        new("ui.theme", ConfigurationType.Choice, "auto", "colours of the screen") { Choices = ["auto", "dark", "light", "high-contrast", "mono"] },
        new("ui.view", ConfigurationType.Choice, "full", "a full screen, or lines and numbered choices for screen readers") { Choices = ["full", "plain"] },
    ];

    /// <summary>What is wrong with a value, in words that follow "must be"; null when nothing is.</summary>
    public string? Refuse(string value) => Type switch
    {
        ConfigurationType.Flag => value is "true" or "false" ? null : "true or false",
        ConfigurationType.Choice => Choices.Contains(value) ? null : $"one of {string.Join(", ", Choices)}",
        ConfigurationType.Folder => value.Length == 0 || Path.IsPathFullyQualified(value) ? null : "an absolute path",
        ConfigurationType.Number => int.TryParse(value, System.Globalization.NumberStyles.None, null, out var number)
            && number >= Range.Min && number <= Range.Max ? null : $"a number from {Range.Min} to {Range.Max}",
        _ => value.AsSpan().IndexOfAny('\n', '\r', '\0') < 0 ? null : "one line of text",
    };
}
