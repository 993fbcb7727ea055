using System.Collections.Immutable;

namespace Registry.Tui.Headless;

internal enum VerbGroup
{
    Project,
    Look,
    Publish,
    Configure,
    Other,

    /// <summary>Not for people: what the completion scripts call.</summary>
    Hidden,
}

/// <summary>
/// One row of the verb table. Parsing, help, completions, docs/cli and the tests all read it, so a verb is described once.
/// </summary>
/// <param name="Name">One word, or two for a verb within a family (`registry add`).</param>
/// <param name="Summary">One line, imperative, no full stop.</param>
/// <param name="Run">Does it and says the exit code.</param>
internal sealed record Verb(
    string Name, VerbGroup Group, string Summary, Func<Invocation, CancellationToken, Task<int>> Run)
{
    /// <summary>More to know, a paragraph each.</summary>
    public ImmutableArray<string> Description { get; init; } = [];

    public ImmutableArray<VerbArgument> Arguments { get; init; } = [];

    public ImmutableArray<VerbFlag> Flags { get; init; } = [];

    /// <summary>Command lines with what they do; the first is the commonest.</summary>
    public ImmutableArray<VerbExample> Examples { get; init; } = [];

    /// <summary>What `--output json` prints: `docs/schemas/SCHEMA.json`; null for verbs that print only text.</summary>
    public string? Schema { get; init; }

    /// <summary>The verb that takes the repairs of a conflict this one meets; null for itself.</summary>
    public string? RepairedBy { get; init; }

}

internal sealed record VerbExample(string Command, string Meaning);

/// <summary>What the shell offers where a value stands.</summary>
internal enum Offer
{
    Nothing,
    Files,
    Folders,

    /// <summary>Names in the project's lockfile.</summary>
    Packages,

    /// <summary>Local names in the project's manifest.</summary>
    Dependencies,

    Registries,
    Features,
    Profiles,
    ConfigKeys,
    Verbs,
    Topics,
}

internal enum ArgumentCount
{
    One,
    Optional,
    Any,
    AtLeastOne,
}

/// <param name="Name">In capitals, as help shows it.</param>
internal sealed record VerbArgument(string Name, ArgumentCount Count, string Summary, Offer Offer = Offer.Nothing)
{
    public ImmutableArray<string> Choices { get; init; } = [];
}

/// <param name="Name">With its dashes: `--depth`.</param>
/// <param name="Value">What stands after it, in capitals; null for a switch.</param>
internal sealed record VerbFlag(string Name, string Summary, string? Value = null, Offer Offer = Offer.Nothing)
{
    /// <summary>One letter with its dash: `-C`.</summary>
    public string? Short { get; init; }

    /// <summary>The only values it takes; empty for any.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>Whether it may be given several times.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The environment variable that stands for it.</summary>
    public string? Variable { get; init; }
}
