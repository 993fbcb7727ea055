using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Registry.Engine.Model;
using Registry.Engine.Problems;

namespace Registry.Engine.Sources.Git;

/// <summary>Whose git configuration counts.</summary>
internal enum GitConfiguration
{
    /// <summary>The user's too: credentials and URL rewriting are needed to reach a server.</summary>
    User,

    /// <summary>None but ours: what is written to disk must not depend on who writes it.</summary>
    None,
}

/// <summary>
/// The only place that runs git. Arguments never pass a shell; nothing is prompted for; hooks, watchers and
/// transports that run commands are off; output is bounded; cancelling ends git and all it started.
/// </summary>
internal sealed class GitProgram(GitOptions options, TimeProvider clock)
{
    private const int OutputBytesMax = 4 * 1024 * 1024;
    private const int ErrorCharactersMax = 4_000;

    private static readonly string[] Guards =
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "protocol.version=2", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
        "-c", "core.autocrlf=false", "-c", "credential.interactive=false", "-c", "advice.detachedHead=false",
    ];

    /// <summary>Runs git and gives its output. A user's text must stand after `--end-of-options` in <paramref name="arguments"/>.</summary>
    /// <exception cref="ProblemException">GitUnavailable, GitFailed with git's own words, TimedOut.</exception>
    public async Task<string> RunAsync(
        GitConfiguration configuration, IReadOnlyDictionary<string, string> variables, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(configuration, variables, arguments);
        using var timer = new CancellationTokenSource(options.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, OutputBytesMax, Overflow.Fail, both.Token);
            var errors = ReadAsync(process.StandardError.BaseStream, ErrorCharactersMax, Overflow.Drop, both.Token);
            await Task.WhenAll(output, errors).ConfigureAwait(false);
            await process.WaitForExitAsync(both.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? await output.ConfigureAwait(false) : throw Failed(arguments, await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new Problem(ProblemCode.TimedOut, $"git did not finish in {options.Timeout.TotalMinutes:0} minutes", "check the network and the repository's address").Raise(e);
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start(GitConfiguration configuration, IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo(options.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in Guards.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start, configuration, variables);
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new Problem(ProblemCode.GitUnavailable, $"`{options.Program}` cannot be run: {e.Message}", "install git, or take the git dependency from a registry").Raise(e);
        }
    }

    private void SetEnvironment(ProcessStartInfo start, GitConfiguration configuration, IReadOnlyDictionary<string, string> variables)
    {
        var environment = start.Environment;
        if (options.Environment.Count > 0)
        {
            environment.Clear();
            foreach (var (name, value) in options.Environment)
            {
                environment[name] = value;
            }
        }

        foreach (var name in environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            environment.Remove(name);
        }

        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ASKPASS"] = "";
        environment["SSH_ASKPASS"] = "";
        environment["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes";
        environment["GIT_ALLOW_PROTOCOL"] = "https:ssh:git:file";
        environment["GIT_OPTIONAL_LOCKS"] = "0";
        environment["LC_ALL"] = "C";
        if (configuration == GitConfiguration.None)
        {
            environment["GIT_CONFIG_NOSYSTEM"] = "1";
            environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
            environment["GIT_ATTR_NOSYSTEM"] = "1";
        }

        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }
    }

    private enum Overflow
    {
        Fail,
        Drop,
    }

    private static async Task<string> ReadAsync(Stream stream, int max, Overflow overflow, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
        {
            if (kept.Length + read > max && overflow == Overflow.Fail)
            {
                throw new Problem(ProblemCode.GitFailed, $"git printed more than {max} bytes", "the repository has too many references to be used").Raise();
            }

            kept.Write(buffer, 0, (int)Math.Min(read, max - kept.Length));
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    private static ProblemException Failed(string[] arguments, string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var said = lines.LastOrDefault(line => line.StartsWith("fatal:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it said nothing";
        return new Problem(
            ProblemCode.GitFailed, $"git {Verb(arguments)} failed: {Printable.Clip(said, 400)}",
            "check the address, and that `git ls-remote` with it works without asking for a password").Raise();
    }

    private static string Verb(string[] arguments) =>
        arguments.FirstOrDefault(argument => argument.Length > 0 && char.IsAsciiLetterLower(argument[0]) && !argument.Contains('=', StringComparison.Ordinal)) ?? "";

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It ended by itself.
        }
    }
}
