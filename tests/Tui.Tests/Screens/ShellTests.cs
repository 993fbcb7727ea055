using Registry.Tui.Screens;
using Registry.Tui.Screens.Help;
using Registry.Tui.Screens.Package;
using Registry.Tui.Screens.Project;
using Registry.Tui.Terminal;

namespace Registry.Tui.Tests.Screens;

/// <summary>What all screens share: second keys, copying, history, panes, the lists of commands.</summary>
public sealed class ShellTests
{
    [Fact]
    public void A_digit_is_one_screen_s()
    {
        Assert.Equal(TabTitle.All.Select(title => title.Scope), Shop.Open(120, 36).State.Tabs.Select(tab => tab.Scope));
        Assert.All(TabTitle.All, title => Assert.Equal(title.Scope, Shop.Open(120, 36).Keys($"{title.Digit}").State.Top.Scope));
    }

    [Fact]
    public void A_second_key_is_never_waited_for_but_shown_when_it_is_late()
    {
        var session = Shop.Open(80, 24).Keys("yn");
        Assert.Equal("auth-kit", Assert.Single(session.Take<Effect.Copy>()).Text);
        Assert.Contains("copied 8 characters, if your terminal allows it", session.Text(), StringComparison.Ordinal);
        session.Keys("y");
        Assert.DoesNotContain("copy version", session.Text(), StringComparison.Ordinal);
        Assert.Equal(session.State.Now + PendingKey.ShownAfter, session.State.WakeAt);
        session.After(PendingKey.ShownAfter);
        Assert.Contains("v  copy version", session.Text(), StringComparison.Ordinal);
        Assert.Null(session.State.WakeAt);
        session.Keys("v");
        Assert.Equal("1.0.0", Assert.Single(session.Take<Effect.Copy>()).Text);
        Assert.DoesNotContain("copy version", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_done_says_why()
    {
        Assert.Contains("auth-kit names no address for that", Shop.Open(80, 24).Keys("oh").Text(), StringComparison.Ordinal);
        Assert.Contains("there is no solved plan", Shop.Open(80, 24).Keys("yc").Text(), StringComparison.Ordinal);
        Assert.Contains("y q means nothing here", Shop.Open(80, 24).Keys("yq").Text(), StringComparison.Ordinal);
        Assert.Contains("there is no place to go back to", Shop.Open(80, 24).Keys("[").Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.org/a b", "https://example.org/a%20b")]
    [InlineData("http://example.org", "http://example.org/")]
    [InlineData("https://me:secret@example.org", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("-flag", null)]
    [InlineData("", null)]
    public void Only_plain_web_addresses_are_followed(string address, string? followed) => Assert.Equal(followed, Links.Checked(address));

    [Fact]
    public void History_leads_back_and_forth_over_screens_and_pages()
    {
        var session = Shop.Open(80, 24).Keys("j\r2");
        session.Keys("[");
        Assert.Equal("web-kit", Assert.IsType<PackagePage>(session.State.Top).Name.Value);
        session.Keys("[");
        Assert.IsType<ProjectScreen>(session.State.Top);
        session.Keys("]]");
        Assert.Equal(Scope.Tree, session.State.Top.Scope);
        session.Keys("[3");
        Assert.Empty(session.State.Trail.Ahead);
    }

    [Fact]
    public void A_place_is_kept_without_its_texts_and_looks_the_same_again()
    {
        var session = Shop.Open(120, 36).Keys("j\r");
        var seen = session.Text();
        session.Keys("2");
        var kept = Assert.IsType<PackagePage>(session.State.Trail.Behind[^1].Pages.Peek());
        Assert.Equal(0, kept.Count);
        Assert.Equal(seen, session.Keys("[").Text());
    }

    [Fact]
    public void Help_and_palette_are_no_places()
    {
        var session = Shop.Open(80, 24).Keys("2?⎋:⎋");
        Assert.Single(session.State.Trail.Behind);
    }

    [Fact]
    public void Tab_leads_to_the_answer_and_z_gives_it_everything()
    {
        var session = Shop.Open(80, 24).Keys("\t");
        Assert.True(session.State.Top.IsInAnswer);
        session.Keys("j");
        Assert.Equal((0, 1), (((ProjectScreen)session.State.Top).Scroll.Selected, ((ProjectScreen)session.State.Top).AnswerTop));
        session.Keys("z");
        Assert.True(session.State.Layout.List.IsEmpty);
        Assert.Contains("Needed by", session.Text(), StringComparison.Ordinal);
        session.Keys("\t");
        Assert.True(session.State.Layout.Answer.IsEmpty);
        session.Keys("z\t⎋");
        Assert.False(session.State.Top.IsInAnswer);
    }

    [Fact]
    public void A_small_window_shows_the_answer_instead_of_the_list()
    {
        var session = Shop.Open(60, 15).Keys("\t");
        Assert.Contains("Sign-in for web programs", session.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("dash-kit", session.Keys("\t").Keys("\t").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_palette_does_commands_of_other_screens_and_lists_last_what_cannot_be_done()
    {
        var session = Shop.Open(80, 24).Keys(":");
        var rows = ((HelpPage)session.State.Top).Found;
        Assert.All(rows.SkipWhile(row => row.Words != "Not now").Skip(1), row => Assert.NotNull(row.Reason));
        Assert.NotEqual(Command.Up, rows[0].Command);
        Assert.Contains(rows.TakeWhile(row => row.Words != "Not now").Last().Command, new Command?[] { Command.PreviousPane, Command.GoBack, Command.GoForward });
        session.Keys("no such words");
        Assert.Empty(((HelpPage)session.State.Top).Found);
        session.Keys("\u0015turn the tree\r");
        Assert.Equal(Scope.Tree, session.State.Top.Scope);
        Assert.Contains("Who needs acme-shop", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_cannot_be_done_stays_in_the_list()
    {
        var session = Shop.Open(80, 24).Keys(":command line\r");
        Assert.IsType<HelpPage>(session.State.Top);
        Assert.Contains("there is no solved plan", session.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_are_toggled_ranged_and_inverted()
    {
        string?[] rows = ["a", null, "b", "c", "d"];
        var marks = Marks.None.Toggle("b").Range(rows, 4);
        Assert.Equal(["b", "c", "d"], marks.Keys.Order());
        Assert.Equal(["a", "b", "c", "d"], marks.All(rows).Keys.Order());
        Assert.True(marks.All(rows).All(rows).IsEmpty);
        Assert.Equal(["c"], marks.Kept(["c", "x"]).Keys);
    }

    [Fact]
    public void Own_keys_take_the_place_of_those_in_the_table()
    {
        var keys = new KeyMap(System.Collections.Immutable.ImmutableDictionary<Command, System.Collections.Immutable.ImmutableArray<KeyChord>>.Empty
            .Add(Command.Remove, [new("X")]).Add(Command.CopyName, [new("^X", "n")]));
        Assert.Null(keys.Find(new KeyChord("d"), Scope.Project));
        Assert.Equal(Command.Remove, keys.Find(new KeyChord("X"), Scope.Project));
        Assert.Equal("^X n", keys.KeyOf(Command.CopyName));
        Assert.Single(keys.After("^X", Scope.Tree));
    }

    [Fact]
    public void A_click_on_a_hint_or_on_the_plan_does_what_it_says()
    {
        var session = Shop.Open(80, 24);
        Click(session, "t version");
        Assert.IsType<VersionsPage>(session.State.Top);
        session.Keys("⎋");
        Click(session, ": cmd");
        Assert.Equal(HelpKind.Palette, Assert.IsType<HelpPage>(session.State.Top).Kind);
        session.Keys("⎋");
        Click(session, "p review");
        Assert.IsType<Tui.Screens.Review.ReviewPage>(session.State.Top);
        Click(session, "u undo");
        Assert.Single(session.Jobs<Tui.Screens.Review.Travel>());
    }

    [Fact]
    public void The_wheel_moves_the_pane_under_the_pointer()
    {
        var session = Shop.Open(80, 24).Keys("\e[<65;5;20M");
        Assert.Equal(3, ((ProjectScreen)session.State.Top).AnswerTop);
        session.Keys("\e[<65;5;6M");
        Assert.Equal(3, ((ProjectScreen)session.State.Top).AnswerTop);
    }

    [Fact]
    public void A_storm_of_resizes_keeps_the_selection()
    {
        var session = Shop.Open(120, 36).Keys("jj");
        var selected = session.State.Top.SubjectOf(session.State);
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            session.Send(new Message.Resized(new TerminalSize(random.Next(1, 160), random.Next(1, 50))));
            session.Text();
        }

        session.Send(new Message.Resized(new TerminalSize(120, 36)));
        Assert.Equal(selected, session.State.Top.SubjectOf(session.State));
        Assert.Equal(2, ((ProjectScreen)session.State.Top).Scroll.Selected);
    }

    [Fact]
    public void Below_the_least_size_one_line_says_so_and_keys_do_nothing()
    {
        var session = Shop.Open(43, 12);
        Assert.Equal("cairn needs 44x12, this is 43x12", session.Text().Trim());
        session.Keys("d/x");
        Assert.Empty(session.State.Plan.Steps);
        session.Keys("q");
        Assert.Single(session.Take<Effect.Quit>());
    }

    [Fact]
    public void A_small_window_says_what_is_planned_in_its_title()
    {
        var session = Shop.Open(44, 12).Keys("d");
        Assert.StartsWith(" cairn  acme-shop   plan 1", session.Text(), StringComparison.Ordinal);
        Assert.Equal("[1 Project]", session.Text().Split('\n')[1].Trim());
    }

    private static void Click(Session session, string text)
    {
        var lines = session.Text().Split('\n');
        var row = Array.FindIndex(lines, line => line.Contains(text, StringComparison.Ordinal));
        session.Keys($"\e[<0;{lines[row].IndexOf(text, StringComparison.Ordinal) + 2};{row + 1}M");
    }
}
