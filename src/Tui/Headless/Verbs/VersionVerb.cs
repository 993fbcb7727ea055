using System.Runtime.InteropServices;
using System.Text.Json;
using Registry.Engine.Operations;

namespace Registry.Tui.Headless.Verbs;

internal static class VersionVerb
{
    public static Verb Row() => new("version", VerbGroup.Other, "print the version of cairn and what it runs on", RunAsync)
    {
        Examples =
        [
            new("cairn version", "prints the version, the runtime and the system"),
            new("cairn --version", "prints only the version"),
        ],
        Schema = "version",
    };

    private static Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var report = new VersionReport(
            ProgramVersion.Text, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier);
        return Task.FromResult(call.Session.Answer(report, printer =>
        {
            printer.Line($"cairn {report.Version}");
            printer.Line($"{report.Runtime} on {report.System}");
        }));
    }

    private sealed record VersionReport(string Version, string Runtime, string System) : IReport
    {
        public string Kind => "version";

        public void WriteTo(Utf8JsonWriter json)
        {
            json.WriteString("version"u8, Version);
            json.WriteString("runtime"u8, Runtime);
            json.WriteString("system"u8, System);
        }
    }
}
