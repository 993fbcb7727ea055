using System.Collections.Immutable;
using Registry.Engine.Formats.Toml;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Foreign;

/// <summary>
/// Reads Cargo.toml as a manifest: every dependency table, also under `[target]`, renames, features, and what a member
/// takes from its workspace. The file is hostile: bounded, and what is of the wrong kind is remarked on and left out.
/// </summary>
public static class CargoToml
{
    /// <summary>Largest file read, in bytes.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <param name="file">The name for messages.</param>
    /// <param name="workspace">The Cargo.toml of the workspace this is a member of, and its folder seen from here (`../..`); null for none.</param>
    /// <exception cref="ProblemException">MigrationSourceInvalid: no TOML, too large, or neither a package nor a workspace.</exception>
    public static ForeignManifest Read(ReadOnlyMemory<byte> utf8, string file, CargoWorkspace? workspace = null)
    {
        var document = Parse(utf8.Span, file);
        var remarks = new ForeignRemarks();
        var shared = document.Find("workspace") is TomlTable own
            ? new CargoShared(own, ".")
            : workspace is { } found && Parse(found.Utf8.Span, found.File).Find("workspace") is TomlTable above
                ? new CargoShared(above, found.Folder)
                : CargoShared.None;
        var package = document.Find("package") as TomlTable ?? document.Find("project") as TomlTable;
        if (package is null && document.Find("workspace") is not TomlTable)
        {
            throw Invalid(file, $"`{file}` has neither [package] nor [workspace]", new(file, 1, 1)).Raise();
        }

        var dependencies = new CargoDependencies(document, shared, remarks);
        var manifest = new Manifest
        {
            Package = package is null ? null : new CargoMetadata(new(package), shared, remarks).Read(),
            Dependencies = dependencies.Read(),
            Features = dependencies.ReadFeatures(),
            Workspace = dependencies.ReadWorkspace(),
            Resolution = ResolutionTable.Default with
            {
                // Cargo always allows one version in each compatible range.
                Duplicates = DuplicatesPolicy.Compatible,
                Overrides = dependencies.ReadPatches(),
            },
        };
        RemarkOnTheRest(document, remarks);
        manifest = new ForeignFit(remarks).Fit(manifest);
        return new(manifest, ImmutableSortedDictionary<string, string>.Empty, remarks.ToImmutable());
    }

    private static TomlDocument Parse(ReadOnlySpan<byte> utf8, string file)
    {
        if (utf8.Length > BytesMax)
        {
            throw Invalid(file, $"`{file}` is larger than {BytesMax / 1024 / 1024} MiB", null).Raise();
        }

        try
        {
            return TomlDocument.Parse(utf8, file);
        }
        catch (ProblemException e)
        {
            throw Invalid(file, e.Problem.Message, e.Problem.Place).Raise(e);
        }
    }

    private static Problem Invalid(string file, string message, TextPlace? place) => new(
        ProblemCode.MigrationSourceInvalid, message, $"give the Cargo.toml of a Cargo package or workspace; is `{file}` one?", place);

    private static void RemarkOnTheRest(TomlDocument document, ForeignRemarks remarks)
    {
        foreach (var entry in document.Root.Entries)
        {
            var reason = entry.Key switch
            {
                "package" or "project" or "dependencies" or "dev-dependencies" or "dev_dependencies" or "build-dependencies"
                    or "build_dependencies" or "target" or "features" or "workspace" or "patch" => null,
                "lib" or "bin" or "example" or "test" or "bench" => "what is built is the compiler's business",
                "profile" => "build settings are the compiler's business",
                "badges" or "lints" or "cargo-features" or "metadata" => "it has no counterpart",
                "replace" => "cargo has replaced it by [patch]: write an override into [resolution]",
                _ => "cairn does not know it",
            };
            if (reason is not null)
            {
                remarks.LeftOut(entry.Key, reason);
            }
        }
    }
}

/// <summary>The workspace a Cargo package is a member of.</summary>
/// <param name="Folder">Of the workspace, seen from the member's folder.</param>
public sealed record CargoWorkspace(ReadOnlyMemory<byte> Utf8, string File, string Folder);
