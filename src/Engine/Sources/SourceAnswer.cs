using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Sources;

/// <summary>What a key came to. What stops everything (no network, a damaged feed) is thrown instead.</summary>
/// <param name="Package">Null when no source has it; a resolution may do without.</param>
/// <param name="Missing">Why there is none; null when there is one.</param>
public sealed record SourceAnswer(PackageKey Key, SuppliedPackage? Package, Problem? Missing);
