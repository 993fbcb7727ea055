using System.Collections.Immutable;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;
using Registry.Engine.Security;
using Registry.Engine.Workspace;

namespace Registry.Engine.Operations;

/// <summary>A project's `audit.toml`, beside its root manifest.</summary>
internal static class AuditFile
{
    public const string Name = AuditDocument.FileName;

    private const int BytesMax = 4 * AuditDocument.LengthMax;

    /// <summary>Empty when there is no file.</summary>
    /// <exception cref="Problems.ProblemException">AuditFileInvalid, TomlInvalid, FileUnavailable.</exception>
    public static AuditDocument Read(string root) => Bytes(root) is { } bytes ? Parse(bytes) : AuditDocument.Empty(Name);

    /// <summary>The file as edits leave it; none when they leave it alone.</summary>
    public static IEnumerable<PreparedFile> Edited(string root, ImmutableArray<ProjectEdit> edits)
    {
        if (!edits.Any(edit => edit is ProjectEdit.AcceptRisk))
        {
            yield break;
        }

        var old = Bytes(root);
        var document = old is null ? AuditDocument.Empty(Name) : Parse(old);
        foreach (var edit in edits.OfType<ProjectEdit.AcceptRisk>())
        {
            // What was accepted before, perhaps until a day that has passed, gives way.
            document = document.Without(edit.Id, edit.Package).With(RiskOf(edit));
        }

        yield return new(Name, old, Encoding.UTF8.GetBytes(document.Text));
    }

    public static AcceptedRisk RiskOf(ProjectEdit.AcceptRisk edit) => new(edit.Id, edit.Reason, edit.Until, edit.Package);

    private static AuditDocument Parse(byte[] bytes) => AuditDocument.Parse(Encoding.UTF8.GetString(bytes), Name);

    private static byte[]? Bytes(string root)
    {
        var path = Path.Combine(root, Name);
        if (Directory.Exists(path))
        {
            throw new Problem(
                ProblemCode.FileUnavailable, $"`{Name}` is a folder, so nobody can say which risks are accepted", $"move it away: `mv {Name} {Name}.old`").Raise();
        }

        try
        {
            return File.Exists(path) ? ProjectReader.ReadBounded(path, BytesMax) : null;
        }
        catch (ProblemException e) when (e.Problem.Code == ProblemCode.FileUnavailable && new FileInfo(path).LinkTarget is { } target)
        {
            throw new Problem(
                ProblemCode.FileUnavailable, $"`{Name}` is a link to `{Printable.Clip(target, 200)}`, where no file can be read", $"put the file itself in its place, or take the link away: `rm {Name}`").Raise(e);
        }
    }
}
