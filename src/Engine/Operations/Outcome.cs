using Registry.Engine.Problems;

namespace Registry.Engine.Operations;

/// <summary>How an operation ended. Faces see this and never catch.</summary>
public abstract record Outcome<TReport>
{
    private Outcome()
    {
    }

    public sealed record Done(TReport Report) : Outcome<TReport>;

    public sealed record Failed(Problem Problem) : Outcome<TReport>;

    /// <summary>The plan was shown and not approved; nothing happened.</summary>
    public sealed record Declined : Outcome<TReport>;

    /// <summary>Stopped by the user; the project is as it was.</summary>
    public sealed record Cancelled : Outcome<TReport>;
}
