using System.Text;
using Registry.Engine.Problems;

namespace Registry.Engine.Workspace;

/// <summary>
/// Held while a project is changed, so that two programs never change it at once. The system lets go of it when the
/// process dies, however it dies.
/// </summary>
internal sealed class ProjectLock : IDisposable
{
    private const int HolderLengthMax = 500;

    // Whoever opens the project clears up after the last change under the lock: that is over in a moment.
    private const int TriesMax = 25;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream _file;

    private ProjectLock(FileStream file) => _file = file;

    /// <param name="command">What this program is doing, for the other one's message.</param>
    /// <exception cref="ProblemException">ProjectBusy, with who has it; AccessDenied.</exception>
    public static ProjectLock Take(StateFolder state, string command)
    {
        for (var tries = 1; tries <= TriesMax; tries++)
        {
            if (TryTake(state, command) is { } held)
            {
                return held;
            }

            Thread.Sleep(Pause);
        }

        throw new Problem(
            ProblemCode.ProjectBusy, $"another cairn is changing the project: {Holder(state)}",
            "wait until it is done, then run the command again").Raise();
    }

    /// <returns>Null when someone else has it.</returns>
    public static ProjectLock? TryTake(StateFolder state, string command)
    {
        try
        {
            state.Make();
            var held = new ProjectLock(new(state.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
            Sign(state, command);
            return held;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new Problem(
                ProblemCode.AccessDenied, $"`{state.Path}` cannot be written", "check who owns the project folder").Raise(e);
        }
        catch (IOException) when (File.Exists(state.Lock))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private static void Sign(StateFolder state, string command)
    {
        try
        {
            File.WriteAllText(state.LockHolder, $"process {Environment.ProcessId}, `{command}`");
        }
        catch (IOException)
        {
            // Only a message of someone else gets poorer.
        }
    }

    private static string Holder(StateFolder state)
    {
        try
        {
            var text = File.ReadAllText(state.LockHolder, Encoding.UTF8);
            return Model.Printable.Clip(text, HolderLengthMax);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "it did not say which";
        }
    }
}
