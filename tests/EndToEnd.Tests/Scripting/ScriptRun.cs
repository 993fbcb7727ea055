using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Testing;
using Registry.Tui.Headless;

namespace Registry.EndToEnd.Tests.Scripting;

/// <summary>
/// Runs a script in a folder of its own, the program in this process. A run must end with 0 unless `exit N` follows.
/// The words are described in tests/EndToEnd.Tests/Scripts/README.md.
/// </summary>
internal sealed class ScriptRun : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly Script _script;
    private string _folder;
    private string _out = "";
    private string _error = "";
    private int _exit;
    private string? _answer;

    public ScriptRun(Script script)
    {
        _script = script;
        _folder = _sandbox.Path;
        _environment["CAIRN_HOME"] = _sandbox.At("home");
        foreach (var (path, text) in script.Files)
        {
            _sandbox.Write(path, Unmask(text));
        }
    }

    public async Task RunAsync()
    {
        for (var i = 0; i < _script.Lines.Length; i++)
        {
            var line = _script.Lines[i];
            await StepAsync(line);
            var expectsExit = i + 1 < _script.Lines.Length && _script.Lines[i + 1].Word == "exit";
            if (line.Word is "run" or "publish" && !expectsExit)
            {
                Require(line, _exit == 0, $"the exit code is {_exit}");
            }
        }
    }

    public void Dispose() => _sandbox.Dispose();

    private async Task StepAsync(ScriptLine line)
    {
        var arguments = line.Arguments.Select(Unmask).ToImmutableArray();
        switch (line.Word)
        {
            case "run":
                await RunProgramAsync(arguments);
                break;
            case "publish":
                await PublishAsync(arguments);
                break;
            case "answer":
                _answer = arguments[0];
                break;
            case "env":
                _environment[arguments[0]] = arguments[1];
                break;
            case "cd":
                _folder = Path.GetFullPath(arguments[0], _sandbox.Path);
                Directory.CreateDirectory(_folder);
                break;
            case "exit":
                Require(line, _exit == int.Parse(arguments[0], null) != line.IsNegated, $"the exit code is {_exit}");
                break;
            case "stdout":
                Match(line, line.Arguments[0], _out);
                break;
            case "stderr":
                Match(line, line.Arguments[0], _error);
                break;
            case "file":
                Match(line, line.Arguments[1], File.ReadAllText(At(arguments[0])));
                break;
            case "exists":
                Require(line, Path.Exists(At(arguments[0])) != line.IsNegated, "it is otherwise");
                break;
            case "replace":
                var text = File.ReadAllText(At(arguments[0]));
                Require(line, text.Contains(arguments[1], StringComparison.Ordinal), "the text is not there");
                File.WriteAllText(At(arguments[0]), text.Replace(arguments[1], arguments[2], StringComparison.Ordinal));
                break;
            case "delete":
                Delete(At(arguments[0]));
                break;
            case "json":
                Require(line, Json(arguments[0]) == arguments[1] != line.IsNegated, $"it is {Json(arguments[0])}");
                break;
            case "schema":
                var faults = JsonSchema.Read(Path.Combine(Repository.Root, "docs", "schemas", $"{arguments[0]}.json")).Check(_out);
                Require(line, faults.Count == 0, string.Join('\n', faults));
                break;
            default:
                throw new FormatException($"{_script.Name}:{line.Number}: there is no word `{line.Word}`");
        }
    }

    private async Task RunProgramAsync(ImmutableArray<string> words)
    {
        var host = new TestHost(_folder, _environment, _answer);
        _exit = await HeadlessProgram.RunAsync(words, host.Host, TestContext.Current.CancellationToken);
        (_out, _error, _answer) = (Mask(host.Out), Mask(host.Error), null);
    }

    /// <summary>`publish NAME VERSION DEPENDENCY@CONSTRAINT…`: into the feed that is the default registry.</summary>
    private async Task PublishAsync(ImmutableArray<string> words)
    {
        var feed = _sandbox.At("feed");
        if (!Directory.Exists(feed))
        {
            await RunProgramAsync(["feed", "init", feed]);
            await RunProgramAsync(["registry", "add", "main", feed]);
        }

        var folder = $"published/{words[0]}-{words[1]}";
        var dependencies = words[2..].Select(word => word.Split('@')).Select(parts => $"\"{parts[0]}\" = \"{parts[1]}\"\n");
        _sandbox.Write($"{folder}/cairn.toml", $"[package]\nname = \"{words[0]}\"\nversion = \"{words[1]}\"\nlicense = \"MIT\"\ndescription = \"the {words[0]} of the tests\"\n\n[dependencies]\n{string.Concat(dependencies)}");
        _sandbox.Write($"{folder}/src/{words[0].Replace('/', '-')}.txt", $"{words[0]} {words[1]}\n");
        await RunProgramAsync(["feed", "add", feed, _sandbox.At(folder)]);
    }

    private string? Json(string path)
    {
        using var document = JsonDocument.Parse(_out);
        var at = document.RootElement;
        foreach (var part in path.Split('.'))
        {
            at = int.TryParse(part, out var index) ? at[index] : part == "count" ? JsonDocument.Parse($"{at.GetArrayLength()}").RootElement : at.GetProperty(part);
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : at.GetRawText();
    }

    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
        else
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private void Match(ScriptLine line, string pattern, string text) =>
        Require(line, Regex.IsMatch(text, pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(5)) != line.IsNegated, "it does not match");

    private void Require(ScriptLine line, bool holds, string otherwise) => Assert.True(
        holds, $"{_script.Name}:{line.Number}: {line.Word} {string.Join(' ', line.Arguments)}: {otherwise}\n--- stdout\n{_out}\n--- stderr\n{_error}");

    private string At(string path) => Path.GetFullPath(path, _folder);

    private string Mask(string text) => text.Replace(_sandbox.Path, "$WORK", StringComparison.Ordinal);

    private string Unmask(string text) => text.Replace("$WORK", _sandbox.Path, StringComparison.Ordinal);
}
