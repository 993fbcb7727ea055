using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Formats.Archives;

/// <summary>Builds the problem for a refused archive, with the reason's word where people and scripts find it.</summary>
internal static class Refusal
{
    private const int EntryShownMax = 120;

    public static ProblemException Raise(this ArchiveReason reason, string what, string? entry = null, long bytesRead = 0, Exception? cause = null)
    {
        var about = entry is null ? "" : $" at `{Printable.Clip(entry, EntryShownMax)}`";
        return new Problem(
            reason.Code(), $"the archive {what}{about} ({reason.Word()})", Hint(reason.Code()),
            Detail: new ArchiveDetail(reason, entry, bytesRead)).Raise(cause);
    }

    private static string Hint(ProblemCode code) => code == ProblemCode.ArchiveCorrupt
        ? "try again; when it stays so, tell whoever published it"
        : "do not use it; tell whoever published it";
}
