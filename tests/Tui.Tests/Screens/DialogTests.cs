using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Testing;
using Registry.Tui.Screens;
using Registry.Tui.Screens.Create;
using Registry.Tui.Screens.Dialogs;
using Registry.Tui.Screens.Problems;
using Registry.Tui.Screens.Project;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

public sealed class DialogTests
{
    private static readonly Problem missing = new(ProblemCode.ManifestMissing, "there is no `cairn.toml` here", "make one with `cairn init`");

    [Theory]
    [InlineData(120, 36)]
    [InlineData(80, 24)]
    [InlineData(44, 12)]
    public void A_project_is_made_from_the_empty_screen(int columns, int rows)
    {
        var session = Empty(columns, rows).Keys("\r");
        Assert.Equal(Snapshot.Expected($"create-{columns}x{rows}", session.Text()), session.Text());
        session.Keys("no name!\r\r\r\r");
        Assert.Contains("A name is letters", session.Text(), StringComparison.Ordinal);
        session.Keys("\t\t\t\u0015acme-new\tSells it\t\t\e[C\r");
        Assert.Equal(new CreateProject("acme-new", "Sells it", "", true), Assert.Single(session.Jobs<CreateProject>()));
        session.End(new ProjectCreated(new Outcome<InitReport>.Done(new InitReport("/home/me/cairn.toml", "acme-new"))));
        Assert.Contains("Made /home/me/cairn.toml", session.Text(), StringComparison.Ordinal);
        Assert.Equal(2, session.Take<OpenProject>().Count);
    }

    [Fact]
    public void Esc_and_the_last_button_close_it_without_doing_anything()
    {
        var session = Empty(80, 24).Keys("\r⎋");
        Assert.Empty(session.State.Pages);
        session.Keys("\r\e[Z\r");
        Assert.Empty(session.State.Pages);
        Assert.Empty(session.Jobs<CreateProject>());
    }

    [Fact]
    public void What_cannot_be_taken_back_wants_a_text_typed()
    {
        var session = Shop.Open(80, 24);
        session.Open(Dialog.ConfirmTyped("Publish acme-shop 0.1.0", "Publish", "0.1.0", new Saying(), "It cannot be taken back, only yanked.").Open);
        session.Keys("0.1\r");
        Assert.Contains("Type 0.1.0 to go on.", session.Text(), StringComparison.Ordinal);
        Assert.Equal(Snapshot.Expected("typed-80x24", session.Text()), session.Text());
        session.Keys(".0\r");
        Assert.Contains("did 0.1.0", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_mouse_presses_its_buttons()
    {
        var session = Shop.Open(80, 24);
        session.Open(Dialog.Confirm("Really?", "Yes", new Saying(), "So it is.").Open);
        var lines = session.Text().Split('\n');
        var row = Array.FindIndex(lines, line => line.Contains("[ Yes ]", StringComparison.Ordinal));
        var column = lines[row].IndexOf("[ Yes ]", StringComparison.Ordinal);
        session.Keys($"\e[<0;{column + 2};{row + 1}M");
        Assert.Contains(" did", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_mouse_finds_a_field_also_where_the_words_above_it_are_cut()
    {
        var session = Shop.Open(44, 12);
        var words = Enumerable.Repeat("Long words that are about something or other, and go on.", 6).ToImmutableArray();
        session.Open(Dialog.ConfirmTyped("Really?", "Yes", "really", new Saying(), words).Open).Keys("\t");
        var row = Array.FindIndex(session.Text().Split('\n'), line => line.Contains("Type really", StringComparison.Ordinal));
        session.Keys($"\e[<0;10;{row + 1}M");
        Assert.Equal(0, ((DialogPage)session.State.Top).Place);
    }

    [Fact]
    public void Drawing_it_again_allocates_nothing()
    {
        var session = Empty(80, 24).Keys("\r");
        var frame = session.Frame();
        Chrome.Draw(new Canvas(frame), session.State);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Chrome.Draw(new Canvas(frame), session.State);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_problem_is_shown_whole_and_copied()
    {
        var session = Shop.Open(80, 24).Keys("u");
        var trouble = new Problem(ProblemCode.NothingToUndo, "no change of this project is left to undo", "change something first", new TextPlace("cairn.toml", 3, 1));
        session.End(new Tui.Screens.Review.Travelled(Tui.Screens.Review.TravelDirection.Back, new Outcome<ChangeReport>.Failed(trouble)));
        Assert.Contains("Enter says more", session.Text(), StringComparison.Ordinal);
        session.Keys("\r");
        Assert.IsType<ProblemPage>(session.State.Top);
        Assert.Equal(Snapshot.Expected("problem-80x24", session.Text()), session.Text());
        session.Keys("y");
        Assert.Equal(
            "error: no change of this project is left to undo\nat: cairn.toml:3:1\nhint: change something first\ncode: nothing-to-undo",
            Assert.Single(session.Take<Effect.Copy>()).Text);
    }

    private static Session Empty(int columns, int rows) =>
        new Session(new TerminalSize(columns, rows)).Send(new ProjectOpened(new Outcome<ProjectOverview>.Failed(missing)));

    private sealed record Saying : DialogAnswer
    {
        public override Step Reach(AppState state, ImmutableArray<string> values) => state.Say(Notice.Done($"did {string.Join(' ', values)}"));
    }
}
