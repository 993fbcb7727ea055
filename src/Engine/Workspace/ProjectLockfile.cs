namespace Registry.Engine.Workspace;

/// <summary>The lockfile as bytes; reading them is for those who need to know what is in it.</summary>
/// <param name="File">The file it was read from, relative to the root: `cairn.lock`, or a `gal.lock` that is not replaced.</param>
/// <param name="Bytes">Null when there is none.</param>
public sealed record ProjectLockfile(string File, byte[]? Bytes);
