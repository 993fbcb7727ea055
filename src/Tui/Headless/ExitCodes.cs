namespace Registry.Tui.Headless;

/// <summary>How the program answers a script; the kinds of problems have the rest (`cairn help exit-codes`).</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The question was answered, and the answer is no: something is outdated, the plan was declined.</summary>
    public const int No = 1;

    public const int Usage = 2;

    /// <summary>A bug of ours; a report file says where.</summary>
    public const int Bug = 70;

    /// <summary>Ctrl-C.</summary>
    public const int Cancelled = 130;
}
