using System.Diagnostics;
using Registry.Testing;
using Registry.Tui.Headless;
using Registry.Tui.Headless.Completions;

namespace Registry.Tui.Tests.Headless;

public sealed class CompletionTests
{
    private static readonly Completion Completion = new(offer => offer == Offer.Packages ? ["cstr", "csv", "log"] : offer == Offer.Registries ? ["main"] : []);

    [Theory]
    [InlineData("in", "init install info")]
    [InlineData("registry |", "add list edit move remove test")]
    [InlineData("registry l", "list")]
    [InlineData("tree --de", "--depth")]
    [InlineData("tree --output |", "text json dot mermaid")]
    [InlineData("tree --output=d", "--output=dot")]
    [InlineData("version --output j", "json")]
    [InlineData("why cs", "cstr csv")]
    [InlineData("-C x why cs", "cstr csv")]
    [InlineData("why cstr |", "")]
    [InlineData("publish --registry |", "main")]
    [InlineData("completions f", "fish")]
    [InlineData("add --path |", ":folders")]
    [InlineData("add --from-cargo |", ":files")]
    [InlineData("help inst", "install")]
    [InlineData("nonsense |", "")]
    public void What_fits_is_offered(string line, string offered) => Assert.Equal(
        offered, string.Join(' ', Completion.Of(line.Replace("|", "", StringComparison.Ordinal).Split(' ')).Select(candidate => candidate.Value)));

    [Fact]
    public void Every_verb_is_offered() => Assert.Equal(
        VerbTable.Names.Select(name => name.Split(' ')[0]).Distinct().Order(),
        Completion.Of([""]).Select(candidate => candidate.Value).Order());

    [Fact]
    public void The_script_works_in_a_real_bash()
    {
        using var sandbox = new Sandbox();
        var fake = sandbox.Write("bin/cairn", "#!/bin/sh\nprintf 'install\\tbring\\ninfo\\tshow\\n--output=dot\\t\\n'\n");
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists("/bin/bash"), "there is no bash");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(fake, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var script = sandbox.Write("run.sh", $"""
            {ShellScripts.Of("bash")}
            COMP_LINE='{fake} in'; COMP_POINT=${"{"}#COMP_LINE{"}"}; _cairn; echo "${"{"}COMPREPLY[*]{"}"}"
            COMP_LINE='{fake} tree --output=d'; COMP_POINT=${"{"}#COMP_LINE{"}"}; _cairn; echo "${"{"}COMPREPLY[2]{"}"}"
            """);

        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", [script]) { RedirectStandardOutput = true })!;

        Assert.Equal("install info --output=dot\ndot\n", bash.StandardOutput.ReadToEnd());
    }

    [Theory]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public void The_script_is_well_formed_where_the_shell_is_at_hand(string shell, string flag)
    {
        var program = new[] { "/bin", "/usr/bin" }.Select(folder => Path.Combine(folder, shell)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, $"there is no {shell}");
        using var sandbox = new Sandbox();
        var script = sandbox.Write("script", ShellScripts.Of(shell));

        using var process = Process.Start(new ProcessStartInfo(program!, [flag, script]) { RedirectStandardError = true })!;
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("bash", "{}()[]")]
    [InlineData("zsh", "{}")]
    [InlineData("fish", "()")]
    [InlineData("powershell", "{}()[]")]
    public void Brackets_are_closed(string shell, string pairs)
    {
        var text = ShellScripts.Of(shell).Replace("?*)", "", StringComparison.Ordinal).Replace(":files)", "", StringComparison.Ordinal)
            .Replace(":folders)", "", StringComparison.Ordinal);

        for (var i = 0; i < pairs.Length; i += 2)
        {
            Assert.Equal(text.Count(c => c == pairs[i]), text.Count(c => c == pairs[i + 1]));
        }
    }
}
