using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Operations.Packing;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>Works, and should be looked at.</summary>
    Warning,

    /// <summary>Stops an install or a publication.</summary>
    Error,
}

/// <summary>Something that a check found.</summary>
/// <param name="Topic">`manifest`, `lockfile`, `files` or `publish`.</param>
public sealed record Finding(FindingSeverity Severity, string Topic, Problem Problem);

public sealed record CheckReport(string Folder, ImmutableArray<Finding> Findings) : IReport
{
    public string Kind => "check";

    public bool IsClean => !Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("folder"u8, Folder);
        json.WriteBoolean("clean"u8, IsClean);
        json.WriteStartArray("findings"u8);
        foreach (var finding in Findings)
        {
            json.WriteStartObject();
            json.WriteString("severity"u8, finding.Severity.ToString().ToLowerInvariant());
            json.WriteString("topic"u8, finding.Topic);
            json.WriteString("code"u8, finding.Problem.Code.Slug());
            json.WriteString("message"u8, finding.Problem.Message);
            json.WriteString("hint"u8, finding.Problem.Hint);
            json.WriteString("place"u8, finding.Problem.Place?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn check`: everything that can be said of a project without the network.</summary>
/// <param name="folder">Absolute; the project is in it or above it.</param>
internal sealed class Check(RegistryClient client, string folder) : Query<CheckReport>
{
    private readonly List<Finding> _findings = [];

    protected override Task<CheckReport> ReadAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var project = OpenedProject.Open(folder, client.Disk);
            foreach (var manifest in project.Manifests)
            {
                _findings.AddRange(manifest.Document.Warnings.Select(warning => new Finding(FindingSeverity.Warning, "manifest", warning)));
                CheckManifest(manifest);
            }

            CheckLockfile(project);
            CheckFiles(project, cancellation);
            return new CheckReport(project.Root, [.. _findings.OrderByDescending(finding => finding.Severity)]);
        },
        cancellation);

    private void CheckManifest(ProjectManifest manifest)
    {
        foreach (var dependency in manifest.Manifest.Dependencies)
        {
            var place = manifest.Manifest.Places.GetValueOrDefault(new(dependency.Group, dependency.LocalName));
            var isPublished = manifest.Manifest.Package is { IsPrivate: false } && dependency.Group != DependencyGroup.Dev;
            if (dependency.Origin is DependencyOrigin.Feed && dependency.Constraint.Versions.IsAll)
            {
                Find(FindingSeverity.Warning, "manifest", ProblemCode.ConstraintInvalid, $"`{dependency.LocalName}` accepts any version, also ones that break it", $"give it a range: `cairn add {dependency.Name}@^1.0`", place);
            }

            if (isPublished && dependency.Origin is DependencyOrigin.Git)
            {
                Find(FindingSeverity.Note, "publish", ProblemCode.ManifestInvalid, $"`{dependency.LocalName}` comes from git, so the package cannot be published", "publish it and depend on a version of it", place);
            }

            if (isPublished && dependency.Origin is DependencyOrigin.Path && dependency.Constraint.Versions.IsAll)
            {
                Find(FindingSeverity.Note, "publish", ProblemCode.ManifestInvalid, $"`{dependency.LocalName}` is a folder without a version, so the package cannot be published", "write the version beside the path", place);
            }
        }
    }

    private void CheckLockfile(Project project)
    {
        try
        {
            if (LockedProject.ReadLockfile(project) is not { } lockfile)
            {
                Find(FindingSeverity.Warning, "lockfile", ProblemCode.LockfileMissing, "there is no lockfile", "run `cairn install` and commit cairn.lock", null);
                return;
            }

            foreach (var reason in new LockPlanning(project, project.Manifests, client.Settings.Clock) { Registries = client.RegistryNames(project) }.Mismatches(lockfile))
            {
                Find(FindingSeverity.Error, "lockfile", ProblemCode.LockfileOutOfDate, $"the lockfile is out of date: {reason}", "run `cairn install` and commit cairn.lock", null);
            }
        }
        catch (ProblemException e)
        {
            _findings.Add(new(FindingSeverity.Error, "lockfile", e.Problem));
        }
    }

    private void CheckFiles(Project project, CancellationToken cancellation)
    {
        foreach (var package in project.Manifests.Select(manifest => manifest.Manifest.Package).OfType<PackageMetadata>().Where(package => !package.IsPrivate))
        {
            if (package.Description is null)
            {
                Find(FindingSeverity.Note, "publish", ProblemCode.ManifestInvalid, $"`{package.Name}` has no description, so searches show none", "add `description` to [package]", null);
            }

            if (package.License is null)
            {
                Find(FindingSeverity.Note, "publish", ProblemCode.ManifestInvalid, $"`{package.Name}` names no licence, so nobody may use it", "add `license` to [package], for example \"MIT\"", null);
            }

            try
            {
                PackedPackage.Of(client, project.Root, package.Name, cancellation);
            }
            catch (ProblemException e)
            {
                _findings.Add(new(FindingSeverity.Error, "files", e.Problem));
            }
        }
    }

    private void Find(FindingSeverity severity, string topic, ProblemCode code, string message, string hint, TextPlace? place) =>
        _findings.Add(new(severity, topic, new(code, message, hint, place)));
}
