namespace Registry.Engine.Store;

/// <summary>One tree and where it goes. The folder must not exist; its parents are made.</summary>
public readonly record struct LinkTarget(StoredTree Tree, string Folder);
