using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;

namespace Registry.Engine.Formats.Manifests;

/// <summary>A dependency and where it stands; a reference, so that lists of it need no code of their own at start.</summary>
internal sealed record PlacedDependency(Dependency Dependency, TomlSpan Place);
