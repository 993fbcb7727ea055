using System.Text.Json;

namespace Registry.Engine.Operations;

/// <summary>
/// What an operation plans or answers, able to print itself as JSON. The form is held to `docs/schemas/KIND.json` by a
/// test, because scripts read it: members are only ever added.
/// </summary>
public interface IReport
{
    /// <summary>Names the schema, for example `tree`.</summary>
    string Kind { get; }

    /// <summary>Writes the members of an object that the caller opens and closes.</summary>
    void WriteTo(Utf8JsonWriter json);
}
