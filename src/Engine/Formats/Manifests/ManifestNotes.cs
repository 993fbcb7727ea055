using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Manifests;

/// <summary>What is to be said about a document while it is read: warnings collected, errors thrown, all with their place.</summary>
/// <param name="code">Of the kind of document; the warnings have it too.</param>
internal sealed class ManifestNotes(TomlDocument document, ProblemCode code = ProblemCode.ManifestInvalid)
{
    private const int WarningsMax = 50;

    private readonly ImmutableArray<Problem>.Builder _warnings = ImmutableArray.CreateBuilder<Problem>();

    public ImmutableArray<Problem> Warnings => _warnings.ToImmutable();

    public TextPlace PlaceOf(TomlSpan span) => document.PlaceOf(span);

    /// <summary>Adds a warning; beyond the bound they are dropped, since finding the places of thousands would take long.</summary>
    public void Warn(TomlSpan span, string message, Func<string?> hint)
    {
        if (_warnings.Count < WarningsMax)
        {
            _warnings.Add(new(code, message, hint(), PlaceOf(span)));
        }
    }

    public ProblemException Error(TomlSpan span, string message, string hint, ProblemCode? other = null) =>
        new Problem(other ?? code, message, hint, PlaceOf(span)).Raise();
}
