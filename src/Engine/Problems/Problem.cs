namespace Registry.Engine.Problems;

/// <summary>Something the user can read and act on. Never wraps a bug.</summary>
/// <param name="Code">Stable, documented in docs/PROBLEMS.md, safe to match in scripts.</param>
/// <param name="Message">What is wrong, naming the thing it is wrong with; lower-case start, no full stop.</param>
/// <param name="Hint">The next thing to try, as an imperative with the exact command; null when there is none.</param>
/// <param name="Place">Where in a file, when the problem is in one.</param>
/// <param name="Detail">More for a face to show: the explanation and repairs of a conflict, the list of missing files.</param>
public sealed record Problem(
    ProblemCode Code, string Message, string? Hint = null, TextPlace? Place = null, ProblemDetail? Detail = null)
{
    /// <summary>What a script may branch on.</summary>
    public ProblemKind Kind => Code.Kind();

    /// <summary>The exception that carries this problem up to the operation runner.</summary>
    public ProblemException Raise(Exception? cause = null) => new(this, cause);
}

/// <summary>A place in a text file; both numbers count from 1, columns in Unicode scalar values.</summary>
public sealed record TextPlace(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>Structured extra of a problem. Each area that has some derives its own record.</summary>
public abstract record ProblemDetail;

/// <summary>How a <see cref="Problem"/> travels inside the engine. Caught in one place: the operation runner.</summary>
public sealed class ProblemException(Problem problem, Exception? cause = null) : Exception(problem.Message, cause)
{
    public Problem Problem { get; } = problem;
}
