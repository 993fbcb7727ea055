using Registry.Engine.Model;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>A `[[packages]]` entry as text, before anything in it has been understood. Both readers make these.</summary>
internal sealed class LockfileEntry(int offset)
{
    /// <summary>Where the entry starts in the text, for messages.</summary>
    public int Offset => offset;

    public string? Name { get; set; }

    public string? Version { get; set; }

    public string? Source { get; set; }

    public string? Checksum { get; set; }

    public string? Tree { get; set; }

    public List<string> Features { get; } = [];

    public List<LockfileEdge> Edges { get; } = [];
}

/// <summary>An item of an entry's dependencies as text; a reference, so that lists of it need no code of their own at start.</summary>
internal sealed record LockfileEdge(DependencyGroup Group, string Text);

/// <summary>A lockfile as text.</summary>
internal sealed record LockfileEntries(string Root, List<string> Settings, List<LockfileEntry> Packages);
