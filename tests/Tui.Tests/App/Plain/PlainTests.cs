using Registry.Testing;
using Registry.Tui.App.Plain;
using Registry.Tui.Screens;
using Registry.Tui.Terminal;
using Registry.Tui.Tests.Screens;

namespace Registry.Tui.Tests.App.Plain;

public sealed class PlainTests
{
    private readonly Session session = Shop.Open(PlainView.Size.Columns, PlainView.Size.Rows);
    private readonly PlainTeller teller = new();

    [Fact]
    public void The_project_is_said_whole_and_then_only_what_changed()
    {
        var first = Tell();
        Assert.Equal(Snapshot.Expected("plain-project", first), first);
        Type("Down");
        var second = Tell();
        Assert.Equal(Snapshot.Expected("plain-project-down", second), second);
        Assert.Equal("", Tell());
    }

    [Theory]
    [InlineData("tab 2")]
    [InlineData("tab 3")]
    [InlineData("tab 3;kit")]
    [InlineData("1;Enter")]
    [InlineData("?")]
    [InlineData("d;p")]
    public void No_line_of_any_screen_has_a_box_or_a_control_character(string typed)
    {
        Type(typed.Split(';'));
        teller.Forget();
        var told = Tell();
        Assert.Contains("Screen ", told, StringComparison.Ordinal);
        Assert.DoesNotContain(told, c => c is (>= '─' and <= '▟') or '▸' or '▾' || (char.IsControl(c) && c != '\n'));
    }

    [Fact]
    public void A_number_chooses_its_row_and_the_same_number_opens_it()
    {
        Tell();
        Type("4");
        var row = Tell();
        Assert.Contains("4 (here): ", row, StringComparison.Ordinal);
        Type("4");
        Assert.Equal(Scope.Package, session.State.Top.Scope);
    }

    [Fact]
    public void In_a_text_field_a_line_is_the_text_and_names_of_keys_are_keys()
    {
        Type("tab 3", "http");
        Tell();
        Type("log");
        Assert.Contains("log-kit", Tell(), StringComparison.Ordinal);
        Type("Esc", "Esc");
        Type("tab 1");
        Assert.Equal(Scope.Project, session.State.Top.Scope);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("0")]
    [InlineData("nonsense")]
    [InlineData("\e[31m")]
    [InlineData("tab 9")]
    [InlineData("Character")]
    public void A_line_that_means_nothing_does_nothing(string line)
    {
        Tell();
        Assert.Empty(PlainWords.Read(line, session.State, teller.View));
    }

    [Fact]
    public void Changes_of_the_plan_are_said()
    {
        Tell();
        Type("1", "d");
        Assert.Contains("Plan: ", Tell(), StringComparison.Ordinal);
    }

    private string Tell() => string.Join('\n', teller.Tell(session.State));

    private void Type(params string[] lines)
    {
        foreach (var line in lines)
        {
            teller.Tell(session.State);
            foreach (var happened in PlainWords.Read(line, session.State, teller.View))
            {
                session.Send(new Message.Input(happened));
            }
        }
    }
}
