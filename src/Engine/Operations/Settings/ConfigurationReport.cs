using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A setting, its value and where that comes from.</summary>
/// <param name="Origin">`default`, `file`, `environment` or `command line`.</param>
/// <param name="Place">The variable or the line of the file; empty for the default.</param>
/// <param name="Accepts">What values it takes, for people.</param>
public sealed record Setting(string Name, string Value, string Origin, string Place, string Meaning, string Accepts);

public sealed record ConfigurationReport(string File, ImmutableArray<Setting> Settings, ImmutableArray<Problem> Warnings) : IReport
{
    public string Kind => "config";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("file"u8, File);
        json.WriteStartArray("settings"u8);
        foreach (var setting in Settings)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, setting.Name);
            json.WriteString("value"u8, setting.Value);
            json.WriteString("origin"u8, setting.Origin);
            json.WriteString("place"u8, setting.Place);
            json.WriteString("meaning"u8, setting.Meaning);
            json.WriteString("accepts"u8, setting.Accepts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteProblems("warnings", Warnings);
    }
}

/// <summary>`cairn config list` and `get`.</summary>
/// <param name="name">Null for all settings.</param>
/// <param name="checkKeys">Says what is wrong with the keys of the screen.</param>
internal sealed class ReadConfiguration(RegistryClient client, string? name, Func<KeySettings, ImmutableArray<Problem>>? checkKeys) : Query<ConfigurationReport>
{
    protected override Task<ConfigurationReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var configuration = client.Configuration;
        var values = name is null ? configuration.Values : [configuration.Get(name)];
        return Task.FromResult(new ConfigurationReport(
            client.Settings.Folders.ConfigurationFile, [.. values.Select(Describe)],
            [.. configuration.Warnings, .. checkKeys?.Invoke(KeySettings.Of(configuration)) ?? []]));
    }

    private static Setting Describe(ConfigurationValue value) => new(
        value.Key.Name, value.Value, value.Origin == ConfigurationOrigin.CommandLine ? "command line" : value.Origin.ToString().ToLowerInvariant(),
        value.Place, value.Key.Meaning, value.Key.Type switch
        {
            ConfigurationType.Flag => "true or false",
            ConfigurationType.Choice => string.Join(", ", value.Key.Choices),
            ConfigurationType.Number => $"{value.Key.Range.Min} to {value.Key.Range.Max}",
            ConfigurationType.Folder => "an absolute folder",
            _ => "text",
        });
}

/// <summary>Every place on this machine that cairn uses.</summary>
/// <param name="Paths">What it is for, and the absolute path, which need not exist.</param>
public sealed record PathsReport(ImmutableArray<(string What, string Path)> Paths) : IReport
{
    public string Kind => "paths";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("paths"u8);
        foreach (var (what, path) in Paths)
        {
            json.WriteString(what, path);
        }

        json.WriteEndObject();
    }
}

/// <summary>`cairn config paths`.</summary>
/// <param name="folder">Absolute; the project in it or above it is included.</param>
internal sealed class ReadPaths(RegistryClient client, string folder) : Query<PathsReport>
{
    protected override Task<PathsReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var folders = client.Settings.Folders;
        var paths = ImmutableArray.CreateBuilder<(string, string)>();
        paths.Add(("configuration", folders.ConfigurationFile));
        paths.Add(("registries", folders.RegistriesFile));
        paths.Add(("store", client.Store.Folder));
        paths.Add(("cache", folders.Cache));
        paths.Add(("reports", client.Settings.ReportFolder));
        if (ProjectFinder.RootOf(folder) is { } root)
        {
            var project = Project.Find(root);
            paths.Add(("manifest", Path.Combine(root, project.RootManifest.File)));
            paths.Add(("lockfile", Path.Combine(root, Project.LockfileName)));
            paths.Add(("packages", project.InstallFolder));
            paths.Add(("state", project.State.Path));
        }

        return Task.FromResult(new PathsReport(paths.ToImmutable()));
    }
}
