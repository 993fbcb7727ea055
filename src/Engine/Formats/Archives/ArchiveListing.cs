using System.Collections.Immutable;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Archives;

/// <param name="Path">Below the top folder, with `/`.</param>
public sealed record ArchivedFile(string Path, long Size, FileKind Kind);

/// <param name="Tree">Hash of the files, independent of order and compression.</param>
public sealed record ArchiveListing(ArchiveSummary Summary, ImmutableArray<ArchivedFile> Files, TreeHash Tree);
