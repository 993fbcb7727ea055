using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <summary>A fact about work under way as JSON: a line of `--progress json`.</summary>
public sealed record ProgressReport(ProgressEvent Event) : IReport
{
    public string Kind => "progress";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("event"u8, JsonNamingPolicy.KebabCaseLower.ConvertName(Event.GetType().Name));
        switch (Event)
        {
            case ProgressEvent.ResolutionStarted(var direct):
                json.WriteNumber("direct_dependencies"u8, direct);
                break;
            case ProgressEvent.MetadataAdvanced(var received, var waiting):
                json.WriteNumber("received"u8, received);
                json.WriteNumber("waiting"u8, waiting);
                break;
            case ProgressEvent.ResolutionEnded(var packages, var elapsed):
                json.WriteNumber("packages"u8, packages);
                json.WriteNumber("milliseconds"u8, (long)elapsed.TotalMilliseconds);
                break;
            case ProgressEvent.ApplyStarted(var fetch, var bytes, var install):
                json.WriteNumber("fetch"u8, fetch);
                json.WriteNumber("fetch_bytes"u8, bytes);
                json.WriteNumber("install"u8, install);
                break;
            case ProgressEvent.DownloadAdvanced(var package, var received, var total):
                WritePackage(json, package);
                json.WriteNumber("received"u8, received);
                json.WriteNumber("total"u8, total);
                break;
            case ProgressEvent.DownloadEnded(var package):
                WritePackage(json, package);
                break;
            case ProgressEvent.PackageInstalled(var package):
                WritePackage(json, package);
                break;
            case ProgressEvent.PackageRemoved(var package):
                WritePackage(json, package);
                break;
            case ProgressEvent.StepAdvanced(var what, var done, var total):
                json.WriteString("what"u8, what);
                json.WriteNumber("done"u8, done);
                json.WriteNumber("total"u8, total);
                break;
            case ProgressEvent.RegistryAnswered(var registry, var what, var answer, var elapsed):
                json.WriteString("registry"u8, registry);
                json.WriteString("what"u8, what);
                json.WriteString("answer"u8, answer);
                json.WriteNumber("milliseconds"u8, (long)elapsed.TotalMilliseconds);
                break;
            case ProgressEvent.Noticed(var problem):
                json.WriteStartObject("problem"u8);
                new ProblemReport(problem).WriteTo(json);
                json.WriteEndObject();
                break;
        }
    }

    private static void WritePackage(Utf8JsonWriter json, PackageId package)
    {
        json.WriteString("name"u8, package.Name.Value);
        json.WriteString("version"u8, package.Version.ToString());
    }
}
