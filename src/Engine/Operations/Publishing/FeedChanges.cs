using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Formats.Archives;
using Registry.Engine.Model;
using Registry.Engine.Operations.Packing;
using Registry.Engine.Problems;
using Registry.Engine.Progress;
using Registry.Engine.Sources.Writing;
using Registry.Engine.Store;

namespace Registry.Engine.Operations;

/// <param name="Folder">Absolute; made when it is not there.</param>
/// <param name="Id">What the feed calls itself (`packages.example.org/main`); null for the folder's name.</param>
/// <param name="Name">For people; null for the id.</param>
public sealed record FeedInitRequest(string Folder, string? Id, string? Name)
{
    /// <summary>What advisories from elsewhere call the family of its packages, as `crates.io`; null for none.</summary>
    public string? Ecosystem { get; init; }
}

public sealed record FeedInitReport(string Folder, string Id, string Name) : IReport
{
    public string? Ecosystem { get; init; }

    public string Kind => "feed-init";

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("folder"u8, Folder);
        json.WriteString("id"u8, Id);
        json.WriteString("name"u8, Name);
        json.WriteString("ecosystem"u8, Ecosystem);
    }
}

/// <summary>`cairn feed init`.</summary>
internal sealed class FeedInit(RegistryClient client, FeedInitRequest request) : Change<FeedInitReport, FeedInitReport>
{
    public override Task<FeedInitReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        if (FeedFolder.IsFeed(request.Folder))
        {
            throw new Problem(ProblemCode.FeedExists, $"`{request.Folder}` is a feed already", "add to it with `cairn feed add`, or take another folder").Raise();
        }

        if (request.Ecosystem is { } ecosystem && !EcosystemName.IsValid(ecosystem))
        {
            throw EcosystemInvalid(ecosystem);
        }

        var id = request.Id ?? IdOf(request.Folder);
        return Task.FromResult(new FeedInitReport(request.Folder, id, request.Name ?? id) { Ecosystem = request.Ecosystem });
    }

    public override Task<FeedInitReport> ApplyAsync(FeedInitReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation)
    {
        FeedWriter.Create(plan.Folder, plan.Id, plan.Name, client.Settings.Clock, plan.Ecosystem);
        return Task.FromResult(plan);
    }

    internal static ProblemException EcosystemInvalid(string text) => new Problem(
        ProblemCode.UsageInvalid, $"`{Printable.Clip(text, 80)}` is not the name of an ecosystem", "write it as advisories do, for example crates.io").Raise();

    private static string IdOf(string folder)
    {
        var name = string.Concat(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)).Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));
        return name.Length == 0 ? "feed" : name;
    }
}

/// <param name="Feed">Absolute.</param>
/// <param name="Packages">Archives, or folders of packages to pack; absolute.</param>
public sealed record FeedAddRequest(string Feed, ImmutableArray<string> Packages)
{
    /// <summary>When they were published; null for now.</summary>
    public DateTimeOffset? Published { get; init; }
}

/// <param name="IsNew">False when the feed had the very same archive already.</param>
public sealed record AddedPackage(PackageId Package, ContentHash Archive, long Size, bool IsNew);

public sealed record FeedAddReport(string Feed, ImmutableArray<AddedPackage> Packages) : IReport
{
    public string Kind => "feed-add";

    internal ImmutableArray<ReadOnlyMemory<byte>> Archives { get; init; } = [];

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("feed"u8, Feed);
        json.WriteStartArray("packages"u8);
        foreach (var package in Packages)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, package.Package.Name.Value);
            json.WriteString("version"u8, package.Package.Version.ToString());
            json.WriteString("checksum"u8, package.Archive.ToString());
            json.WriteNumber("bytes"u8, package.Size);
            json.WriteBoolean("new"u8, package.IsNew);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>`cairn feed add`: all packages given, or none of them.</summary>
internal sealed class FeedAdd(RegistryClient client, FeedAddRequest request) : Change<FeedAddReport, FeedAddReport>
{
    public override Task<FeedAddReport> PlanAsync(IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            if (!FeedFolder.IsFeed(request.Feed))
            {
                throw new Problem(ProblemCode.FeedNotFound, $"`{request.Feed}` is not a feed", $"make it one: `cairn feed init {request.Feed}`").Raise();
            }

            var archives = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
            var packages = ImmutableArray.CreateBuilder<AddedPackage>();
            foreach (var path in request.Packages)
            {
                progress.Report(new ProgressEvent.StepAdvanced("reading packages", archives.Count, request.Packages.Length));
                var (bytes, package) = Read(path, cancellation);
                archives.Add(bytes);
                packages.Add(package);
            }

            return new FeedAddReport(request.Feed, packages.ToImmutable()) { Archives = archives.ToImmutable() };
        },
        cancellation);

    public override Task<FeedAddReport> ApplyAsync(FeedAddReport plan, IProgress<ProgressEvent> progress, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var writer = FeedWriter.Open(plan.Feed, FixedClock.At(request.Published, client.Settings.Clock));
            return plan with
            {
                Packages = [.. writer.Add(plan.Archives, cancellation).Select(added => new AddedPackage(added.Id, added.Archive, added.Size, added.IsNew))],
            };
        },
        cancellation);

    private (ReadOnlyMemory<byte> Bytes, AddedPackage Package) Read(string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            var packed = PackedPackage.Of(client, path, null, cancellation);
            return (packed.Bytes, new(packed.Id, packed.Archive.Reference.Hash, packed.Archive.Reference.Size, true));
        }

        var bytes = ReadArchive(path);
        var package = ArchivedManifest.Read(bytes, cancellation);
        return (bytes, new(new(package.Name, package.Version), ContentHash.Of(bytes), bytes.Length, true));
    }

    private static byte[] ReadArchive(string path)
    {
        try
        {
            return PlainFile.Read(path, checked((int)ArchiveRules.Publish.CompressedMax)) ?? throw new Problem(
                ProblemCode.ArchiveTooLarge, $"`{path}` is larger than {ArchiveRules.Publish.CompressedMax / 1024 / 1024} MiB", "leave files out with `exclude` of [package]").Raise();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Problem(ProblemCode.FileUnavailable, $"`{path}` cannot be read: {Printable.Of(e.Message)}", "give a folder with a manifest, or an archive made by `cairn pack`").Raise(e);
        }
    }
}
