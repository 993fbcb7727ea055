using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>The sample projects in the program.</summary>
public enum DemoProject
{
    /// <summary>Everything is up to date.</summary>
    Tidelog,

    /// <summary>Locked long ago: there are updates and a yanked release.</summary>
    Outdated,

    /// <summary>Cannot be resolved, and has repairs that work.</summary>
    Conflict,
}

/// <param name="Folder">Absolute; null for one in the user's cache, made anew each time.</param>
public sealed record DemoRequest(DemoProject Project, string? Folder);

/// <param name="Folder">Of the project, absolute.</param>
public sealed record DemoReport(string Project, string Folder, string Feed) : IReport
{
    public string Kind => "demo";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("project"u8, Project);
        json.WriteString("folder"u8, Folder);
        json.WriteString("feed"u8, Feed);
    }
}

/// <summary>`cairn demo`: writes a sample project and its feed, which the program carries, into a folder.</summary>
internal sealed class Demo(RegistryClient client, DemoRequest request) : Change<DemoReport, DemoReport>
{
    private const string Prefix = "samples/";

    private bool IsScratch => request.Folder is null;

    public override Task<DemoReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        var root = request.Folder ?? Path.Combine(client.Settings.Folders.Cache, "demo");
        if (!IsScratch && Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            throw new Problem(ProblemCode.ManifestExists, $"`{root}` is not empty", "name a folder that is new, or leave it out").Raise();
        }

        var name = request.Project.ToString().ToLowerInvariant();
        return Task.FromResult(new DemoReport(name, Path.Combine(root, name), Path.Combine(root, "feed")));
    }

    public override Task<DemoReport> ApplyAsync(DemoReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var root = Path.GetDirectoryName(plan.Folder)!;
            if (IsScratch)
            {
                FolderRemoval.Delete(root);
            }

            foreach (var name in Resources().Where(name => name.StartsWith($"{Prefix}feed/", StringComparison.Ordinal) || name.StartsWith($"{Prefix}{plan.Project}/", StringComparison.Ordinal)))
            {
                cancellation.ThrowIfCancellationRequested();
                Write(name, Path.Combine(root, name[Prefix.Length..]));
            }

            return plan;
        },
        cancellation);

    private static ImmutableArray<string> Resources() => [.. typeof(Demo).Assembly.GetManifestResourceNames()];

    private static void Write(string resource, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var content = typeof(Demo).Assembly.GetManifestResourceStream(resource)!;
        using var target = new FileStream(file, FileMode.Create, FileAccess.Write);
        content.CopyTo(target);
        if (!OperatingSystem.IsWindows() && file.EndsWith(".sh", StringComparison.Ordinal))
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute);
        }
    }
}
