using System.Text.Json;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>How a file of the user's configuration will change, or has changed.</summary>
public sealed record UserFileReport(string File, TextDifference Difference) : IReport
{
    public string Kind => "user-file";

    internal Action Save { get; init; } = static () => { };

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("file"u8, File);
        json.WriteBoolean("changed"u8, !Difference.IsEmpty);
        json.WriteStartArray("difference"u8);
        Difference.WriteTo(json);
        json.WriteEndArray();
    }
}

/// <summary>A change of one file of the user's configuration: `cairn config set`, `cairn registry add`.</summary>
internal sealed class UserFileChange(Func<UserFileReport> plan) : Change<UserFileReport, UserFileReport>
{
    public override Task<UserFileReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.FromResult(plan());

    public override Task<UserFileReport> ApplyAsync(UserFileReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        if (!plan.Difference.IsEmpty)
        {
            plan.Save();
        }

        return Task.FromResult(plan);
    }
}
