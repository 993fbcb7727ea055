using System.Collections.Immutable;
using System.Text.Json;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Foreign;

/// <summary>
/// Reads npm's package.json as a manifest. The file is hostile: bounded, and every value that is not of the expected kind
/// is remarked on and left out, never believed.
/// </summary>
public static class PackageJson
{
    /// <summary>Largest file read, in bytes.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    private const int DepthMax = 64;

    /// <summary>What only node and tools read; it stays in package.json, which goes into the archive as it is.</summary>
    private static readonly ImmutableHashSet<string> ReadByNode = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "main", "module", "browser", "exports", "imports", "type", "types", "typings", "typesVersions", "sideEffects", "man",
        "directories", "config", "bugs", "funding", "packageManager", "publishConfig", "readme", "readmeFilename", "gitHead",
        "unpkg", "jsdelivr", "maintainers", "dist", "preferGlobal", "testling", "browserslist", "jest", "nyc", "tap", "babel",
        "eslintConfig", "prettier", "standard", "xo", "ava", "husky", "lint-staged", "mocha", "tsd", "auto-changelog");

    /// <param name="file">The name for messages.</param>
    /// <param name="fallbackName">The package's name when the file has none, as an application's often does not.</param>
    /// <exception cref="ProblemException">MigrationSourceInvalid: no JSON object, or too large.</exception>
    public static ForeignManifest Read(ReadOnlyMemory<byte> utf8, string file, PackageName fallbackName)
    {
        using var document = Parse(utf8, file);
        return new Reading(JsonMembers.Of(document.RootElement), fallbackName).Read();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string file)
    {
        if (utf8.Length > BytesMax)
        {
            throw Invalid(file, $"`{file}` is larger than {BytesMax / 1024 / 1024} MiB", null).Raise();
        }

        try
        {
            var text = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
            var document = JsonDocument.Parse(text, new() { MaxDepth = DepthMax });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw Invalid(file, $"`{file}` is not a JSON object", new(file, 1, 1)).Raise();
        }
        catch (JsonException e)
        {
            var place = new TextPlace(file, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw Invalid(file, $"`{file}` is not JSON", place).Raise(e);
        }
    }

    private static Problem Invalid(string file, string message, TextPlace? place) => new(
        ProblemCode.MigrationSourceInvalid, message, $"give the package.json of an npm package; is `{file}` complete?", place);

    /// <summary>One reading: the members of the file, and what becomes of them.</summary>
    private sealed class Reading(JsonMembers root, PackageName fallbackName)
    {
        private readonly ForeignRemarks _remarks = new();

        public ForeignManifest Read()
        {
            var metadata = new PackageJsonMetadata(root, _remarks).Read(fallbackName);
            var dependencies = new PackageJsonDependencies(root, _remarks);
            var manifest = new Manifest
            {
                Package = metadata,
                Dependencies = dependencies.Read(),
                Workspace = Workspace(),
                Resolution = ResolutionTable.Default with { Overrides = dependencies.ReadOverrides() },
            };
            var scripts = Scripts();
            RemarkOnTheRest();
            manifest = new ForeignFit(_remarks).Fit(manifest);
            return new(manifest, scripts, _remarks.ToImmutable());
        }

        private WorkspaceTable? Workspace()
        {
            // An array, or yarn's { "packages": [...], "nohoist": [...] }.
            var globs = root.Texts("workspaces");
            globs = globs.IsEmpty && root.Object("workspaces") is { } table ? table.Texts("packages") : globs;
            return globs.IsEmpty
                ? null
                : new(
                    [.. globs.Where(glob => !glob.StartsWith('!')).Select(Folder)],
                    [.. globs.Where(glob => glob.StartsWith('!')).Select(glob => Folder(glob[1..]))], []);
        }

        private static string Folder(string glob) => glob.StartsWith("./", StringComparison.Ordinal) ? glob[2..].TrimEnd('/') : glob.TrimEnd('/');

        private ImmutableSortedDictionary<string, string> Scripts()
        {
            var scripts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in root.Object("scripts")?.All ?? [])
            {
                if (value.ValueKind != JsonValueKind.String)
                {
                    _remarks.LeftOut($"scripts.{name}", "it is not a text");
                    continue;
                }

                scripts[name] = value.GetString()!;
                if (name is "preinstall" or "install" or "postinstall" or "prepare")
                {
                    _remarks.Changed($"scripts.{name}", "kept as data: cairn runs no scripts of packages");
                }
            }

            return scripts.ToImmutable();
        }

        private void RemarkOnTheRest()
        {
            foreach (var name in new[] { "bin", "bundledDependencies", "bundleDependencies", "os", "cpu", "libc", "devEngines", "flat" })
            {
                if (root.Has(name))
                {
                    _remarks.LeftOut(name, name switch
                    {
                        "bin" => "cairn links no commands; the files are in the package",
                        "bundledDependencies" or "bundleDependencies" => "what is bundled is in the package's own files",
                        "os" or "cpu" or "libc" => "packages are not tied to a platform here",
                        _ => "it has no counterpart",
                    });
                }
            }

            var unknown = root.All.Select(member => member.Name)
                .Where(name => !JsonMembers.Known.Contains(name) && !ReadByNode.Contains(name) && !name.StartsWith('_') && !name.StartsWith('@'))
                .Take(50).ToArray();
            foreach (var name in unknown)
            {
                _remarks.LeftOut(name, "cairn does not know it; it stays in package.json");
            }
        }
    }
}
