using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Engine.Resolution;
using Registry.Tui.Headless.Output;

namespace Registry.Tui.Headless;

/// <summary>At a terminal a conflict is not the end: a letter applies a repair, `o` opens the screen on it.</summary>
/// <param name="request">The change that met it.</param>
/// <param name="edits">What that change consists of.</param>
internal sealed class ConflictChoice(Session session, ChangeRequest request, ImmutableArray<ProjectEdit> edits)
{
    public async Task<int> AskAsync(Problem problem, NoResolutionDetail conflict, CancellationToken cancellation)
    {
        var letters = ConflictText.Print(session.Error, conflict, session.Command, RepairMarks.Letters);
        session.Error.Line();
        var answer = session.AskFor(QuestionFor(letters));
        if (answer is ['o'])
        {
            return Open(problem);
        }

        return answer is [var letter] && letter - 'a' is >= 0 and var number && number < letters
            ? await ApplyAsync(conflict.Repairs[number], cancellation).ConfigureAwait(false)
            : Left(problem);
    }

    private static string QuestionFor(int letters) => letters switch
    {
        0 => "o opens the conflict screen, Enter leaves it [o/N]",
        1 => "A applies it, o opens the conflict screen, Enter leaves it [A/o/N]",
        _ => $"A to {(char)('A' + letters - 1)} apply that one, o opens the conflict screen, Enter leaves it [A-{(char)('A' + letters - 1)}/o/N]",
    };

    // What it changes was on the screen when the letter was typed: it is not asked again.
    private Task<int> ApplyAsync(Repair repair, CancellationToken cancellation) => session.ChangeAsync(
        session.Client.Edit(request, edits.Add(new ProjectEdit.ApplyRepair(repair))), ProjectChanges.Texts with { NeedsApproval = _ => false }, cancellation);

    private int Open(Problem problem)
    {
        var end = session.Host.OpenScreen?.Invoke(new(session.Client, request) { Command = session.Command, Edits = edits, IsPlain = session.Globals.IsPlainUi });
        return end == ScreenEnd.Changed ? ExitCodes.Done : Left(problem);
    }

    private int Left(Problem problem)
    {
        session.Error.Line("nothing was changed");
        session.Error.Flush();
        return problem.Kind.ExitCode();
    }
}
