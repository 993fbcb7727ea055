using Registry.Engine.Formats.Foreign;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A package manager whose manifests can be carried over.</summary>
public enum ForeignKind
{
    Cargo,
    Npm,
}

/// <summary>Finds and reads manifests of other package managers.</summary>
internal static class ForeignSource
{
    private const int ParentsMax = 16;

    public static string FileName(ForeignKind kind) => kind == ForeignKind.Cargo ? "Cargo.toml" : "package.json";

    /// <param name="file">Absolute.</param>
    public static ForeignManifest Read(ForeignKind kind, string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var bytes = ReadFile(file, kind == ForeignKind.Cargo ? CargoToml.BytesMax : PackageJson.BytesMax);
        return kind == ForeignKind.Cargo
            ? CargoToml.Read(bytes, Path.GetFileName(file), CargoWorkspaceOf(folder))
            : NpmMembers.Resolve(PackageJson.Read(bytes, Path.GetFileName(file), NameOf(folder)), folder);
    }

    internal static byte[] ReadFile(string file, int bytesMax)
    {
        if (!File.Exists(file))
        {
            throw new Problem(
                ProblemCode.MigrationSourceInvalid, $"there is no `{Path.GetFileName(file)}` in `{Path.GetDirectoryName(file)}`",
                "run it in the folder of the package, or name that with --directory").Raise();
        }

        return ProjectReader.ReadBounded(file, bytesMax);
    }

    private static CargoWorkspace? CargoWorkspaceOf(string folder)
    {
        var up = "..";
        var at = Path.GetDirectoryName(folder);
        for (var i = 0; at is not null && i < ParentsMax; i++, at = Path.GetDirectoryName(at), up += "/..")
        {
            var file = Path.Combine(at, "Cargo.toml");
            if (File.Exists(file) && ReadFile(file, CargoToml.BytesMax) is var bytes && bytes.AsSpan().IndexOf("[workspace"u8) >= 0)
            {
                return new(bytes, file, up);
            }
        }

        return null;
    }

    private static PackageName NameOf(string folder)
    {
        var name = string.Concat(Path.GetFileName(folder).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        return PackageName.TryParse(name, out var parsed) ? parsed : PackageName.Parse("my-package");
    }
}
