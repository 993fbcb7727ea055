using Registry.Engine.Problems;
using Registry.Engine.Workspace;

namespace Registry.Engine.Tests.Workspace;

public sealed class UserConfigurationTests
{
    private const string Text = """
        # mine
        [network]
        retries = 5   # slow line

        """;

    [Theory]
    [InlineData("", "", "network.retries", "3", ConfigurationOrigin.Default, "")]
    [InlineData(Text, "", "network.retries", "5", ConfigurationOrigin.File, "config.toml:3:11")]
    [InlineData(Text, "CAIRN_NETWORK_RETRIES=7", "network.retries", "7", ConfigurationOrigin.Environment, "CAIRN_NETWORK_RETRIES")]
    [InlineData("", "CAIRN_STORE_SHARED=/team", "store.shared", "/team", ConfigurationOrigin.Environment, "CAIRN_STORE_SHARED")]
    public void A_value_says_where_it_comes_from(
        string text, string environment, string key, string value, ConfigurationOrigin origin, string place)
    {
        var found = Parse(text, environment).Get(key);

        Assert.Equal((value, origin, place), (found.Value, found.Origin, found.Place));
    }

    [Fact]
    public void The_command_line_wins()
    {
        var configuration = UserConfiguration.Parse(
            Text, "config.toml", UserFoldersTests.Variables("CAIRN_NETWORK_RETRIES=7"), new Dictionary<string, string> { ["network.retries"] = "9" });

        Assert.Equal(9, configuration.Get("network.retries").Number);
        Assert.Equal(ConfigurationOrigin.CommandLine, configuration.Get("network.retries").Origin);
    }

    [Fact]
    public void A_setting_is_written_and_taken_away_with_the_rest_kept()
    {
        var edited = Parse(Text, "").With("network.parallel", "8");
        edited = Parse(edited, "").With("ui.color", "never");

        Assert.Equal("# mine\n[network]\nretries = 5   # slow line\nparallel = 8\n\n[ui]\ncolor = \"never\"\n", edited);
        Assert.Equal("8", Parse(edited, "").Get("network.parallel").Value);
        Assert.DoesNotContain("retries", Parse(edited, "").With("network.retries", null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("network.retry", "3", ProblemCode.ConfigKeyUnknown, "did you mean `network.retries`?")]
    [InlineData("network.retries", "many", ProblemCode.ConfigValueInvalid, "network.retries")]
    [InlineData("network.retries", "21", ProblemCode.ConfigValueInvalid, "network.retries")]
    [InlineData("network.offline", "yes", ProblemCode.ConfigValueInvalid, "network.offline")]
    [InlineData("ui.color", "pink", ProblemCode.ConfigValueInvalid, "ui.color")]
    [InlineData("store.shared", "here", ProblemCode.ConfigValueInvalid, "store.shared")]
    public void What_cannot_be_set_is_refused_with_a_hint(string key, string value, ProblemCode code, string hint)
    {
        var problem = Assert.Throws<ProblemException>(() => Parse("", "").With(key, value)).Problem;

        Assert.Equal(code, problem.Code);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_value_in_the_file_is_shown_at_its_place()
    {
        var problem = Assert.Throws<ProblemException>(() => Parse("[ui]\ncolor = 3\n", "")).Problem;

        Assert.Equal("config.toml:2:9", problem.Place?.ToString());
    }

    [Fact]
    public void Unknown_keys_of_the_file_are_warned_about()
    {
        var warnings = Parse("[ui]\ncolour = \"never\"\n", "").Warnings;

        Assert.Equal("did you mean `ui.color`?", Assert.Single(warnings).Hint);
    }

    [Fact]
    public void Every_default_is_a_value_its_key_takes() =>
        Assert.All(ConfigurationKey.All, key => Assert.Null(key.Refuse(key.Default)));

    private static UserConfiguration Parse(string text, string environment) =>
        UserConfiguration.Parse(text, "config.toml", UserFoldersTests.Variables(environment), new Dictionary<string, string>());
}
