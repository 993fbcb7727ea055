using Registry.Engine.Formats.Manifests;
using Registry.Engine.Model;

namespace Registry.Engine.Workspace;

/// <summary>A manifest of a project: the root's, or a member's.</summary>
/// <param name="File">Relative to the project root, with `/`, for example `tools/cairn.toml`.</param>
/// <param name="Folder">Relative to the project root; `.` is the root itself.</param>
/// <param name="Document">As it stands on the disk.</param>
/// <param name="Manifest">With what it inherits from the workspace filled in.</param>
/// <param name="Bytes">Of the file, to notice edits by others.</param>
public sealed record ProjectManifest(string File, string Folder, ManifestDocument Document, Manifest Manifest, byte[] Bytes);
