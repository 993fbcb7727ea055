using System.Text;

namespace Registry.Engine.Formats.Lockfiles;

/// <summary>A lockfile that a merge left with conflict marks (`&lt;&lt;&lt;&lt;&lt;&lt;&lt;`, `=======`, `&gt;&gt;&gt;&gt;&gt;&gt;&gt;`).</summary>
public static class LockfileConflict
{
    private const string Start = "<<<<<<<";
    private const string Base = "|||||||";
    private const string Middle = "=======";
    private const string End = ">>>>>>>";

    /// <summary>The two lockfiles the merge came from, for a repair to start with; null when the marks do not pair up.</summary>
    public static (string Ours, string Theirs)? Split(string text)
    {
        var (ours, theirs) = (new StringBuilder(), new StringBuilder());
        var side = "";
        foreach (var line in text.Split('\n'))
        {
            if (MarkOf(line) is { } mark)
            {
                if (!MayFollow(side, mark))
                {
                    return null;
                }

                side = mark == End ? "" : mark;
                continue;
            }

            _ = side is "" or Start ? ours.Append(line).Append('\n') : ours;
            _ = side is "" or Middle ? theirs.Append(line).Append('\n') : theirs;
        }

        return side.Length == 0 ? (ours.ToString(), theirs.ToString()) : null;
    }

    /// <summary>Where the first mark is; -1 when there is none.</summary>
    internal static int FindMarker(string text) =>
        text.StartsWith(Start, StringComparison.Ordinal) ? 0 : IndexOfLine(text, "\n" + Start) is >= 0 and var at ? at : IndexOfLine(text, "\n" + End);

    private static int IndexOfLine(string text, string start) => text.IndexOf(start, StringComparison.Ordinal) is >= 0 and var at ? at + 1 : -1;

    private static string? MarkOf(string line) =>
        ((ReadOnlySpan<string>)[Start, Base, Middle, End]).ToArray().FirstOrDefault(mark => line.StartsWith(mark, StringComparison.Ordinal));

    private static bool MayFollow(string side, string mark) => mark switch
    {
        Start => side.Length == 0,
        Base => side == Start,
        Middle => side is Start or Base,
        _ => side == Middle,
    };
}
