using System.Collections.Immutable;
using Registry.Engine.Operations;

namespace Registry.Tui.Headless;

/// <summary>What the full-screen face is opened on.</summary>
internal sealed record ScreenCall(RegistryClient Client, ChangeRequest Request)
{
    /// <summary>The command line that met a conflict, to be shown as the first step of the plan; null to open just so.</summary>
    public string? Command { get; init; }

    /// <summary>In lines, whatever the settings say.</summary>
    public bool IsPlain { get; init; }

    /// <summary>What that command asked for.</summary>
    public ImmutableArray<ProjectEdit> Edits { get; init; } = [];
}

/// <summary>How the full-screen face was left.</summary>
internal enum ScreenEnd
{
    /// <summary>There is no terminal for it.</summary>
    NotOpened,

    /// <summary>Nothing was changed in the project, or it was taken back.</summary>
    Unchanged,

    Changed,
}
