using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;

namespace Registry.Engine.Operations;

/// <summary>A package that must be downloaded first.</summary>
/// <param name="Size">Compressed bytes; null when only a download will tell.</param>
public sealed record PackageFetch(PackageId Package, PackageSource Source, long? Size);

/// <summary>
/// What a change will do to a project: made by reading only, shown to the user, then applied exactly or not at all.
/// </summary>
public sealed record ChangePlan : IReport
{
    /// <summary>The project root, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>The command that would make the same plan, for example `cairn add log@^1.2 --dev`.</summary>
    public required string Command { get; init; }

    /// <summary>The manifests that change, and how.</summary>
    public ImmutableArray<TextDifference> Manifests { get; init; } = [];

    public LockDifference Lock { get; init; } = new([]);

    /// <summary>Whether the bytes of the lockfile change, which they can without a difference in packages.</summary>
    public bool ChangesLockfile { get; init; }

    public ImmutableArray<PackageFetch> ToFetch { get; init; } = [];

    /// <summary>Packages whose folders are made or replaced.</summary>
    public ImmutableArray<PackageId> ToInstall { get; init; } = [];

    /// <summary>Packages whose folders go.</summary>
    public ImmutableArray<PackageId> ToRemove { get; init; } = [];

    /// <summary>How many packages the install directory holds afterwards.</summary>
    public int PackagesInstalled { get; init; }

    /// <summary>Things worth knowing that do not stop the change, a yanked version in the lockfile for example.</summary>
    public ImmutableArray<Problem> Warnings { get; init; } = [];

    /// <summary>Known flaws that come and go with the packages; null where nobody asked (<see cref="RegistryClient.PlanAdvisories"/>).</summary>
    public AdvisoryShift? Advisories { get; init; }

    /// <summary>How long the packages were solved for; null when the lockfile still held.</summary>
    public TimeSpan? Solving { get; init; }

    /// <summary>Nothing would change: applying does nothing.</summary>
    public bool IsEmpty => Manifests.IsEmpty && !ChangesLockfile && !ChangesInstallation;

    /// <summary>Whether the install directory would change.</summary>
    public bool ChangesInstallation { get; init; }

    /// <summary>The lockfile as it will be.</summary>
    public required Lockfile Lockfile { get; init; }

    /// <summary>What applying needs and a reader does not.</summary>
    internal PreparedChange? Prepared { get; init; }

    public string Kind => "plan";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("folder", Folder);
        json.WriteString("command", Command);
        json.WriteBoolean("empty", IsEmpty);
        json.WriteStartArray("manifests");
        foreach (var manifest in Manifests)
        {
            manifest.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteBoolean("changes_lockfile", ChangesLockfile);
        json.WriteChanges("lock", Lock);
        json.WriteStartArray("fetch");
        foreach (var fetch in ToFetch)
        {
            json.WriteStartObject();
            json.WriteString("name", fetch.Package.Name.Value);
            json.WriteString("version", fetch.Package.Version.ToString());
            json.WriteString("source", fetch.Source.ToString());
            json.WriteOptional("bytes", fetch.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePackages("install", ToInstall);
        json.WritePackages("remove", ToRemove);
        json.WriteNumber("packages", PackagesInstalled);
        json.WriteProblems("warnings", Warnings);
        Advisories?.WriteTo(json, "advisories");
    }
}
