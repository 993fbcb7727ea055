using System.Collections.Immutable;
using Registry.Engine.Operations;
using Registry.Engine.Problems;
using Registry.Tui.Screens;
using Registry.Tui.Screens.CustomKeys;

namespace Registry.Tui.Tests.Screens;

public sealed class CustomKeysTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("vim")]
    [InlineData("emacs")]
    public void No_key_of_a_preset_means_two_things(string preset)
    {
        var (keys, problems) = KeyMapReader.Read(new KeySettings(preset, []));
        Assert.Empty(problems);
        Assert.Empty(KeyMapReader.ClashesOf(keys));
        Assert.All(KeyMap.All, binding => Assert.NotEqual("", keys.KeyOf(binding.Command, binding.Scope)));
    }

    [Fact]
    public void Every_preset_that_can_be_set_is_known() =>
        Assert.Equal(KeyPreset.Names, Registry.Engine.Workspace.ConfigurationKey.All.Single(key => key.Name == "keys.preset").Choices);

    [Fact]
    public void Help_names_every_command_that_can_have_other_keys()
    {
        var page = Registry.Tui.Headless.Help.Topic.Find("keys")!.Text;
        var named = page[page.IndexOf("Commands:", StringComparison.Ordinal)..].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Skip(1);
        Assert.All(KeyMap.All, binding => Assert.NotEqual(Scope.None, binding.Scope));
        Assert.Equal(KeyMap.All.Select(binding => KeyNames.Of(binding.Command)).Distinct().Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_line_gives_a_command_its_keys()
    {
        var (keys, problems) = Read(("remove", ["X", "Ctrl-D"]), ("copy-name", ["F5"]));
        Assert.Empty(problems);
        Assert.Equal(Command.Remove, keys.Find(new KeyChord("^D"), Scope.Project));
        Assert.Null(keys.Find(new KeyChord("d"), Scope.Project));
        Assert.Equal("F5", keys.KeyOf(Command.CopyName));
        Assert.Empty(KeyMapReader.ClashesOf(keys));
    }

    [Fact]
    public void A_key_taken_from_the_table_is_told_of_with_what_is_left()
    {
        var (keys, problems) = Read(("remove", ["U"]), ("sort", ["j"]));
        Assert.Equal(
            ["`keys.remove` takes `U` from `update`, which has no key left", "`keys.sort` takes `j` from `down`"],
            problems.Select(problem => problem.Message));
        Assert.Equal("config.toml:4:1", problems[0].Place!.ToString());
        Assert.Equal("`down` still has `Down`", problems[1].Hint);
        Assert.Empty(KeyMapReader.ClashesOf(keys));
    }

    [Fact]
    public void Of_two_lines_with_one_key_the_first_counts()
    {
        var (keys, problems) = Read(("remove", ["X"]), ("update", ["X y"]));
        Assert.Equal("`X y` is the key of `keys.remove` already, so `keys.update` keeps its own", Assert.Single(problems).Message);
        Assert.Equal("U", keys.KeyOf(Command.Update));
    }

    [Theory]
    [InlineData("fly", "x", "`keys.fly` is no command of the screen")]
    [InlineData("remove", "", "`` is no key that `keys.remove` can have")]
    [InlineData("remove", "Ctrl-M", "`Ctrl-M` is no key that `keys.remove` can have")]
    [InlineData("remove", "^C", "`^C` is no key that `keys.remove` can have")]
    [InlineData("remove", "a b c", "`a b c` is no key that `keys.remove` can have")]
    [InlineData("remove", "enter", "`enter` is no key that `keys.remove` can have")]
    public void What_is_no_command_or_no_key_is_told_of(string command, string key, string message) =>
        Assert.Equal(message, Assert.Single(Read((command, [key])).Problems).Message);

    [Fact]
    public void Help_and_hints_show_the_users_own_keys()
    {
        var session = Shop.Open(80, 24);
        session.Use(Read(("remove", ["X"]), ("review", ["Ctrl-V"])).Keys);
        Assert.Contains("X remove", session.Text(), StringComparison.Ordinal);
        Assert.Contains("^V review", session.Text(), StringComparison.Ordinal);
        session.Keys("?remove this");
        Assert.Contains("> X", session.Text(), StringComparison.Ordinal);
        session.Keys("\r");
        Assert.Single(session.State.Plan.Steps);
    }

    [Fact]
    public void A_clash_is_told_at_start()
    {
        var state = KeyNotice.Of(AppState.Start(new(80, 24)), Read(("fly", ["x"]), ("walk", ["y"])).Problems);
        Assert.Equal(
            "! config.toml:4: `keys.fly` is no command of the screen. 1 more line of `[keys]` is wrong: `cairn config list` tells",
            state.Notice?.Text);
    }

    private static (KeyMap Keys, ImmutableArray<Problem> Problems) Read(params ReadOnlySpan<(string Command, string[] Keys)> lines)
    {
        var settings = ImmutableArray.CreateBuilder<KeySetting>();
        foreach (var (command, keys) in lines)
        {
            settings.Add(new KeySetting(command, [.. keys], new TextPlace("config.toml", 4 + settings.Count, 1)));
        }

        return KeyMapReader.Read(new KeySettings("default", settings.ToImmutable()));
    }
}
