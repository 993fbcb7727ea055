using Registry.Engine.Store;
using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Operations.Packing;
using Registry.Engine.Progress;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; the package is in it or above it.</param>
/// <param name="Output">Folder for the archive, absolute.</param>
public sealed record PackRequest(string Folder, string Output)
{
    /// <summary>A member of the workspace; null for the one <paramref name="Folder"/> is in.</summary>
    public PackageName? Member { get; init; }
}

/// <summary>A file or folder of the package's folder.</summary>
/// <param name="IsIn">Whether it is in the archive.</param>
/// <param name="Reason">Why it is in or not, in a word: `in`, `included`, `ignored`.</param>
/// <param name="Because">The rule that decided; null when there was none.</param>
public sealed record PackedFile(string Path, long Size, bool IsIn, string Reason, string? Because);

/// <summary>An archive that will be, or was, written.</summary>
/// <param name="File">Absolute.</param>
public sealed record PackReport(
    PackageId Package, string File, ArchiveReference Archive, long Unpacked, ImmutableArray<PackedFile> Files) : IReport
{
    public string Kind => "pack";

    internal ReadOnlyMemory<byte> Bytes { get; init; }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("name"u8, Package.Name.Value);
        json.WriteString("version"u8, Package.Version.ToString());
        json.WriteString("file"u8, File);
        json.WriteString("checksum"u8, Archive.Hash.ToString());
        json.WriteString("tree"u8, Archive.Tree?.ToString());
        json.WriteNumber("bytes"u8, Archive.Size);
        json.WriteNumber("unpacked_bytes"u8, Unpacked);
        json.WriteStartArray("files"u8);
        foreach (var file in Files)
        {
            json.WriteStartObject();
            json.WriteString("path"u8, file.Path);
            json.WriteNumber("bytes"u8, file.Size);
            json.WriteBoolean("in"u8, file.IsIn);
            json.WriteString("reason"u8, file.Reason);
            json.WriteString("because"u8, file.Because);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn pack`: the archive that would be published, as a file. The plan is the report, with nothing written yet.</summary>
internal sealed class Pack(RegistryClient client, PackRequest request) : Change<PackReport, PackReport>
{
    public override Task<PackReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var packed = PackedPackage.Of(client, request.Folder, request.Member, cancellation);
            return Report(packed, Path.Combine(request.Output, packed.FileName));
        },
        cancellation);

    public override Task<PackReport> ApplyAsync(PackReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(request.Output);
        AtomicFile.Write(plan.File, plan.Bytes.Span, Durability.Synced);
        return Task.FromResult(plan);
    }

    internal static PackReport Report(PackedPackage packed, string file) => new(
        packed.Id, file, packed.Archive.Reference, packed.Archive.Unpacked, [.. packed.Files.Select(entry => new PackedFile(
            entry.Path, entry.Size, entry.IsIn, JsonNamingPolicy.KebabCaseLower.ConvertName(entry.Verdict.ToString()), entry.Because))])
    {
        Bytes = packed.Bytes,
    };
}
