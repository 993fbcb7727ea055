namespace Registry.Engine.Model;

/// <summary>
/// One dependency among those of a manifest. A reference, because dictionaries over it then need no code of their own at start
/// (docs/decisions/0002).
/// </summary>
public sealed record DependencyKey(DependencyGroup Group, string LocalName);
