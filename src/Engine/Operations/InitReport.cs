using System.Text.Json;

namespace Registry.Engine.Operations;

/// <summary>The manifest that will be made.</summary>
/// <param name="File">Absolute.</param>
public sealed record InitPlan(string File, string Name, string Text) : IReport
{
    public string Kind => "init-plan";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("file", File);
        json.WriteString("name", Name);
        json.WriteString("text", Text);
    }
}

/// <summary>The manifest that was made.</summary>
/// <param name="File">Absolute.</param>
public sealed record InitReport(string File, string Name) : IReport
{
    public string Kind => "init";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("file", File);
        json.WriteString("name", Name);
    }
}
