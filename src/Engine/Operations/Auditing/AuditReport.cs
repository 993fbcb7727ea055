using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Feeds;
using Registry.Engine.Model;
using Registry.Engine.Model.Advisories;
using Registry.Engine.Problems;
using Registry.Engine.Security;

namespace Registry.Engine.Operations;

/// <summary>A source of advisories that was asked.</summary>
/// <param name="Age">Since when nothing new could have come to us.</param>
public sealed record AuditSource(AdvisorySource Source, TimeSpan Age);

/// <summary>A package whose licence is not what the project allows.</summary>
/// <param name="License">As the package says it; null when it says none.</param>
/// <param name="What">What is wrong, in words; lower-case start, no full stop.</param>
public sealed record LicenseFinding(PackageId Package, string? License, string What);

/// <summary>What is to be known of the packages that a project has locked.</summary>
/// <param name="Folder">The project root, absolute.</param>
public sealed record AuditReport(string Folder) : IReport
{
    /// <summary>Packages in the lockfile, without the project's own.</summary>
    public int Packages { get; init; }

    /// <summary>Those of them that advisories were asked about.</summary>
    public int Checked { get; init; }

    /// <summary>The gravest first. Also words about packages; see <see cref="AuditFinding.IsHarmful"/>.</summary>
    public ImmutableArray<AuditFinding> Findings { get; init; } = [];

    /// <summary>Findings that `audit.toml` accepts.</summary>
    public ImmutableArray<AuditFinding> Accepted { get; init; } = [];

    /// <summary>Advisories that were taken back; only when asked for.</summary>
    public ImmutableArray<AuditFinding> Withdrawn { get; init; } = [];

    public ImmutableArray<LicenseFinding> Licenses { get; init; } = [];

    public ImmutableArray<AuditRemark> Remarks { get; init; } = [];

    public ImmutableArray<AuditSource> Sources { get; init; } = [];

    /// <summary>Registries nothing is known of, old data, accepted risks that are over or match nothing.</summary>
    public ImmutableArray<Problem> Warnings { get; init; } = [];

    public string Kind => "audit";

    /// <summary>Whether anything is as grave as a level.</summary>
    public bool Fails(AuditLevel level) => level switch
    {
        AuditLevel.Never => false,
        AuditLevel.Notice => !Findings.IsEmpty || !Licenses.IsEmpty,
        AuditLevel.Any => Findings.Any(finding => finding.IsHarmful) || !Licenses.IsEmpty,
        _ => Findings.Any(finding => finding.IsHarmful && finding.Weight >= Threshold(level)),
    };

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("folder"u8, Folder);
        json.WriteNumber("packages"u8, Packages);
        json.WriteNumber("checked"u8, Checked);
        WriteFindings(json, "findings", Findings);
        WriteFindings(json, "accepted", Accepted);
        WriteFindings(json, "withdrawn", Withdrawn);
        json.WriteStartArray("licenses"u8);
        foreach (var license in Licenses)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, license.Package.Name.Value);
            json.WriteString("version"u8, license.Package.Version.ToString());
            json.WriteString("license"u8, license.License);
            json.WriteString("what"u8, license.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteRemarks(json);
        WriteSources(json);
        json.WriteProblems("warnings", Warnings);
    }

    private static Severity Threshold(AuditLevel level) => level switch
    {
        AuditLevel.Low => Severity.Low,
        AuditLevel.Medium => Severity.Medium,
        AuditLevel.High => Severity.High,
        _ => Severity.Critical,
    };

    private static void WriteFindings(Utf8JsonWriter json, string member, ImmutableArray<AuditFinding> findings)
    {
        json.WriteStartArray(member);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            AuditJson.WriteFinding(json, finding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteRemarks(Utf8JsonWriter json)
    {
        json.WriteStartArray("remarks"u8);
        foreach (var remark in Remarks)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, remark.Kind.ToString().ToLowerInvariant());
            json.WriteString("name"u8, remark.Package.Name.Value);
            json.WriteString("version"u8, remark.Package.Version.ToString());
            json.WriteString("text"u8, remark.Text);
            json.WriteString("newer"u8, remark.Newer?.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteSources(Utf8JsonWriter json)
    {
        json.WriteStartArray("sources"u8);
        foreach (var (source, age) in Sources)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, source.Name);
            json.WriteString("kind"u8, source.Kind == AdvisorySourceKind.Feed ? "feed" : "import");
            json.WriteNumber("records"u8, source.Records);
            json.WriteString("newest"u8, source.Newest is { } newest ? FeedJson.Time(newest) : null);
            json.WriteNumber("age_days"u8, (int)age.TotalDays);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
